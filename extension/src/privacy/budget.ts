// Bounds how long the texts of one event may take, so that a page that is made to be slow cannot hold the browser up.

import { type Scrubber, strictScrubber } from "./scrubber";

/**
 * The budget of an event, in milliseconds. A snapshot of a large page takes some tens of them on a slow machine; a page
 * that is busy for longer than this is felt to hang.
 */
export const BUDGET_MS = 250;

/**
 * A scrubber that asks the given one until the budget is spent, and from then on withholds every text: what cannot be
 * scanned in time is not passed. Each single text is bounded by who collects it.
 */
export function withinBudget(scrubber: Scrubber, now: () => number = () => performance.now()): Scrubber {
  const end = now() + BUDGET_MS;
  const current = (): Scrubber => (now() < end ? scrubber : strictScrubber);
  return {
    text: (text) => current().text(text),
    url: (url) => current().url(url),
    contains: (text) => current().contains(text),
    spans: (text) => current().spans(text),
  };
}
