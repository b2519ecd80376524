// Takes pictures of pages that have come to rest. A picture is kept only where it is proven clean: the page is measured
// before and after the capture, and if anything changed in between, the picture is thrown away and tried again, a few
// times. What is private is painted over before the picture is stored.

import { browser } from "wxt/browser";
import { shortId } from "../event/ids";
import { type Measured, asMeasured } from "../messages";
import { same } from "../pixels/geometry";
import { dataUrlBlob, mask } from "../pixels/mask";
import type { Source } from "../senders";
import { leftOf } from "../uplink/backoff";
import type { Parts } from "./parts";
import { roomOf } from "./room";
import { showSign, withoutSign } from "./sign";
import { putFrame } from "./tab-book";

/** The browser allows two captures a second (MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND). */
const MIN_INTERVAL_MS = 550;
/** A page that is still not at rest after this many looks will say so when it is. */
const MAX_TRIES = 5;
const TRY_AGAIN_MS = 100;

export class Camera {
  readonly #parts: Parts;
  readonly #wanted = new Map<number, { document: string; stamp: number }>();
  #busy = false;
  #last = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The top document of a tab has come to rest. */
  settled(source: Source, stamp: number): void {
    this.#wanted.set(source.tab, { document: source.document, stamp });
    if (!this.#busy) void this.#work();
  }

  /** The top document of a tab changed after its picture was taken. */
  async changed(source: Source): Promise<void> {
    const entry = await this.#parts.tabs.entry(source.tab);
    if (entry.frame?.document !== source.document) return;
    entry.frame.changed = true;
    await this.#parts.tabs.save(source.tab);
  }

  async #work(): Promise<void> {
    this.#busy = true;
    try {
      for (;;) {
        const [next] = this.#wanted;
        if (!next) return;
        this.#wanted.delete(next[0]);
        // A tab that was closed or went elsewhere in the meantime has nothing to show.
        await this.#shoot(next[0], next[1].document, next[1].stamp).catch(() => undefined);
      }
    } finally {
      this.#busy = false;
    }
  }

  async #shoot(tab: number, document: string, stamp: number): Promise<void> {
    const session = await this.#parts.ledger.current();
    if (session?.record.phase !== "recording") return;
    if (!session.record.header.consent.scopes.includes("screenshots")) return;
    if (!(await roomOf(this.#parts)).pictures) {
      this.#parts.changed();
      return;
    }
    const { frame } = await this.#parts.tabs.entry(tab);
    if (frame?.document === document && frame.stamp === stamp && !frame.changed) return;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      await this.#turn();
      const shot = await this.#capture(tab, document);
      if (shot === "not shown") return;
      if (shot === "not steady") {
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
        continue;
      }
      const masked = await mask(shot.png, shot.view);
      if (masked) await this.#keep(session.id, tab, document, shot, masked);
      return;
    }
  }

  /** Waits until the browser allows another capture. */
  async #turn(): Promise<void> {
    const wait = leftOf({ from: this.#last, until: this.#last + MIN_INTERVAL_MS }, Date.now());
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }

  async #capture(tab: number, document: string): Promise<Shot | "not shown" | "not steady"> {
    const { active, windowId } = await browser.tabs.get(tab);
    if (!active) return "not shown";
    // Measuring waits until two frames were drawn without it.
    try {
      return await withoutSign(tab, () => this.#captureBare(tab, windowId, document));
    } finally {
      if ((await this.#parts.ledger.current())?.record.phase === "recording") await showSign(tab);
    }
  }

  async #captureBare(tab: number, windowId: number, document: string): Promise<Shot | "not shown" | "not steady"> {
    const before = await measure(tab, document);
    if (!before) return "not shown";
    if (!before.steady) return "not steady";
    const takenAt = Date.now();
    this.#last = takenAt;
    // Refused where the worker before this one took two within the last second, or the tab is not drawn right now.
    const url = await browser.tabs.captureVisibleTab(windowId, { format: "png" }).catch(() => undefined);
    if (url === undefined) return "not steady";
    const after = await measure(tab, document);
    if (!after || !same(before, after)) return "not steady";
    // Another tab may have come to the front and gone again: then the picture shows that one.
    if (!(await browser.tabs.get(tab)).active) return "not shown";
    return { png: dataUrlBlob(url), view: after, takenAt };
  }

  async #keep(
    session: string,
    tab: number,
    document: string,
    shot: Shot,
    masked: NonNullable<Awaited<ReturnType<typeof mask>>>,
  ): Promise<void> {
    const { width, height, scale, bytes } = masked;
    const zoom = await browser.tabs.getZoom(tab);
    const id = shortId();
    const viewport = { width: shot.view.width, height: shot.view.height, dpr: shot.view.dpr, zoom };
    const meta = { taken_at: shot.takenAt, width, height, scale, viewport, masked: masked.masked, tab, document };
    if (!(await this.#parts.images.put({ id, session, meta, bytes }))) return;
    const entry = await this.#parts.tabs.entry(tab);
    const old = putFrame(entry, {
      image: id, takenAt: shot.takenAt, document, stamp: shot.view.stamp, changed: false, bound: false,
    });
    await this.#parts.tabs.save(tab);
    if (old?.bound === false) await this.#parts.images.delete(old.image);
    this.#parts.changed();
  }
}

interface Shot {
  png: Blob;
  view: Measured;
  takenAt: number;
}

async function measure(tab: number, document: string): Promise<Measured | undefined> {
  const message = { to: "page", type: "measure" };
  const answer: unknown = await browser.tabs.sendMessage(tab, message, { documentId: document });
  return asMeasured(answer);
}
