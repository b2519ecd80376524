// Which way messages go: over the WebSocket where it works, over HTTP where it does not.

import { type Wait, leftOf } from "./backoff";
import type { Http } from "./http";
import { type Transport, Problem } from "./transport";

/** Where to send to. */
export interface Target {
  server: string;
  key: string;
}

export type OpenTransport = Transport & { readonly open: boolean };

/** Opens the WebSocket; rejects with Unreachable where it is blocked. */
export type OpenSocket = (server: string, key: string, slowDown: (ms: number) => void) => Promise<OpenTransport>;

/** After a WebSocket that did not open, or broke, HTTP is used for this long. */
const HTTP_ONLY_MS = 5 * 60_000;
const NO_WAIT: Wait = { from: 0, until: 0 };

export class Line {
  readonly #openSocket: OpenSocket;
  readonly #now: () => number;
  #socket: OpenTransport | undefined;
  #openFor = "";
  #httpOnly = NO_WAIT;
  #slow = NO_WAIT;
  /** Sessions that were started on this connection: each must be, once. */
  readonly started = new Set<string>();

  constructor(openSocket: OpenSocket, now: () => number) {
    this.#openSocket = openSocket;
    this.#now = now;
  }

  async transport(target: Target, http: Http): Promise<Transport> {
    const identity = `${target.server} ${target.key}`;
    if (this.#openFor !== identity) {
      this.#close();
      this.#openFor = identity;
      this.#httpOnly = NO_WAIT;
    }
    if (this.#socket?.open === true) return this.#socket;
    this.started.clear();
    if (leftOf(this.#httpOnly, this.#now()) > 0) return http;
    try {
      this.#socket = await this.#openSocket(target.server, target.key, (ms) => {
        this.#slow = this.#for(ms);
      });
      return this.#socket;
    } catch {
      // HTTP tells what is the matter; a refused key looks like any other failure on a WebSocket.
      this.#httpOnly = this.#for(HTTP_ONLY_MS);
      return http;
    }
  }

  /** Throws where the server asked for a pause that is not over. */
  heedSlowDown(): void {
    const slowFor = leftOf(this.#slow, this.#now());
    if (slowFor > 0) throw new Problem(429, { code: "slow_down" }, slowFor);
  }

  /** Something between us and the server spoiled an exchange. It may let a WebSocket open, and break what goes over it. */
  broke(): void {
    if (this.#socket) this.#httpOnly = this.#for(HTTP_ONLY_MS);
    this.#close();
  }

  #close(): void {
    this.#socket?.close();
    this.#socket = undefined;
    this.started.clear();
  }

  #for(ms: number): Wait {
    return { from: this.#now(), until: this.#now() + ms };
  }
}
