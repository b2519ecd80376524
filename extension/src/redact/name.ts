// Names of persons: by label, by honorific, by a known given name and what looks like a surname. The twin of
// internal/redact/name.go.

import {
  backWord,
  BRAND,
  DOTTED,
  flags,
  FUNCTION,
  GIVEN,
  GIVEN_WEAK,
  HONORIFIC,
  HONORIFIC_WEAK,
  LABEL,
  LABEL_ADDRESS,
  LABEL_LOOSE,
  LABEL_PERSON,
  LABEL_PLACE,
  LABEL_STRICT,
  labelEnding,
  may,
  NAMED,
  NOUN,
  PARTICLE,
  SAINTS,
  SESSION,
  startPhrase,
  SURNAME,
  wordBefore,
  wordBeforeEnd,
  wordEnd,
} from "./lexicon";
import { greeting, smallName } from "./namegreeting";
import { HONOR_AFTER, honored } from "./namehonored";
import { commaGiven, extent, generation, lineStart } from "./namejudge";
import { labelFor, session } from "./namelabel";
import { readRun, word } from "./namerun";
import type { Scanner } from "./scanner";
import { streetAhead } from "./street";
import { ALNUM, DIGIT, LETTER, LOWER, UPPER } from "./tables";

const SPACE = 0x20;
const DOT = 0x2e;
const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x27;
const DASH = 0x2d;
const SLASH = 0x2f;

/** Looks at a word that begins with a capital, or in a script without them. */
export function nameOrGreeting(s: Scanner, i: number, hi: number): number {
  if (s.is(i, UPPER)) return name(s, i, hi);
  return (HONOR_AFTER[s.byte(i)] === 1 && honored(s, i, hi)) || greeting(s, i, hi);
}

/** Judges the whole run of capital words that begins at i once, and returns the end of the last name in it, or 0. */
function name(s: Scanner, i: number, hi: number): number {
  if (s.inURL) return 0;
  if (i > s.floor && s.is(i - 1, LOWER) && gluedLabel(s, i)) {
    s.afterLabel = true;
    const end = judgeRun(s, i, Math.min(hi, s.mailStart));
    s.afterLabel = false;
    return end;
  }
  if (i < s.runEnd || (i > s.floor && !opens(s, i - 1))) return 0;
  hi = Math.min(hi, s.mailStart);
  const first = wordEnd(s, i, hi);
  if (unnamed(s, i, first, hi)) {
    s.runEnd = first;
    return 0;
  }
  return judgeRun(s, i, hi);
}

/**
 * Whether a label ends at i, directly before the value, as in the text of elements without blanks between them:
 * "Ship toAnna Berg".
 */
function gluedLabel(s: Scanner, i: number): boolean {
  return may(s, backWord(s, i), i, LABEL) && (labelEnding(s, i) & (LABEL_PERSON | LABEL_ADDRESS)) !== 0;
}

/** Finds the names in the run of capital words that begins at i. */
function judgeRun(s: Scanner, i: number, hi: number): number {
  const n = readRun(s, i, hi);
  if (n === 0) return 0;
  s.runEnd = Math.max(s.runEnd, word(s, n - 1).end);
  const start = particlesBefore(s, i);
  if (start < i && (labelFor(s, start) & (LABEL_LOOSE | LABEL_STRICT)) !== 0) word(s, 0).start = start;
  for (let k = 0; k < n; ) {
    const w = word(s, k);
    if ((w.flags & BRAND) !== 0) {
      const end = startPhrase(s, w.start, hi, w.entry, BRAND);
      if (end > 0) {
        while (k < n && word(s, k).start < end) k++;
        s.runEnd = Math.max(s.runEnd, end);
        continue;
      }
    }
    const last = nameAt(s, k, n, hi);
    if (last >= k) {
      const w2 = word(s, last);
      let end = w2.end;
      if ((w2.dotted && w2.initial) || (end < hi && s.byte(end) === DOT && generation(s, w2))) end++;
      const street = streetAhead(s, end, hi);
      if (street > 0) return street;
      const labelled = (labelFor(s, w.start) & (LABEL_STRICT | LABEL_PLACE)) === LABEL_STRICT;
      const alone = labelled && last === k && (w.flags & GIVEN) === 0;
      if (last === k || labelled) end = commaGiven(s, end, hi, labelled, alone);
      s.add(w.start, end, "PERSON", "name.person");
      return end;
    }
    k++;
  }
  return session(s, hi) || smallName(s, n, hi);
}

/**
 * Tells the commonest case quickly: the word i to end is a run by itself, it is no part of a name or label by itself, and no
 * label stands before it.
 */
