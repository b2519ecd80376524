// What the words near a candidate say. The twin of internal/redact/context.go.

import { isUnspaced } from "./fold";
import type { Scanner } from "./scanner";
import { BLANK, CONTEXT, CONTEXT_LEFT, CONTEXT_RIGHT, HintSet, LETTER, LOWER, UPPER } from "./tables";

export const NEUTRAL = 0;
export const RAISES = 1;
export const LOWERS = 2;

/** The longest word looked for in a script without spaces, in letters. */
const UNSPACED_MAX = 5;
const OPEN = 0x5b;

/**
 * Asks the words around bytes start to end: the nearest that has something to say about this kind decides, looking left
 * first, not across another redaction. A word that lowers counts only within the same sentence and line; to the right,
 * words only raise.
 */
export function near(s: Scanner, start: number, end: number, kind: number, plain: boolean): number {
  let limit = Math.max(s.floor, start - CONTEXT_LEFT);
  let same = true;
  for (let p = start; p > limit; ) {
    if (!s.is(p - 1, LETTER)) {
      same = same && !sentenceEnd(s, p - 1);
      p--;
      continue;
    }
    const wordEnd = p;
    p = wordStart(s, p, limit);
    const says = wordSays(s, p, wordEnd, kind, plain);
    if (says === RAISES || (says === LOWERS && same)) return says;
  }
  limit = Math.min(s.length, end + CONTEXT_RIGHT);
  for (let p = end; p < limit; ) {
    if (s.byte(p) === OPEN && s.placeholder(p, s.length) > 0) break;
    if (!s.is(p, LETTER)) {
      p++;
      continue;
    }
    const begin = p;
    while (p < limit && s.is(p, LETTER)) p++;
    if (wordSays(s, begin, p, kind, plain) === RAISES) return RAISES;
  }
  return NEUTRAL;
}

/** Whether byte i ends a line or a sentence. */
export function sentenceEnd(s: Scanner, i: number): boolean {
  switch (s.byte(i)) {
    case 0x0a:
    case 0x3b:
    case 0x7c:
      return true;
    case 0x2e:
    case 0x21:
    case 0x3f:
      return i + 1 < s.length && s.is(i + 1, BLANK);
    default:
      return false;
  }
}

/** Where the word that ends at p begins. A capital in its middle begins a word of its own, but not after one letter. */
export function wordStart(s: Scanner, p: number, limit: number): number {
  while (p > limit && s.is(p - 1, LETTER)) {
    p--;
    if (p - 2 >= limit && s.is(p, UPPER) && s.is(p - 1, LOWER) && s.is(p - 2, LETTER)) break;
  }
  return p;
}

/** Looks a word up. In a script without spaces every part of it may be a word. */
export function wordSays(s: Scanner, start: number, end: number, kind: number, plain: boolean): number {
  if (isUnspaced(s.byte(start))) {
    for (let e = end; e > start; e--) {
      for (let n = 1; n <= UNSPACED_MAX && e - n >= start; n++) {
        const says = flagSays(s, e - n, e, kind, plain);
        if (says !== NEUTRAL) return says;
      }
    }
    return NEUTRAL;
  }
  return flagSays(s, start, end, kind, plain);
}

/** Of the words of all kinds. */
const HINTS = new HintSet();
for (const word of CONTEXT.keys()) HINTS.add(word);

function flagSays(s: Scanner, start: number, end: number, kind: number, plain: boolean): number {
  if (!HINTS.has(s.b, start, end)) return NEUTRAL;
  const flags = (CONTEXT.get(s.lowered(start, end)) ?? 0) >> (3 * kind);
  if ((flags & 1) !== 0) return RAISES;
  return (flags & 2) !== 0 || ((flags & 4) !== 0 && plain) ? LOWERS : NEUTRAL;
}
