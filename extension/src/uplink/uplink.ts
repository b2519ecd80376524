// Sends what the ledger holds: the oldest session first, its events in order, then its images, then its completion.
// Deletes only what the server has acknowledged. One round runs at a time; it ends when there is nothing more to do or
// when something failed, and then says when to try again.

import type { Ledger, Status, Unnumbered } from "../background/ledger";
import type { StoredImage } from "../background/images";
import { leftOf, waitMs } from "./backoff";
import { Http } from "./http";
import { Line, type OpenSocket, type Target } from "./line";
import { type Sent, type Transport, Problem, Unreachable } from "./transport";

/** How the uplink fares. */
export interface Health {
  state: "ok" | "unreachable" | "busy" | "unauthorized" | "lost";
  failures: number;
  /** Not before this time, in ms since the epoch. */
  retryAt: number;
  /** When that was decided. */
  failedAt: number;
  /** Sessions of which the server lost a part: they wait for the participant, the others go on. */
  lost?: readonly string[];
}

export const HEALTHY: Health = { state: "ok", failures: 0, retryAt: 0, failedAt: 0 };

export interface UplinkParts {
  ledger: Ledger;
  images: { get(id: string): Promise<StoredImage | undefined>; delete(id: string): Promise<void> };
  /** Where to send to; undefined while the participant is not enrolled. */
  target(): Promise<Target | undefined>;
  socket: OpenSocket;
  fetch?: typeof fetch;
  /** Is told of every message that leaves. */
  sent?: (sent: Sent) => void;
  loadHealth(): Promise<Health | undefined>;
  saveHealth(health: Health): Promise<void>;
  /** Wakes the uplink at a time, even if the worker dies before. */
  wakeAt(time: number): void;
  changed(): void;
  /** Is told that nothing more is kept of a session. */
  forgotten?(): void;
  now(): number;
  random(): number;
}

const MAX_EVENTS = 200;
/** Well below the server's limit of a body; a single larger event goes alone. */
const MAX_BYTES = 512 * 1024;
/** Messages of pages that were under way when the participant stopped arrive within this time. */
const ENDING_GRACE_MS = 1500;
/** Statuses that say "never" of what was sent. Any other says "not now", or nothing that we know: then it is kept. */
const REFUSED = new Set([400, 413, 415, 422]);
/** An image that is refused like this will never be taken; the events go on without it. */
const IMAGE_REFUSED = new Set([400, 403, 409, 413, 415, 422]);
/** The session was erased. */
const GONE = 410;

export class Uplink {
  readonly #parts: UplinkParts;
  #health: Health | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  /** Whether what was called for meanwhile must not wait, such as the first try of a new key. */
  #forced = false;
  readonly #line: Line;

  constructor(parts: UplinkParts) {
    this.#parts = parts;
    this.#line = new Line(parts.socket, () => parts.now());
  }

