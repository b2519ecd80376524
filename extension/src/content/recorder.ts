// Records one document: what the participant does is described before the page reacts, cleaned, and handed to the
// worker. Until the worker has told what was typed on other pages, events wait here: they cannot be cleaned without it.

import { shortId } from "../event/ids";
import type { Event, Page, Point, Product } from "../event/types";
import type { Delivered, Echo, Item, Orders } from "../messages";
import { withoutAnswer } from "../privacy/answer";
import { type Content, clean } from "../privacy/clean";
import { Scrubbers } from "../privacy/engine";
import { type Scrubber, strictScrubber } from "../privacy/scrubber";
import { describe } from "../target/describe";
import { type FramePlace, outerOf, placeOf } from "../target/geometry";
import { Told } from "./difference";
import { isPrivateAnswer, kindOf } from "./fields";
import { htmlAround } from "./html";
import { Outbox } from "./outbox";
import { pageOf } from "./page";
import { type Peer, peersIn } from "./peers";
import { productOf } from "./product";
import { type Taken, countIn, referenceTo, snapshotOf, takeSnapshot } from "./snapshot";
import { Stillness } from "./stillness";
import { Typed } from "./typed";

/** Events that wait for the worker's first answer. It takes some 20 ms, or 300 ms where the worker has to start. */
const MAX_HELD = 100;

/** What a watcher reports: the type, its details, and what was seen before. */
export type Report = Pick<Event, "type"> & Partial<Content>;

/** What was seen of the page before it reacted. */
export interface Seen {
  of: Pick<Content, "target" | "snapshot">;
  /** The page's stamp then. */
  stamp: number;
  look: Look;
}

/** The page at one moment. */
export interface Look {
  taken: Kept;
  stamp: number;
}

/** A snapshot that may have to be sent. The same page seen again shares its delivery. */
interface Kept extends Taken {
  delivery: { sent: boolean };
}

export interface RecorderParts {
  document: Document;
  send(message: { recorder: string; session: string | null; items: readonly Item[] }): Promise<Delivered | undefined>;
  /** As send, by the courier, who outlives the page. */
  handOver(message: { recorder: string; session: string | null; items: readonly Item[] }): void;
  settled(stamp: number): void;
  changed(stamp: number): void;
  now(): number;
}

/** Until a look that did not come to its end is taken again, in milliseconds, and how often on one page. */
const AGAIN_MS = 100;
const MAX_TRIES = 5;

