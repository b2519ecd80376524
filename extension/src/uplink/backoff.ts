// How long to wait after a failure: full jitter, so that a thousand browsers do not come back at the same moment
// ("Exponential Backoff And Jitter", AWS Architecture Blog, 2015).

const BASE_MS = 1000;
const CAP_MS = 5 * 60_000;
/** A server that asks for more than a day is not believed. */
const MAX_ASKED_MS = 24 * 3_600_000;

/** A wait by the clock of the computer, which its owner may set. */
export interface Wait {
  from: number;
  until: number;
}

/**
 * Milliseconds that are left of a wait. A clock that shows a time before its begin was put back since: nobody knows how
 * long ago that was, so the wait is over.
 */
export function leftOf({ from, until }: Wait, now: number): number {
  return now < from ? 0 : Math.max(0, until - now);
}

/** Milliseconds until the next try, after this many failures in a row. Never less than the server asked for. */
export function waitMs(failures: number, askedMs: number | undefined, random: () => number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures - 1, 20));
  return Math.min(MAX_ASKED_MS, askedMs ?? 0) + Math.round(random() * ceiling);
}
