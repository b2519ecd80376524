// How long to wait after a failure: full jitter, so that a thousand browsers do not come back at the same moment
// ("Exponential Backoff And Jitter", AWS Architecture Blog, 2015).

const BASE_MS = 1000;
const CAP_MS = 5 * 60_000;
/** A server that asks for more than a day is not believed. */
const MAX_ASKED_MS = 24 * 3_600_000;
/** No wait is longer. */
export const MAX_WAIT_MS = MAX_ASKED_MS + CAP_MS;

/** Milliseconds until the next try, after this many failures in a row. Never less than the server asked for. */
export function waitMs(failures: number, askedMs: number | undefined, random: () => number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures - 1, 20));
  return Math.min(MAX_ASKED_MS, askedMs ?? 0) + Math.round(random() * ceiling);
}
