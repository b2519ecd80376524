// Bounds how long the texts of one event may take, so that a page that is made to be slow cannot hold the browser up.

import { type Scrubber, strictScrubber } from "./scrubber";

/**
 * The budget of an event, in milliseconds. A snapshot of a large page takes some tens of them on a slow machine; a page
 * that is busy for longer than this is felt to hang.
 */
export const BUDGET_MS = 250;

/**
 * A scrubber that asks the given one until the budget is spent, and from then on withholds every text, the one that is being
 * scanned included: what cannot be scanned in time is not passed.
 */
export function withinBudget(scrubber: Scrubber, now: () => number = () => performance.now()): Scrubber {
  const end = now() + BUDGET_MS;
  let spent = false;
  const late = (): boolean => (spent ||= now() >= end);
  /** What the scrubber answers, but not where the budget was spent before or within the text. */
  const inTime = <T>(ask: (of: Scrubber) => T): T => {
    const answer = late() ? undefined : ask(scrubber);
    return spent || answer === undefined ? ask(strictScrubber) : answer;
  };
  return {
    text: (text) => inTime((of) => of.text(text, late)),
    url: (url) => inTime((of) => of.url(url, late)),
    contains: (text) => inTime((of) => of.contains(text, late)),
    spans: (text) => inTime((of) => of.spans(text, late)),
  };
}