  /** Sends what there is to send. With force it does not wait for the time of the next try. Never rejects. */
  wake(force = false): Promise<void> {
    if (this.#running) {
      this.#again = true;
      this.#forced ||= force;
      return this.#running;
    }
    this.#running = this.#run(force).finally(() => {
      this.#running = undefined;
      // Called for while the round was ending.
      if (this.#takeAgain() || this.#forced) void this.wake(this.#takeForced());
    });
    return this.#running;
  }

  #takeAgain(): boolean {
    const again = this.#again;
    this.#again = false;
    return again;
  }

  #takeForced(): boolean {
    const forced = this.#forced;
    this.#forced = false;
    return forced;
  }

  async health(): Promise<Health> {
    this.#health ??= (await this.#parts.loadHealth()) ?? HEALTHY;
    return this.#health;
  }

  async #run(force: boolean): Promise<void> {
    try {
      const health = await this.health();
      const target = await this.#parts.target();
      const lost = force ? [] : [...(health.lost ?? [])];
      if (!target || (await this.#toSend(lost)).length === 0) return;
      if (!force && health.state === "unauthorized") return;
      if (!force && leftOf({ from: health.failedAt, until: health.retryAt }, this.#parts.now()) > 0) {
        this.#parts.wakeAt(health.retryAt);
        return;
      }
      do await this.#round(target, lost);
      while (this.#takeAgain());
      await this.#setHealth(lost.length > 0 ? { ...HEALTHY, state: "lost", lost } : HEALTHY);
    } catch (error) {
      await this.#failed(error);
    }
  }

  /** What is wrong with one session only does not keep the others waiting. */
  async #round(target: Target, lost: string[]): Promise<void> {
    const http = new Http(target.server, target.key, this.#parts.fetch, this.#parts.sent);
    let refused: Problem | undefined;
    for (const session of await this.#toSend(lost)) {
      const transport = await this.#line.transport(target, http);
      try {
        await this.#start(transport, session);
        await this.#events(transport, session.id);
        await this.#images(http, session.id);
        await this.#complete(http, session.id);
      } catch (error) {
        // The session was erased on the server: what is left of it here goes, too.
        if (error instanceof Problem && error.status === GONE) await this.#forget(session.id);
        else if (error instanceof ServerLost) lost.push(session.id);
        else if (error instanceof Problem && REFUSED.has(error.status)) refused = error;
        else throw error;
      }
    }
    if (refused) throw refused;
  }

  /** Sessions that may be sent: nothing of a held one leaves the browser. */
  async #toSend(except: readonly string[]): Promise<Status[]> {
    return (await this.#parts.ledger.sessions()).filter((s) => !s.record.held && !except.includes(s.id));
  }

  async #start(transport: Transport, session: Status): Promise<void> {
    if (this.#line.started.has(session.id)) return;
    const acked = await transport.start(session.record.header);
    const now = (await this.#status(session.id)) ?? session;
    // The server lost what it had acknowledged, or has what we never made: nothing that we could send mends that.
    if (acked < now.acked || acked > now.last) throw new ServerLost();
    await this.#parts.ledger.acknowledge(session.id, { acked, rejected: [] });
    this.#line.started.add(session.id);
  }

  async #events(transport: Transport, id: string): Promise<void> {
    for (;;) {
      const events = await this.#parts.ledger.unacknowledged(id, MAX_EVENTS, MAX_BYTES);
      if (events.length === 0) return;
      this.#line.heedSlowDown();
      await this.#append(transport, id, events);
      this.#parts.changed();
    }
  }

  async #append(transport: Transport, id: string, events: Awaited<ReturnType<Ledger["unacknowledged"]>>): Promise<void> {
    const [first] = events;
    if (!first) return;
    try {
      await this.#parts.ledger.acknowledge(id, await transport.append(id, events));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status === 409 && error.expectedSeq !== undefined) {
        await this.#realign(id, first.seq, error.expectedSeq);
      } else if (error.status === 404) {
        this.#line.started.delete(id);
        throw error;
      } else if (!REFUSED.has(error.status)) {
        throw error;
      } else if (events.length > 1) {
        // Something in the batch is refused for good: half by half, the one is found and the rest goes on.
        const half = Math.ceil(events.length / 2);
        await this.#append(transport, id, events.slice(0, half));
        await this.#append(transport, id, events.slice(half));
      } else {
        await this.#substitute(transport, id, first, error);
      }
    }
  }

  /** The server expects another number than we sent. */
  async #realign(id: string, sent: number, expected: number): Promise<void> {
    const status = await this.#status(id);
    if (!status || expected <= status.acked || expected > status.last + 1 || expected <= sent) throw new ServerLost();
    await this.#parts.ledger.acknowledge(id, { acked: expected - 1, rejected: [] });
  }

  /** An event that is refused for good is set aside; a gap event takes its number. */
  async #substitute(transport: Transport, id: string, event: { seq: number } & Unnumbered, error: Problem): Promise<void> {
    if (event.type === "gap") throw new ServerLost();
    const { tab, frame, page, time } = event;
    const substitute: Unnumbered = { tab, frame, page, time, type: "gap", gap: { reason: "unknown", lost: 1 } };
    const reasons = error.reasons.length > 0 ? error.reasons : [error.message];
    await this.#parts.ledger.replace(id, event.seq, reasons, substitute);
    await this.#append(transport, id, [{ ...substitute, seq: event.seq }]);
  }

  async #images(http: Http, id: string): Promise<void> {
    for (const image of (await this.#status(id))?.images ?? []) {
      const stored = await this.#parts.images.get(image);
      let sent = false;
      if (stored) {
        try {
          await http.image(id, image, stored.meta, "image/webp", stored.bytes);
          sent = true;
        } catch (error) {
          const forGood = error instanceof Problem && IMAGE_REFUSED.has(error.status) && error.code !== "insufficient_scope";
          if (!forGood) throw error;
        }
      }
      await this.#parts.ledger.imageDone(id, image, sent);
      await this.#parts.images.delete(image);
      this.#parts.changed();
    }
  }

  async #complete(http: Http, id: string): Promise<void> {
    const status = await this.#status(id);
    if (status?.record.phase !== "ending") return;
    const { until: ended = 0 } = status.record;
    const ripe = ended + ENDING_GRACE_MS;
    if (leftOf({ from: ended, until: ripe }, this.#parts.now()) > 0) {
      this.#parts.wakeAt(ripe);
      return;
    }
    if (status.acked < status.last || status.images.length > 0) {
      this.#again = true;
      return;
    }
    try {
      await http.complete(id, status.last);
    } catch (error) {
      if (error instanceof Problem && error.status === 409) throw new ServerLost();
      throw error;
    }
    await this.#forget(id);
  }

  async #forget(id: string): Promise<void> {
    await this.#parts.ledger.forget(id);
    this.#line.started.delete(id);
    this.#parts.changed();
    this.#parts.forgotten?.();
  }

  async #status(id: string): Promise<Status | undefined> {
    return (await this.#parts.ledger.sessions()).find((s) => s.id === id);
  }

  async #failed(error: unknown): Promise<void> {
    const before = await this.health();
    const failures = before.failures + 1;
    const asked = error instanceof Problem ? error.retryAfterMs : undefined;
    const failedAt = this.#parts.now();
    const retryAt = failedAt + waitMs(failures, asked, () => this.#parts.random());
    if (error instanceof Unreachable) this.#line.broke();
    const state = stateAfter(error);
    await this.#setHealth({ state, failures, retryAt, failedAt, ...(before.lost && { lost: before.lost }) });
    if (state !== "unauthorized") this.#parts.wakeAt(retryAt);
  }

  async #setHealth(health: Health): Promise<void> {
    const before = this.#health;
    this.#health = health;
    const same = before?.state === health.state && before.retryAt === health.retryAt && before.lost?.length === health.lost?.length;
    if (same) return;
    await this.#parts.saveHealth(health);
    this.#parts.changed();
  }
}

/** The server no longer has what it acknowledged. */
class ServerLost extends Error {}

function stateAfter(error: unknown): Health["state"] {
  if (error instanceof Problem) {
    if (error.status === 401 || error.status === 403) return "unauthorized";
    return "busy";
  }
  return "unreachable";
}
