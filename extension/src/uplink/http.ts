// The HTTP transport, and what travels over HTTP only: images and the completion.

import type { Event, ScreenshotMeta, Session } from "../event/types";
import { type Ack, Problem, type Sent, Stranger, type Transport, Unreachable, asAck, asStarted, isFields } from "./transport";

/** An answer takes longer than this only where there is none. */
const TIMEOUT_MS = 30_000;
/** A participant waits for the check of a key. */
export const CHECK_TIMEOUT_MS = 10_000;
/** Statuses whose meaning does not depend on who answers: too large, too many, not now. */
const PLAIN = new Set([413, 429, 503]);
/** Answers are small; more than this is not ours. */
const MAX_ANSWER = 2 ** 20;

/** What a study asks of its participants. */
export interface Study {
  /** Each recording waits until they have looked it through, whatever they chose themselves. */
  review: boolean;
}

export class Http implements Transport {
  readonly #server: string;
  readonly #key: string;
  readonly #fetch: typeof fetch;
  readonly #sent: (sent: Sent) => void;

  constructor(
    server: string,
    key: string,
    fetcher: typeof fetch = (...args) => fetch(...args),
    sent: (sent: Sent) => void = () => undefined,
  ) {
    this.#server = server;
    this.#key = key;
    this.#fetch = fetcher;
    this.#sent = sent;
  }

  /** What the study asks for; resolves only where the server takes the key. */
  async study(timeoutMs: number): Promise<Study> {
    const answer = await this.#request("GET", "/v1/study", { timeoutMs });
    const review = isFields(answer) ? answer["review_before_sending"] : undefined;
    if (typeof review !== "boolean") throw new Stranger("not a study");
    return { review };
  }

  async start(session: Session): Promise<number> {
    const started = await this.#json("/v1/sessions", session);
    return asStarted(started);
  }

  async append(session: string, events: readonly Event[]): Promise<Ack> {
    return asAck(await this.#json(`/v1/sessions/${session}/events`, { events }), events);
  }

  async complete(session: string, lastSeq: number): Promise<void> {
    const answer = await this.#json(`/v1/sessions/${session}/complete`, { last_seq: lastSeq });
    if (!isFields(answer) || typeof answer["status"] !== "string") throw new Stranger("not an answer to a completion");
  }

  async image(session: string, id: string, meta: ScreenshotMeta, type: string, bytes: ArrayBuffer): Promise<void> {
    const path = `/v1/sessions/${session}/screenshots/${id}?metadata=${encodeURIComponent(JSON.stringify(meta))}`;
    const answer = await this.#request("PUT", path, { type, body: bytes });
    // A captive portal says 200 to anything. The image is deleted here only where it is stored there.
    if (!isFields(answer) || answer["id"] !== id) throw new Stranger("not an answer to an image");
  }

  close(): void {
    // Nothing stays open.
  }

  async #json(path: string, body: unknown): Promise<unknown> {
    return this.#request("POST", path, { type: "application/json", body: JSON.stringify(body) });
  }

  async #request(
    method: string,
    path: string,
    { type, body, timeoutMs = TIMEOUT_MS }: { type?: string; body?: string | ArrayBuffer; timeoutMs?: number },
  ): Promise<unknown> {
    let response: Response;
    let text: string;
    this.#sent({ what: `${method} ${path}`, body: body ?? "" });
    try {
      response = await this.#fetch(this.#server + path, {
        method,
        ...(body !== undefined && { body }),
        headers: { Authorization: `Bearer ${this.#key}`, ...(type !== undefined && { "Content-Type": type }) },
        credentials: "omit",
        // A captive portal answers with a redirect; following it would hand it the session.
        redirect: "error",
        cache: "no-store",
        signal: AbortSignal.timeout(timeoutMs),
      });
      text = await response.text();
    } catch {
      throw new Unreachable("no answer");
    }
    const answer = parse(text);
    if (response.ok) {
      if (answer === undefined && text !== "") throw new Stranger("an answer that is not JSON");
      return answer;
    }
    // Whatever stands between us and the server (a portal, a proxy) may refuse in its own words. Only what is plain from
    // the status is believed of it.
    const isOurs = isFields(answer) && typeof answer["code"] === "string";
    if (!isOurs && !PLAIN.has(response.status)) throw new Stranger("an answer of somebody else");
    const retryAfter = retryAfterMs(response.headers.get("Retry-After"), Date.now());
    throw new Problem(response.status, answer, retryAfter);
  }
}

function parse(text: string): unknown {
  if (text.length > MAX_ANSWER) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The Retry-After header in milliseconds: seconds or a date (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  if (header.trim() !== "" && Number.isFinite(seconds) && seconds >= 0) return seconds * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