function unnamed(s: Scanner, i: number, end: number, hi: number): boolean {
  let matters = BRAND | SESSION | NAMED;
  if (end < hi) {
    const c = s.byte(end);
    if (c === SPACE) {
      if (end + 1 < hi && s.is(end + 1, LETTER) && (s.is(end + 1, UPPER) || may(s, end + 1, wordEnd(s, end + 1, hi), PARTICLE))) return false;
    } else if (c === QUOTE || c === DASH || c === 0x5f || (c === DOT && end - i === 1) || s.is(end, DIGIT)) {
      return false;
    } else if (c === DOT) {
      matters |= HONORIFIC | DOTTED | HONORIFIC_WEAK | PARTICLE;
    } else if (c === COMMA || c === COLON) {
      if (c === COMMA) matters |= SURNAME;
      if (lineStart(s, i)) matters |= GIVEN;
    }
  }
  return (!may(s, i, end, matters) || (flags(s, i, end) & matters) === 0) && labelFor(s, i) === 0 && particlesBefore(s, i) === i;
}

/** How many small particles stand before a surname: "van der Berg". */
const PARTICLES_MAX = 2;

/** Where the small particles begin that stand before the word at i, or i. */
function particlesBefore(s: Scanner, i: number): number {
  let start = i;
  for (let k = 0; k < PARTICLES_MAX; k++) {
    if (start - 2 <= s.floor || s.byte(start - 1) !== SPACE || !s.is(start - 2, LOWER)) break;
    const w = backWord(s, start - 1);
    if (!may(s, w, start - 1, PARTICLE) || (flags(s, w, start - 1) & PARTICLE) === 0) break;
    start = w;
  }
  return start;
}

/** Whether a word may begin after byte i. */
function opens(s: Scanner, i: number): boolean {
  switch (s.byte(i)) {
    case SLASH:
      return i > s.floor && s.byte(i - 1) === SPACE;
    case DOT:
      return i > s.floor && s.is(i - 1, LETTER);
    case 0x3d: // =
      return gluedLabel(s, i);
    case 0x5f: // _
    case DASH:
    case 0x23: // #
    case 0x40: // @
    case 0x5c: // \
    case 0x24: // $
    case 0x25: // %
    case QUOTE:
      return false;
    default:
      return !s.is(i, ALNUM);
  }
}

/** The last word of the name that begins at word k, or -1. */
function nameAt(s: Scanner, k: number, n: number, hi: number): number {
  const w = word(s, k);
  if (honors(s, k, n)) {
    const end = extent(s, k + 1, n, hi, LABEL_LOOSE | LABEL_STRICT);
    return end > k ? end : -1;
  }
  const kind = k === 0 || (word(s, k - 1).flags & LABEL) !== 0 ? labelFor(s, w.start) : 0;
  if (kind !== 0) {
    const end = extent(s, k, n, hi, kind);
    if (end >= k) return end;
  }
  if ((w.flags & (GIVEN | GIVEN_WEAK)) !== 0) {
    const end = extent(s, k, n, hi, 0);
    if (end >= k) return end;
  }
  if ((w.flags & SURNAME) !== 0 && k === n - 1 && (k === 0 || (word(s, k - 1).flags & FUNCTION) !== 0)) {
    if (commaGiven(s, w.end, hi, false, false) > w.end) return k;
  }
  return -1;
}

/** Whether word k is a title such as "Mr" that stands before a name. */
function honors(s: Scanner, k: number, n: number): boolean {
  const w = word(s, k);
  if (k + 1 >= n || (w.flags & (HONORIFIC | DOTTED | HONORIFIC_WEAK)) === 0) return false;
  const next = word(s, k + 1);
  if ((next.flags & (FUNCTION | HONORIFIC)) !== 0 && (next.flags & (HONORIFIC | SURNAME)) === 0) return false;
  if ((w.flags & HONORIFIC) !== 0) return w.dotted || !w.caps || next.caps;
  if ((w.flags & DOTTED) !== 0) return w.dotted && !SAINTS.has(s.lowered(w.start, w.end)) && (next.flags & NOUN) === 0 && k === 0 && !sizeBefore(s, w.start);
  return k === 0 && ((next.flags & GIVEN) !== 0 || ((next.flags & SURNAME) !== 0 && (next.flags & NOUN) === 0));
}

/** Whether the word before i is something that a single letter follows: a size, a name's first part. */
function sizeBefore(s: Scanner, i: number): boolean {
  const a = wordBefore(s, i);
  return wordBeforeEnd > a && (flags(s, a, wordBeforeEnd) & (FUNCTION | NOUN)) !== 0;
}
