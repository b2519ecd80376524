// The layers together: what was typed (echo) first, then what the scanner finds.

import { EchoMemory } from "./echo";
import { findSpans, findUrlSpans, mergeSpans, whole } from "./engine";
import type { Late } from "./scanner";
import { replaceSpans, type Span } from "./types";

/** Bounds how often the layers are applied, as in engine.ts; a text that keeps changing is withheld. */
const PASSES_MAX = 8;

export class Redactor {
  readonly #echo: EchoMemory;

  constructor(echo: EchoMemory = new EchoMemory()) {
    this.#echo = echo;
  }

  /**
   * The text with everything private replaced by its placeholder. Doing it twice changes nothing. Where late says that the
   * time ran out, the whole of it is private, here and below.
   */
  text(text: string, late?: Late): string {
    return replaceSpans(text, this.spans(text, late));
  }

  /** The address with everything private replaced. */
  url(raw: string, late?: Late): string {
    return replaceSpans(raw, this.#settle(raw, findUrlSpans, late));
  }

  /** Whether anything private is in the text. The question for identity evidence, which is exact or withheld. */
  contains(text: string, late?: Late): boolean {
    return this.#echo.contains(text) || findSpans(text, late).length > 0;
  }

  /** Where private values stand, in UTF-16 units; for painting them over. */
  ranges(text: string): [number, number][] {
    return this.spans(text).map((s) => [s.start, s.end]);
  }

  /** The private values with their types. */
  spans(text: string, late?: Late): Span[] {
    return this.#settle(text, findSpans, late);
  }

  #settle(text: string, find: (text: string, late?: Late) => Span[], late: Late | undefined): Span[] {
    let found: Span[] = [];
    let now = text;
    for (let n = 0; n < PASSES_MAX; n++) {
      const echoed = this.#echo.spans(now);
      const scanned = find(replaceSpans(now, echoed), late);
      if (echoed.length === 0 && scanned.length === 0) return found;
      found = mergeSpans(found, mergeSpans(echoed, scanned));
      now = replaceSpans(text, found);
    }
    return whole(text, "unsettled");
  }
}
