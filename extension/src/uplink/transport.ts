// How events travel: the same acts over HTTP and over the WebSocket, and the ways in which they fail.

import type { Event, Session } from "../event/types";

/** The server's answer to a batch, after its commit. */
export interface Ack {
  acked: number;
  rejected: { seq: number; reasons: string[] }[];
}

/** A message as it leaves the browser, but for the key. */
export interface Sent {
  /** Method and path, or the type of a WebSocket message. */
  what: string;
  body: string | ArrayBuffer;
}

export interface Transport {
  /** Makes the session known, or finds it; resolves with the highest number that is stored. Idempotent. */
  start(session: Session): Promise<number>;
  /** Hands over events with consecutive numbers; resolves when they are committed. Idempotent. */
  append(session: string, events: readonly Event[]): Promise<Ack>;
  close(): void;
}

/** The server could not be reached, or what answered was not it (a captive portal, a proxy, half an answer). */
export class Unreachable extends Error {}

/** Something answered that is not our server. */
export class Stranger extends Unreachable {}

/** The server answered that it will not. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  readonly expectedSeq: number | undefined;
  /** What is wrong, as places and reasons; never values. */
  readonly reasons: string[];

  constructor(status: number, body: unknown, retryAfterMs?: number) {
    const fields = isFields(body) ? body : {};
    const code = typeof fields["code"] === "string" ? fields["code"].slice(0, MAX_REASON) : "unknown";
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.expectedSeq = asCount(fields["expected_seq"]);
    this.reasons = asReasons(fields["errors"]);
  }
}

const MAX_REASON = 300;
const MAX_REASONS = 20;

type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function asCount(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}

function asReasons(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MAX_REASONS).flatMap((error) => {
    if (!isFields(error)) return [];
    return [`${String(error["location"])}: ${String(error["message"])}`.slice(0, MAX_REASON)];
  });
}

/** Reads the answer to session.start. Anything else than a whole number is not our server's. */
export function asStarted(body: unknown): number {
  const acked = isFields(body) ? asCount(body["acked"]) : undefined;
  if (acked === undefined) throw new Unreachable("not an answer to a start");
  return acked;
}

/** Reads an acknowledgement. It must lie within what was sent; else nothing may be deleted because of it. */
export function asAck(body: unknown, sent: readonly Event[]): Ack {
  const acked = isFields(body) ? asCount(body["acked"]) : undefined;
  const first = sent[0]?.seq ?? 0;
  const last = sent.at(-1)?.seq ?? 0;
  if (!isFields(body) || acked === undefined || acked < first - 1 || acked > last) {
    throw new Unreachable("not an acknowledgement");
  }
  const rejected = Array.isArray(body["rejected"]) ? body["rejected"] : [];
  return {
    acked,
    rejected: rejected.slice(0, sent.length).flatMap((r) => {
      const seq = isFields(r) ? asCount(r["seq"]) : undefined;
      return seq !== undefined && isFields(r) && seq >= first && seq <= acked
        ? [{ seq, reasons: asReasons(r["errors"]) }]
        : [];
    }),
  };
}
