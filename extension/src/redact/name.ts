// Names of persons: by label, by honorific, by a known given name and what looks like a surname. The twin of
// internal/redact/name.go.

import {
  BRAND,
  CITY,
  COUNTRY,
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
  LABEL_BY,
  LABEL_LOOSE,
  LABEL_PERSON,
  LABEL_STRICT,
  labelEnding,
  may,
  NAMED,
  NOUN,
  OWNED,
  PARTICLE,
  sameWord,
  SESSION,
  startPhrase,
  STATE,
  STREET,
  STREET_WEAK,
  SURNAME,
  SURNAME_ENDS,
  UNIT,
  wordBefore,
  wordBeforeEnd,
  wordEnd,
} from "./lexicon";
import { streetAhead } from "./street";
import { labelFor, session, spoken } from "./namelabel";
import type { Scanner } from "./scanner";
import { ALNUM, DIGIT, LETTER, LOWER, UPPER } from "./tables";

/** Capital words looked at together. */
export const RUN_MAX = 10;
/** Words of one name. */
const NAME_WORDS = 5;
/** Letters of a surname that nobody listed. */
const SURNAME_MIN = 3;

const SPACE = 0x20;
const DOT = 0x2e;
const COMMA = 0x2c;
const QUOTE = 0x27;
const DASH = 0x2d;
const SLASH = 0x2f;

/** Words that make what follows a thing. */
const ARTICLES = new Set(["the", "a", "an", "our", "this", "these", "new", "der", "die", "das", "ein", "eine", "le", "la", "une", "el", "una", "il"]);

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
}

function word(s: Scanner, k: number): NameWord {
  return s.run[k] as NameWord;
}

/** Looks at a word that begins with a capital, or in a script without them. */
export function nameOrGreeting(s: Scanner, i: number, hi: number): number {
  return s.is(i, UPPER) ? name(s, i, hi) : greeting(s, i, hi);
}

/** Judges the whole run of capital words that begins at i once, and returns the end of the last name in it, or 0. */
function name(s: Scanner, i: number, hi: number): number {
  if (i < s.runEnd || s.inURL || (i > s.floor && !opens(s, i - 1))) return 0;
  hi = Math.min(hi, s.mailStart);
  const first = wordEnd(s, i, hi);
  if (unnamed(s, i, first, hi)) {
    s.runEnd = first;
    return 0;
  }
  const n = readRun(s, i, hi);
  if (n === 0) return 0;
  s.runEnd = word(s, n - 1).end;
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
      if (w2.dotted && w2.initial) end++;
      const street = streetAhead(s, end, hi);
      if (street > 0) return street;
      if (last === k) end = commaGiven(s, end, hi);
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
    } else if (c === COMMA) {
      matters |= SURNAME;
    }
  }
  return (!may(s, i, end, matters) || (flags(s, i, end) & matters) === 0) && labelFor(s, i) === 0;
}

/** Whether a word may begin after byte i. */
function opens(s: Scanner, i: number): boolean {
  switch (s.byte(i)) {
    case SLASH:
      return i > s.floor && s.byte(i - 1) === SPACE;
    case DOT:
      return i > s.floor && s.is(i - 1, LETTER);
    case 0x5f: // _
    case DASH:
    case 0x23: // #
    case 0x40: // @
    case 0x5c: // \
    case 0x3d: // =
    case 0x24: // $
    case 0x25: // %
    case QUOTE:
      return false;
    default:
      return !s.is(i, ALNUM);
  }
}

/**
 * Reads the run of capital words that begins at i: words apart by one space, initials and titles with a dot, particles in
 * small letters between them.
 */
function readRun(s: Scanner, i: number, hi: number): number {
  let n = 0;
  let named = 0;
  for (let p = i; n < RUN_MAX && p < hi; ) {
    const start = p;
    while (p < hi && (s.is(p, LETTER) || isJoint(s, p, start, hi))) p++;
    if (p === start || (p < hi && (s.is(p, DIGIT) || s.byte(p) === 0x5f))) break;
    if (!s.is(start, UPPER) && (n === 0 || !may(s, start, wordEnd(s, start, p), PARTICLE))) break;
    const w = word(s, n);
    let end = p;
    if (end - start > 2 && s.byte(end - 2) === QUOTE && (s.byte(end - 1) | 0x20) === 0x73) end -= 2; // Anna's
    fillWord(s, w, start, end, Math.min(wordEnd(s, start, p), end));
    if (!s.is(start, UPPER)) {
      if (n === 0 || (w.flags & PARTICLE) === 0) break;
      w.small = true;
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
    }
    if (p + 1 >= hi || s.byte(p) !== SPACE || !s.is(p + 1, LETTER)) break;
    p++;
  }
  return named;
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
    if (commaGiven(s, w.end, hi) > w.end) return k;
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
  if ((w.flags & DOTTED) !== 0) return w.dotted && w.initial && (next.flags & NOUN) === 0 && k === 0 && !sizeBefore(s, w.start);
  return k === 0 && ((next.flags & GIVEN) !== 0 || ((next.flags & SURNAME) !== 0 && (next.flags & NOUN) === 0));
}

