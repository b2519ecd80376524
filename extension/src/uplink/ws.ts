// The WebSocket transport: one request under way at a time, answered in order.

import type { Event, Session } from "../event/types";
import { type Ack, Problem, type Sent, type Transport, Unreachable, asAck, asStarted, isFields } from "./transport";

const PROTOCOL = "codesight.v1";
/** The close code of a connection whose key was revoked. */
const UNAUTHORIZED = 4401;
const OPEN_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 30_000;

/** Answers that no request waits for. */
const ASIDE = new Set(["ready", "session.status", "pong"]);

export class Socket implements Transport {
  readonly #socket: WebSocket;
  readonly #slowDown: (ms: number) => void;
  readonly #sent: (sent: Sent) => void;
  #waiting: { resolve: (message: Record<string, unknown>) => void; reject: (error: Error) => void } | undefined;

  /**
   * Opens a connection; resolves when the server is ready. slowDown is called when it asks to wait.
   * Rejects with Unreachable, also where the key is wrong: a browser does not say why a WebSocket was refused.
   */
  static async open(
    server: string,
    key: string,
    slowDown: (ms: number) => void,
    sent: (sent: Sent) => void = () => undefined,
  ): Promise<Socket> {
    const url = `${server.replace(/^http/, "ws")}/v1/stream`;
    const socket = new WebSocket(url, [PROTOCOL, `bearer.${key}`]);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        fail();
      }, OPEN_TIMEOUT_MS);
      const fail = (): void => {
        clearTimeout(timer);
        socket.close();
        reject(new Unreachable("the WebSocket did not open"));
      };
      socket.onerror = fail;
      socket.onclose = fail;
      socket.onmessage = ({ data }) => {
        if (parse(data)["type"] !== "ready") return;
        clearTimeout(timer);
        resolve();
      };
    });
    return new Socket(socket, slowDown, sent);
  }

  private constructor(socket: WebSocket, slowDown: (ms: number) => void, sent: (sent: Sent) => void) {
    this.#socket = socket;
    this.#slowDown = slowDown;
    this.#sent = sent;
    socket.onmessage = ({ data }) => {
      this.#take(parse(data));
    };
    socket.onclose = ({ code }) => {
      const revoked = code === UNAUTHORIZED;
      this.#waiting?.reject(revoked ? new Problem(401, { code: "unauthorized" }) : new Unreachable("the WebSocket closed"));
      this.#waiting = undefined;
    };
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  async start(session: Session): Promise<number> {
    return asStarted(await this.#ask({ type: "session.start", session }, "session.started"));
  }

  async append(session: string, events: readonly Event[]): Promise<Ack> {
    return asAck(await this.#ask({ type: "events", session_id: session, events }, "ack"), events);
  }

  close(): void {
    this.#socket.close();
  }

  async #ask(message: { type: string; [field: string]: unknown }, answer: string): Promise<Record<string, unknown>> {
    if (!this.open) throw new Unreachable("the WebSocket is closed");
    const answered = new Promise<Record<string, unknown>>((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
    const timer = setTimeout(() => {
      this.#socket.close();
      this.#waiting?.reject(new Unreachable("no answer on the WebSocket"));
    }, ANSWER_TIMEOUT_MS);
    const text = JSON.stringify(message);
    this.#socket.send(text);
    this.#sent({ what: `WebSocket ${message.type}`, body: text });
    try {
      const got = await answered;
      if (got["type"] !== answer) throw new Unreachable("another answer than asked for");
      return got;
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  #take(message: Record<string, unknown>): void {
    const { type } = message;
    if (type === "slow_down") {
      const ms = message["retry_after_ms"];
      if (typeof ms === "number" && ms >= 0) this.#slowDown(ms);
    } else if (type === "error") {
      this.#waiting?.reject(asProblem(message["problem"]));
    } else if (typeof type !== "string" || !ASIDE.has(type)) {
      this.#waiting?.resolve(message);
    }
  }
}

function asProblem(problem: unknown): Error {
  const status = isFields(problem) ? problem["status"] : undefined;
  if (typeof status !== "number" || !isFields(problem)) return new Unreachable("an error without a problem");
  const wait = problem["retry_after_ms"];
  return new Problem(status, problem, typeof wait === "number" && wait >= 0 ? wait : undefined);
}

function parse(data: unknown): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(String(data));
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}
