// Sends what the ledger holds: the oldest session first, its events in order, then its images, then its completion.
// Deletes only what the server has acknowledged. One round runs at a time; it ends when there is nothing more to do or
// when something failed, and then says when to try again.

import type { Ledger, Status, Unnumbered } from "../background/ledger";
import type { StoredImage } from "../background/images";
import { MAX_WAIT_MS, waitMs } from "./backoff";
import { Http } from "./http";
import { type Sent, type Transport, Problem, Unreachable } from "./transport";

/** How the uplink fares. */
export interface Health {
  state: "ok" | "unreachable" | "busy" | "unauthorized" | "lost";
  failures: number;
  /** Not before this time, in ms since the epoch. */
  retryAt: number;
}

export const HEALTHY: Health = { state: "ok", failures: 0, retryAt: 0 };

export interface UplinkParts {
  ledger: Ledger;
  images: { get(id: string): Promise<StoredImage | undefined>; delete(id: string): Promise<void> };
  /** Where to send to; undefined while the participant is not enrolled. */
  target(): Promise<{ server: string; key: string } | undefined>;
  /** Opens the WebSocket; rejects with Unreachable where it is blocked. */
  socket(server: string, key: string, slowDown: (ms: number) => void): Promise<Transport & { readonly open: boolean }>;
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
/** After a WebSocket that did not open, HTTP is used for this long. */
const HTTP_ONLY_MS = 5 * 60_000;
/** Statuses that say "not now", as opposed to "never". */
/** An image that is refused like this will never be taken; the events go on without it. */
const IMAGE_REFUSED = new Set([400, 403, 409, 413, 415, 422]);
/** The session was erased. */
const GONE = 410;
const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);

export class Uplink {
  readonly #parts: UplinkParts;
  #health: Health | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  /** Whether what was called for meanwhile must not wait, such as the first try of a new key. */
  #forced = false;
  #socket: (Transport & { readonly open: boolean }) | undefined;
  #socketFor = "";
  #httpUntil = 0;
  #slowUntil = 0;
  readonly #started = new Set<string>();

  constructor(parts: UplinkParts) {
    this.#parts = parts;
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
      if (!target || (await this.#toSend()).length === 0) return;
      if (!force && (health.state === "unauthorized" || health.state === "lost")) return;
      const wait = health.retryAt - this.#parts.now();
      // A longer wait than is ever set means that the clock was put back.
      if (!force && wait > 0 && wait <= MAX_WAIT_MS) {
        this.#parts.wakeAt(health.retryAt);
        return;
      }
      do await this.#round(target);
      while (this.#takeAgain());
      await this.#setHealth(HEALTHY);
    } catch (error) {
      await this.#failed(error);
    }
  }

  async #round(target: { server: string; key: string }): Promise<void> {
    const http = new Http(target.server, target.key, this.#parts.fetch, this.#parts.sent);
    for (const session of await this.#toSend()) {
      const transport = await this.#transport(target, http);
      try {
        await this.#start(transport, session);
        await this.#events(transport, session.id);
        await this.#images(http, session.id);
        await this.#complete(http, session.id);
      } catch (error) {
        if (!(error instanceof Problem && error.status === GONE)) throw error;
        // The session was erased on the server: what is left of it here goes, too.
        await this.#forget(session.id);
      }
    }
  }

  /** Sessions that may be sent: nothing of a held one leaves the browser. */
  async #toSend(): Promise<Status[]> {
    return (await this.#parts.ledger.sessions()).filter((s) => !s.record.held);
  }

  /** The WebSocket where it works, HTTP where it does not. */
  async #transport(target: { server: string; key: string }, http: Http): Promise<Transport> {
    const identity = `${target.server} ${target.key}`;
    if (this.#socketFor !== identity) {
      this.#socket?.close();
      this.#socket = undefined;
      this.#started.clear();
      this.#socketFor = identity;
      this.#httpUntil = 0;
    }
    if (this.#socket?.open === true) return this.#socket;
    // A session must be started once on each connection.
    this.#started.clear();
    if (this.#parts.now() < this.#httpUntil) return http;
    try {
      this.#socket = await this.#parts.socket(target.server, target.key, (ms) => {
        this.#slowUntil = this.#parts.now() + ms;
      });
      return this.#socket;
    } catch {
      // HTTP tells what is the matter; a refused key looks like any other failure on a WebSocket.
      this.#httpUntil = this.#parts.now() + HTTP_ONLY_MS;
      return http;
    }
  }

  async #start(transport: Transport, session: Status): Promise<void> {
    if (this.#started.has(session.id)) return;
    const acked = await transport.start(session.record.header);
    const now = (await this.#status(session.id)) ?? session;
    // The server lost what it had acknowledged, or has what we never made: nothing that we could send mends that.
    if (acked < now.acked || acked > now.last) throw new ServerLost();
    await this.#parts.ledger.acknowledge(session.id, { acked, rejected: [] });
    this.#started.add(session.id);
  }

  async #events(transport: Transport, id: string): Promise<void> {
    for (;;) {
      const events = await this.#parts.ledger.unacknowledged(id, MAX_EVENTS, MAX_BYTES);
      if (events.length === 0) return;
      const slowFor = this.#slowUntil - this.#parts.now();
      if (slowFor > 0) throw new Problem(429, { code: "slow_down" }, slowFor);
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
        this.#started.delete(id);
        throw error;
      } else if (error.status === 401 || error.status === 403 || error.status === GONE || TRANSIENT.has(error.status)) {
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
    const ripe = (status.record.until ?? 0) + ENDING_GRACE_MS;
    if (ripe > this.#parts.now()) {
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
    this.#started.delete(id);
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
    const retryAt = this.#parts.now() + waitMs(failures, asked, () => this.#parts.random());
    if (error instanceof Unreachable) this.#socket?.close();
    const state = stateAfter(error);
    await this.#setHealth({ state, failures, retryAt });
    if (state !== "unauthorized" && state !== "lost") this.#parts.wakeAt(retryAt);
  }

  async #setHealth(health: Health): Promise<void> {
    const before = this.#health;
    this.#health = health;
    if (before?.state === health.state && before.retryAt === health.retryAt) return;
    await this.#parts.saveHealth(health);
    this.#parts.changed();
  }
}

/** The server no longer has what it acknowledged. */
class ServerLost extends Error {}

function stateAfter(error: unknown): Health["state"] {
  if (error instanceof ServerLost) return "lost";
  if (error instanceof Problem) {
    if (error.status === 401 || error.status === 403) return "unauthorized";
    return "busy";
  }
  return "unreachable";
}