/** Whether the word before i is something that a single letter follows: a size, a name's first part. */
function sizeBefore(s: Scanner, i: number): boolean {
  const a = wordBefore(s, i);
  return wordBeforeEnd > a && (flags(s, a, wordBeforeEnd) & (FUNCTION | NOUN)) !== 0;
}

/** The last word of the name that begins at word k, judged by what announced it, or -1. */
function extent(s: Scanner, k: number, n: number, hi: number, kind: number): number {
  let last = -1;
  let count = 0;
  let known = false;
  let stopped = 0;
  for (let j = k; j < n && j - k < NAME_WORDS; j++) {
    const w = word(s, j);
    const f = w.flags;
    if ((f & BRAND) !== 0 && startPhrase(s, w.start, hi, w.entry, BRAND) > 0) {
      if (j === k) return -1;
      break;
    }
    if (j > k && (f & PARTICLE) !== 0 && !w.initial && (w.small || (!w.caps && (f & (GIVEN | SURNAME)) === 0))) continue;
    if ((f & HONORIFIC) !== 0 && j === k && kind !== 0) {
      const end = extent(s, j + 1, n, hi, LABEL_LOOSE | LABEL_STRICT);
      return end > j ? end : -1;
    }
    if ((f & (FUNCTION | NOUN)) !== 0 && !w.initial && !surnameToo(s, j, k, last, kind)) {
      stopped = f;
      break;
    }
    if (w.initial && j === k && !w.dotted && kind === 0) return -1;
    if (!w.initial) known = known || (f & (GIVEN | GIVEN_WEAK | SURNAME)) !== 0;
    count++;
    last = j;
  }
  if (last < 0) return -1;
  return kind === 0 ? likely(s, k, last, hi, stopped) : announced(s, k, last, hi, kind, count, known, stopped);
}

/** Whether word j, which is also an ordinary word, is a part of the name that begins at k. */
function surnameToo(s: Scanner, j: number, k: number, last: number, kind: number): boolean {
  const f = word(s, j).flags;
  const labelled = (kind & (LABEL_LOOSE | LABEL_STRICT)) !== 0;
  if (j === k) return ((f & FUNCTION) === 0 && (f & (GIVEN | GIVEN_WEAK)) !== 0) || (labelled && (f & SURNAME) !== 0);
  return (f & SURNAME) !== 0 && last >= k && (labelled || ((f & FUNCTION) === 0 && ends(s, word(s, j).end)));
}

/** Whether nothing follows place i on its line that belongs to the same phrase. */
export function ends(s: Scanner, i: number): boolean {
  if (i >= s.length) return true;
  const c = s.byte(i);
  if (c === SPACE) return i + 1 >= s.length || !s.is(i + 1, ALNUM);
  return c === 0x80 || "\n\r\t,.;!?)|\":<[".includes(String.fromCharCode(c));
}

/** Judges words k to last after a label. */
function announced(s: Scanner, k: number, last: number, hi: number, kind: number, count: number, known: boolean, stopped: number): number {
  const f = word(s, k);
  const end = word(s, last).end;
  if (count === 1 && (f.initial || ((f.flags & (CITY | STATE)) !== 0 && (f.flags & GIVEN) === 0))) return -1;
  if ((f.flags & COUNTRY) !== 0 && (f.flags & GIVEN) === 0 && startPhrase(s, f.start, hi, f.entry, COUNTRY) > 0) return -1;
  if (known) {
    const thing = (f.flags & GIVEN) === 0 || (f.flags & NOUN) !== 0 || (stopped & NOUN) !== 0;
    return (kind & LABEL_PERSON) === LABEL_BY && count === 1 && thing ? -1 : last;
  }
  if ((stopped & NOUN) !== 0 || labelsCode(s, end, hi)) return -1;
  if ((kind & LABEL_STRICT) !== 0) return last;
  if ((kind & LABEL_LOOSE) !== 0 && ((count > 1 && count <= 3) || ends(s, end))) return last;
  return last > k && word(s, last).initial && word(s, last).dotted ? last : -1;
}

/** Whether the words that end at end are a label themselves: a colon, a number or a placeholder follows. */
function labelsCode(s: Scanner, end: number, hi: number): boolean {
  let p = end;
  for (; p < hi && p - end < 3; p++) {
    const c = s.byte(p);
    if (c === 0x3a) return true;
    if (c !== SPACE && c !== DOT && c !== 0x23) break;
  }
  return p > end && p < hi && (s.is(p, DIGIT) || s.byte(p) === 0x5b);
}

