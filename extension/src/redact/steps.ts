// Work that is done once, in pieces, before what needs it.

import type { Late } from "./scanner";

export class Steps {
  private done = 0;

  /** Pieces of a few milliseconds each, in the order in which they must be done. */
  constructor(private readonly steps: readonly (() => void)[]) {}

  /** Does what is left, until late says that the time is over, and tells whether nothing is left. */
  run(late?: Late): boolean {
    while (this.done < this.steps.length && late?.() !== true) this.steps[this.done++]?.();
    return this.done === this.steps.length;
  }
}