export class Recorder {
  readonly document: Document;
  readonly typed = new Typed();
  readonly stillness: Stillness;
  readonly #parts: RecorderParts;
  readonly #id = shortId();
  #orders: Orders | undefined;
  #outbox: Outbox | undefined;
  #session: string | null = null;
  #held: { event: Content; stamp: number }[] = [];
  /** Events that found no room. */
  #lost = 0;
  readonly #scrubbers = new Scrubbers();
  #snapshot: (Kept & { view: string; hash: string; stamp: number }) | undefined;
  readonly #told = new Told();
  #frame: string | undefined;
  #snapshots = 0;
  /** How often a look that did not come to its end may be taken again. */
  #tries = MAX_TRIES;
  #pictured: number | undefined;
  /** What the page sold when it came to rest, and at which address. */
  #product: { of: Product | undefined; url: string } | undefined;
  /** Reports that wait for what comes next, such as typing that goes on. Each is sent before anything else is. */
  readonly pending: (() => void)[] = [];
  /** Whoever wants to know what was reported. */
  readonly reported: ((report: Report, seen: Seen | undefined) => void)[] = [];

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.document = parts.document;
    this.stillness = new Stillness(parts.document, {
      moved: (stamp) => {
        this.#moved(stamp);
      },
      settled: () => {
        this.#rest();
      },
    });
  }

  /** What the worker said: the session to record, and what was typed so far. */
  obey(orders: Orders): void {
    const session = orders.session;
    if (session !== null && this.#session !== session) {
      this.#outbox = this.#newOutbox(session);
      // What another session was told is not known to this one. What is held was told to none yet.
      if (this.#session !== null) this.#forget();
    }
    this.#session = session;
    this.#orders = orders;
    if (orders.frame !== undefined) this.#frame = String(orders.frame);
    const held = this.#held;
    this.#held = [];
    if (session !== null) for (const { event, stamp } of held) this.#hand(event, stamp, false);
    if (session !== null) this.#rest();
  }

  /** The page was out of the worker's reach: until there are new orders, nothing can be cleaned. */
  suspend(): void {
    this.#orders = undefined;
    this.#forget();
  }

  /** The next snapshot is told whole. */
  #forget(): void {
    this.#snapshot = undefined;
    this.#told.forget();
  }

  /** Sends what waits. */
  flush(): void {
    for (const work of this.pending) work();
  }

  /** Where this document's viewport lies. */
  place(): FramePlace {
    return placeOf(this.document.defaultView ?? window);
  }

  /** What the recorders of the other frames may see. */
  peer(): Omit<Peer, "isAlive" | "stop"> {
    return {
      frame: () => this.#frame,
      view: () => {
        this.stillness.sync();
        return `${this.#frame ?? ""} ${this.stillness.view}`;
      },
      typed: () => this.typed.values(),
      kindOf,
      isPrivateAnswer,
    };
  }

  /** Sees the page as it is now. */
  look(): Look {
    return { taken: this.#takeSnapshot(this.place()), stamp: this.stillness.stamp };
  }

  /** The page as it was seen last, which is when it came to rest; undefined before that. Costs nothing. */
  lastLook(): Look | undefined {
    return this.#snapshot && { taken: this.#snapshot, stamp: this.#snapshot.stamp };
  }

  /** Describes an element as the target of an action on the page as it is now, or was at an earlier look. */
  see(element?: Element, at?: Point, look = this.look()): Seen {
    const { taken, stamp } = look;
    if (!element) return { of: { snapshot: referenceTo(taken, undefined) }, stamp, look };
    const target = describe(element, this.place(), (role, name) => countIn(taken, role, name), at);
    // Its place in the snapshot, or what stands around it, would name the answer, too.
    if (isPrivateAnswer(element)) return { of: { target: withoutAnswer(target), snapshot: referenceTo(taken, undefined) }, stamp, look };
    const html = htmlAround(element);
    const snapshot = { ...referenceTo(taken, element), ...(html !== undefined && { html }) };
    return { of: { target, snapshot }, stamp, look };
  }

  /** Records an event. An urgent one has left the page when this returns. */
  report(report: Report, { seen, urgent = true, time = this.#parts.now() }: { seen?: Seen; urgent?: boolean; time?: number } = {}): void {
    const page = this.#page();
    const event: Content = { time: Math.round(time), page, ...report, ...seen?.of };
    if (this.stillness.resizing) event.resizing = true;
    const stamp = seen?.stamp ?? this.stillness.sync();
    if (seen && !seen.look.taken.delivery.sent) {
      seen.look.taken.delivery.sent = true;
      this.#hand({ time: event.time, page: event.page, type: "snapshot", snapshot: this.#told.tell(snapshotOf(seen.look.taken)) }, stamp, false);
    }
    this.#hand(event, stamp, urgent);
    for (const tell of this.reported) tell(report, seen);
  }

  #page(): Page {
    const page = pageOf(this.document, this.place());
    const { of: product, url } = this.#product ?? {};
    return product && url === page.url ? { ...page, product } : page;
  }

  /** Tells the worker values that were typed into private fields. */
  remember(values: readonly Echo[]): void {
    for (const echo of values) this.#outbox?.put({ kind: "echo", echo }, true);
  }

  /** What takes private values out of this page: those typed elsewhere, and those in its fields right now. */
  scrubber(): Scrubber {
    const orders = this.#orders;
    if (!orders) return strictScrubber;
    const typing = [...this.typed.typing(), ...this.#peers().flatMap((peer) => peer.typed())];
    return this.#scrubbers.knowing([...orders.echo, ...this.typed.finished()], typing);
  }

  /** The document is being left: what waits is sent now, or withheld where it cannot be cleaned. */
  leave(): void {
    this.flush();
    if (!this.#orders && this.#held.length > 0) {
      const outbox = this.#newOutbox(null);
      for (const { event, stamp } of this.#held.splice(0)) {
        outbox.put({ kind: "event", event: clean(event, strictScrubber), stamp }, false);
      }
      outbox.leave();
    }
    this.remember(this.typed.takeNew());
    this.#outbox?.leave();
  }

  /** Each outbox counts from 1, so each has an id of its own. */
  #newOutbox(session: string | null): Outbox {
    const recorder = shortId();
    return new Outbox({
      send: (items) => this.#parts.send({ recorder, session, items }),
      handOver: (items) => {
        this.#parts.handOver({ recorder, session, items });
      },
      later: (work, ms) => setTimeout(work, ms),
    });
  }

  stop(): void {
    this.stillness.stop();
  }

  /** A picture may be taken at this stamp: the worker wants to know when it is no longer true. */
  pictured(stamp: number): void {
    this.#pictured = stamp;
  }

  #moved(stamp: number): void {
    if (this.#pictured === undefined || stamp === this.#pictured) return;
    this.#pictured = undefined;
    this.#parts.changed(stamp);
  }

  #hand(event: Content, stamp: number, urgent: boolean): void {
    if (!this.#orders) {
      if (this.#held.length < MAX_HELD) this.#held.push({ event, stamp });
      else this.#lose();
    } else if (this.#orders.session !== null) {
      this.remember(this.typed.takeNew());
      this.#tellLost(event);
      this.#put(event, stamp, urgent);
    }
  }

  #put(event: Content, stamp: number, urgent: boolean): void {
    const fits = this.#outbox?.put({ kind: "event", event: clean(event, this.scrubber()), stamp }, urgent);
    if (fits === false) this.#lose();
  }

  /** An event finds no room. It may have been a snapshot to which others would refer. */
  #lose(): void {
    this.#lost++;
    this.#forget();
  }

  /** A gap is never silent. */
  #tellLost({ time, page }: Content): void {
    if (this.#lost === 0) return;
    const lost = this.#lost;
    this.#lost = 0;
    const event: Content = { time, page, type: "gap", gap: { reason: "page_unreachable", lost } };
    const fits = this.#outbox?.put({ kind: "event", event: clean(event, this.scrubber()), stamp: 0 }, false);
    if (fits === false) this.#lost = lost;
  }

  #rest(): void {
    if (!this.#orders || this.#orders.session === null) return;
    const kept = this.#takeSnapshot(this.place());
    if (kept.truncated) this.#lookAgain(kept);
    this.#product = { of: productOf(this.document), url: this.document.location.href };
    if (this.#orders.screenshots) this.#parts.settled(this.stillness.sync());
  }

  #peers(): Peer[] {
    const own = this.document.defaultView;
    return own ? peersIn(outerOf(own), own) : [];
  }

  /** The snapshot of the page as it is now; the one before, where nothing changed. */
  /**
   * The first looks at a page are the slowest, for nothing was compiled yet, and may not come to their end in time: they are
   * taken again, if the page is as it was.
   */
  #lookAgain(kept: Kept): void {
    if (this.#tries === 0) return;
    this.#tries--;
    setTimeout(() => {
      if (this.#snapshot !== kept || !this.#orders || this.#orders.session === null) return;
      this.#snapshot = undefined;
      const next = this.#takeSnapshot(this.place());
      if (next.truncated) this.#lookAgain(next);
    }, AGAIN_MS);
  }

  #takeSnapshot(place: FramePlace): Kept {
    this.stillness.sync();
    const view = [this.stillness.view, ...this.#peers().map((peer) => peer.view())].join("; ");
    if (this.#snapshot?.view === view) return this.#snapshot;
    const id = `${this.#id}-${this.#snapshots + 1}`;
    const taken = takeSnapshot(this.document.defaultView ?? window, place, id);
    const hash = JSON.stringify(taken.entries);
    const { stamp } = this.stillness;
    if (this.#snapshot?.hash === hash) {
      this.#snapshot = { ...taken, id: this.#snapshot.id, view, hash, stamp, delivery: this.#snapshot.delivery };
    } else {
      this.#snapshots++;
      this.#snapshot = { ...taken, view, hash, stamp, delivery: { sent: false } };
    }
    return this.#snapshot;
  }
}
