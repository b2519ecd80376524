// Runs of capital words, in which names are looked for. The twin of internal/redact/namerun.go.

import {
  backWord,
  DOTTED,
  entry,
  entryFlags,
  flags,
  FUNCTION,
  GIVEN,
  GIVEN_WEAK,
  HONORIFIC,
  HONORIFIC_WEAK,
  LABEL,
  may,
  NOUN,
  PARTICLE,
  SURNAME,
  wordEnd,
} from "./lexicon";
import type { Scanner } from "./scanner";
import { DIGIT, LETTER, LOWER, UPPER } from "./tables";

/** Capital words looked at together. */
export const RUN_MAX = 10;

const SPACE = 0x20;
const DOT = 0x2e;
const QUOTE = 0x27;
const DASH = 0x2d;

/** A word of a run of capital words. */
export class NameWord {
  start = 0;
  /** Without a dot. */
  end = 0;
  entry = -1;
  flags = 0;
  dotted = false;
  initial = false;
  /** A particle in small letters. */
  small = false;
  /** All capitals. */
  caps = false;
  /** Of two parts: Anne-Marie. */
  joint = false;
}

export function word(s: Scanner, k: number): NameWord {
  return s.run[k] as NameWord;
}

/**
 * Reads the run of capital words that begins at i: words apart by one space, initials and titles with a dot, particles in
 * small letters between them.
 */
export function readRun(s: Scanner, i: number, hi: number): number {
  let n = 0;
  let named = 0;
  for (let p = i; n < RUN_MAX && p < hi; ) {
    const start = p;
    while (p < hi && !textSeam(s, start, p) && (s.is(p, LETTER) || isJoint(s, p, start, hi))) p++;
    if (p === start || (p < hi && ((s.is(p, DIGIT) && !s.afterLabel) || s.byte(p) === 0x5f))) break;
    if (!s.is(start, UPPER) && (n === 0 || !may(s, start, wordEnd(s, start, p), PARTICLE))) break;
    const w = word(s, n);
    let end = p;
    if (end - start > 2 && s.byte(end - 2) === QUOTE && (s.byte(end - 1) | 0x20) === 0x73) end -= 2; // Anna's
    fillWord(s, w, start, end, Math.min(wordEnd(s, start, p), end));
    if (!s.is(start, UPPER)) {
      const head = wordEnd(s, start, p);
      if ((flags(s, start, head) & PARTICLE) === 0 || (w.joint && !s.is(head + 1, UPPER))) break;
      w.small = !w.joint; // a particle alone, or al-Khatib
    } else {
      w.caps = end - start > 1 && s.is(start + 1, UPPER) && s.is(end - 1, UPPER);
    }
    n++;
    if (!w.small) named = n;
    if (end < p) break; // a possessive ends a run
    if (p < hi && s.byte(p) === DOT && (w.initial || (w.flags & (HONORIFIC | DOTTED | HONORIFIC_WEAK | PARTICLE)) !== 0)) {
      w.dotted = true;
      p++;
      if (w.initial && p < hi && s.is(p, UPPER)) continue; // J.R.
      p = titleEnd(s, w, p, hi);
    }
    if (p + 1 >= hi || s.byte(p) !== SPACE || !s.is(p + 1, LETTER)) break;
    p++;
  }
  return named;
}

/** The longest end of a title after its dot, as in Dott.ssa, in letters. */
const TITLE_END_MAX = 3;

/** Where a title with a dot ends, whose last letters may stand after the dot: "Sig.ra". */
function titleEnd(s: Scanner, w: NameWord, p: number, hi: number): number {
  let end = p;
  while (end < hi && end - p < TITLE_END_MAX && s.is(end, LOWER)) end++;
  return w.initial || end === p || end >= hi || s.byte(end) !== SPACE ? p : end;
}

/** Whether another text begins at p, in a run without blanks between the texts: "Anna BergEmail". */
function textSeam(s: Scanner, start: number, p: number): boolean {
  return s.afterLabel && p - start > 2 && s.is(p, UPPER) && s.is(p - 1, LOWER) && !(p - start === 3 && s.hasPrefix(start, p, "Mac"));
}

function isJoint(s: Scanner, p: number, start: number, hi: number): boolean {
  const c = s.byte(p);
  return (c === QUOTE || c === DASH) && p + 1 < hi && p > start && s.is(p + 1, LETTER) && s.is(p - 1, LETTER);
}

function fillWord(s: Scanner, w: NameWord, start: number, end: number, head: number): void {
  w.start = start;
  w.end = end;
  w.entry = head < end && head - start <= 2 ? -1 : entry(s, start, head); // O'Brien
  w.flags = entryFlags(w.entry);
  w.initial = end - start === 1;
  w.dotted = w.small = w.caps = false;
  w.joint = head < end;
  if (w.joint) w.flags = jointFlags(s, w);
}

/** The flags that say something of one word, rather than of a phrase that it may begin. */
const ALONE = GIVEN | GIVEN_WEAK | SURNAME | NOUN | FUNCTION | LABEL;

/**
 * The flags of a word of two parts: those of the first, unless that is an ordinary word and the last a given name, as in
 * Maj-Britt, or only a letter or a particle, as in E-mail and al-Khatib; and whether it ends a label, as "G'day" does.
 */
function jointFlags(s: Scanner, w: NameWord): number {
  const last = flags(s, backWord(s, w.end), w.end);
  if (s.byte(w.start + 1) === DASH || s.is(w.start, LOWER)) return last & ALONE;
  if ((w.flags & (FUNCTION | NOUN)) !== 0 && (last & GIVEN) !== 0) return last;
  return w.flags | (last & LABEL);
}

export function lowered(s: Scanner, w: NameWord): string {
  return s.lowered(w.start, w.end);
}
