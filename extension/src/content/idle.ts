// Fills the tables of the privacy engine while the page rests, so that no event waits for them and no frame of the page is late.

import { prepare } from "../redact";

/** Prepares in idle time until nothing is left or the signal is aborted. Each piece takes a few milliseconds. */
export function prepareWhenIdle(signal: AbortSignal, idle: (work: IdleRequestCallback) => unknown = (work) => requestIdleCallback(work)): void {
  idle((deadline) => {
    if (!signal.aborted && !prepare(() => deadline.timeRemaining() <= 0)) prepareWhenIdle(signal, idle);
  });
}