/** Judges words k to last where nothing announced them: a given name, and what looks like a surname. */
function likely(s: Scanner, k: number, last: number, hi: number, stopped: number): number {
  const w = word(s, k);
  const strong = (w.flags & GIVEN) !== 0 && (w.flags & (GIVEN_WEAK | NOUN | FUNCTION)) === 0;
  if (last === k) return strong && owned(s, k, hi) ? k : -1;
  if (k > 0 && (word(s, k - 1).flags & (PARTICLE | DOTTED)) !== 0) return -1;
  let sure = false;
  let shaped = false;
  let unknown = false;
  for (let j = k + 1; j <= last; j++) {
    const x = word(s, j);
    if (x.small || (x.initial && !x.dotted && (x.flags & PARTICLE) !== 0)) continue;
    if (x.initial) sure = sure || (x.dotted && (j === last || strong));
    else if ((x.flags & SURNAME) !== 0 && (x.flags & (NOUN | FUNCTION)) === 0) sure = true;
    else if ((x.flags & SURNAME) !== 0) shaped = true;
    else if ((x.flags & (CITY | STREET | STREET_WEAK | STATE | UNIT)) !== 0) return -1;
    else if (surnameShaped(s, x)) shaped = true;
    else if (x.end - x.start >= SURNAME_MIN) unknown = true;
  }
  if (sure) return last;
  if (!strong || (!shaped && !unknown)) return -1;
  const thing = (stopped & NOUN) !== 0 || (k > 0 && (word(s, k - 1).flags & NOUN) !== 0) || thingAround(s, w.start, word(s, last).end, k, hi);
  return thing ? -1 : last;
}

/** Whether a word ends or begins as surnames do. */
function surnameShaped(s: Scanner, w: NameWord): boolean {
  const n = w.end - w.start;
  if (n < 5) return false;
  if (s.byte(w.start + 1) === QUOTE || s.hasPrefix(w.start, w.end, "Mc")) return true;
  for (let k = w.start; k < w.end; k++) if (s.byte(k) === DASH) return true;
  return SURNAME_ENDS.some((end) => n > end.length + 1 && sameWord(s, w.end - end.length, w.end, end));
}

/** Whether the words beside bytes start to end make it the name of a thing. */
function thingAround(s: Scanner, start: number, end: number, k: number, hi: number): boolean {
  if (end + 1 < hi && s.byte(end) === SPACE) {
    if (s.is(end + 1, DIGIT)) return true;
    const e = wordEnd(s, end + 1, hi);
    if (e > end + 1 && (flags(s, end + 1, e) & (NOUN | FUNCTION)) === NOUN) return true;
  }
  if (k > 0) return false;
  const a = wordBefore(s, start);
  const b = wordBeforeEnd;
  if (a === b || s.byte(b - 1) === QUOTE) return false;
  if (ARTICLES.has(s.lowered(a, b))) return true;
  return (flags(s, a, b) & NOUN) !== 0 && s.byte(a) >= 0x61;
}

/** Whether word k is a possessive before something that a shop keeps for a person: "Anna's cart". */
function owned(s: Scanner, k: number, hi: number): boolean {
  const e = word(s, k).end;
  if (!s.hasPrefix(e, hi, "'s ")) return false;
  const w = wordEnd(s, e + 3, hi);
  return w > e + 3 && (flags(s, e + 3, w) & OWNED) !== 0;
}

/** The end of ", Anna" after a surname that ends at end: the form of lists and labels. Without it, end. */
function commaGiven(s: Scanner, end: number, hi: number): number {
  if (!s.hasPrefix(end, hi, ", ")) return end;
  const e = wordEnd(s, end + 2, hi);
  if (e === end + 2 || !s.is(end + 2, UPPER)) return end;
  const f = flags(s, end + 2, e);
  return (f & GIVEN) === 0 || (f & (GIVEN_WEAK | NOUN | FUNCTION)) !== 0 || !ends(s, e) ? end : e;
}

/** Looks at a word of a script without capitals at i, which may greet a person: "Здравствуйте, Иван!". */
function greeting(s: Scanner, i: number, hi: number): number {
  if (s.inURL || (i > s.floor && s.is(i - 1, ALNUM))) return 0;
  hi = Math.min(hi, s.mailStart);
  let p = wordEnd(s, i, hi);
  if ((flags(s, i, p) & LABEL) === 0 || (labelEnding(s, p) & LABEL_LOOSE) === 0) return 0;
  const start = p;
  while (p < hi && p - start < 2 && (s.byte(p) === SPACE || s.byte(p) === COMMA)) p++;
  return p === start || p >= hi || s.is(p, UPPER) ? 0 : spoken(s, p, hi);
}

/** Finds a name in small letters after a greeting: "Hi anna,". */
function smallName(s: Scanner, n: number, hi: number): number {
  const w = word(s, n - 1);
  if ((w.flags & NAMED) === 0) return 0;
  let p = w.end;
  if (p < hi && s.byte(p) === COMMA) p++;
  if (p + 1 >= hi || s.byte(p) !== SPACE || !s.is(p + 1, LOWER)) return 0;
  const e = wordEnd(s, p + 1, hi);
  const f = flags(s, p + 1, e);
  if ((labelEnding(s, w.end) & LABEL_LOOSE) === 0 || (f & GIVEN) === 0 || (f & (FUNCTION | NOUN)) !== 0 || !ends(s, e)) return 0;
  return s.add(p + 1, e, "PERSON", "name.greeting");
}
