// Names of persons: by label, by honorific, by a known given name and what looks like a surname. The twin of
// internal/redact/name.go.

import {
  backWord,
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
  LABEL_ADDRESS,
  LABEL_BY,
  LABEL_LINE,
  LABEL_LOOSE,
  LABEL_PERSON,
  LABEL_PLACE,
  LABEL_STRICT,
  labelBegin,
  labelEnding,
  may,
  NAMED,
  NOT_LABEL,
  NOUN,
  ORGANISATIONS,
  OWNED,
  PARTICLE,
  SAINTS,
  sameWord,
  SESSION,
  startPhrase,
  STATE,
  STREET,
  STREET_WEAK,
  SURNAME,
  SURNAME_ENDS,
  TITLE_WORDS,
  TOWNS,
  UNIT,
  wordBefore,
  wordBeforeEnd,
  wordEnd,
} from "./lexicon";
import { streetAhead } from "./street";
import { labelFor, session, spoken } from "./namelabel";
import { HONOR_AFTER, honored } from "./namehonored";
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
const COLON = 0x3a;
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
  /** Of two parts: Anne-Marie. */
  joint = false;
}

function word(s: Scanner, k: number): NameWord {
  return s.run[k] as NameWord;
}

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

/**
 * Reads the run of capital words that begins at i: words apart by one space, initials and titles with a dot, particles in
 * small letters between them.
 */
function readRun(s: Scanner, i: number, hi: number): number {
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

/**
 * The flags of a word of two parts: those of the first, unless that is an ordinary word and the last a given name, as in
 * Maj-Britt; and whether it ends a label, as "G'day" does.
 */
function jointFlags(s: Scanner, w: NameWord): number {
  const last = flags(s, backWord(s, w.end), w.end);
  if ((w.flags & (FUNCTION | NOUN)) !== 0 && (last & GIVEN) !== 0) return last;
  return w.flags | (last & LABEL);
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
  if ((w.flags & DOTTED) !== 0) return w.dotted && !SAINTS.has(s.lowered(w.start, w.end)) && (next.flags & NOUN) === 0 && k === 0 && !sizeBefore(s, w.start);
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
    if (j > k && w.dotted && (f & HONORIFIC) !== 0) break;
    if ((f & (FUNCTION | NOUN)) !== 0 && !w.initial && !surnameToo(s, j, k, n, last, kind)) {
      stopped = f;
      break;
    }
    if (w.initial && j === k && !w.dotted && kind === 0) return -1;
    if (!w.initial) known = known || (f & (GIVEN | GIVEN_WEAK | SURNAME)) !== 0;
    count++;
    last = j;
  }
  if (last < 0 || organisation(s, k, last, n, hi) || (k === 0 && kind !== 0 && SAINTS.has(lowered(s, word(s, k))))) return -1;
  if (kind === 0 && last + 1 < n && TITLE_WORDS.has(lowered(s, word(s, last + 1)))) return -1;
  return kind === 0 ? likely(s, k, last, hi, stopped) : announced(s, k, last, hi, kind, count, known, stopped);
}

/** Whether word j, which is also an ordinary word, is a part of the name that begins at k. */
function surnameToo(s: Scanner, j: number, k: number, n: number, last: number, kind: number): boolean {
  const f = word(s, j).flags;
  const labelled = (kind & (LABEL_LOOSE | LABEL_STRICT)) !== 0;
  if (j === k && labelled && (f & (GIVEN | GIVEN_WEAK)) !== 0 && j + 1 < n && (word(s, j + 1).flags & (FUNCTION | NOUN)) === 0) return true;
  if (j === k) return ((f & FUNCTION) === 0 && (f & (GIVEN | GIVEN_WEAK)) !== 0) || (labelled && (f & SURNAME) !== 0);
  const ordinary = labelled && j === k + 1 && j === n - 1 && (f & FUNCTION) === 0 && (word(s, k).flags & (GIVEN | NOUN)) === GIVEN;
  if (ordinary && ends(s, word(s, j).end)) return true;
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
  if (count === 1 && (kind & LABEL_PLACE) !== 0 && (f.flags & GIVEN) === 0 && TOWNS.has(s.lowered(f.start, end))) return -1;
  if (known) {
    const thing = (f.flags & GIVEN) === 0 || (f.flags & NOUN) !== 0 || (stopped & NOUN) !== 0;
    return (kind & LABEL_PERSON) === LABEL_BY && count === 1 && thing ? -1 : last;
  }
  if ((stopped & NOUN) !== 0 || labelsCode(s, end, hi) || (count === 1 && (kind & LABEL_LINE) !== 0) || isLabel(s, f.start, end)) return -1;
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
  if (last === k) return strong && (owned(s, k, hi) || addressed(s, k, hi)) ? k : -1;
  if (k > 0 && (word(s, k - 1).flags & (PARTICLE | DOTTED)) !== 0) return -1;
  let sure = false;
  let shaped = false;
  let unknown = 0;
  let tail = false;
  for (let j = k + 1; j <= last; j++) {
    const x = word(s, j);
    tail = false;
    if (x.small || (x.initial && !x.dotted && (x.flags & PARTICLE) !== 0)) continue;
    if (x.initial) sure = sure || (x.dotted && (j === last || strong));
    else if ((x.flags & SURNAME) !== 0 && (x.flags & (NOUN | FUNCTION)) === 0) sure = true;
    else if ((x.flags & SURNAME) !== 0) shaped = true;
    else if ((x.flags & (CITY | STREET | STREET_WEAK | STATE | UNIT)) !== 0) return -1;
    else if (surnameShaped(s, x)) shaped = true;
    else if (x.end - x.start >= SURNAME_MIN) {
      unknown++;
      tail = (x.flags & (GIVEN | GIVEN_WEAK)) === 0;
    }
  }
  if ((!sure && (!strong || (!shaped && unknown !== 1))) || (tail && sure && !strong)) return -1;
  if ((stopped & NOUN) !== 0 || (k > 0 && before(s, k, sure && strong)) || describes(s, w.start)) return -1;
  return (!sure || !strong) && thingAround(s, w.start, word(s, last).end, k, hi) ? -1 : last;
}

/**
 * Whether the capital word before word k makes it a part of the name of a thing; an unknown word does not where the name is
 * a sure one.
 */
function before(s: Scanner, k: number, sure: boolean): boolean {
  const w = word(s, k - 1);
  if ((w.flags & (NOUN | FUNCTION)) === NOUN || SAINTS.has(lowered(s, w))) return true;
  return !sure && k === 1 && w.flags === 0 && !w.initial && !w.joint;
}

/** Whether the label of a thing stands before place i: "Color: ". */
function describes(s: Scanner, i: number): boolean {
  if (i - 2 <= s.floor || s.byte(i - 1) !== SPACE || s.byte(i - 2) !== COLON) return false;
  const w = backWord(s, i - 2);
  return w < i - 2 && (flags(s, w, i - 2) & NOT_LABEL) !== 0;
}

/** Whether bytes start to end are a label themselves, as in a form that nobody filled in. */
export function isLabel(s: Scanner, start: number, end: number): boolean {
  return labelEnding(s, end) !== 0 && labelBegin === start;
}

/** Whether words k to last, with what follows them, name a company or an institute: "Acme Supplies GmbH". */
function organisation(s: Scanner, k: number, last: number, n: number, hi: number): boolean {
  for (let j = k + 1; j < n; j++) {
    const w = word(s, j);
    if (!w.small && ORGANISATIONS.has(lowered(s, w))) return true;
  }
  let p = word(s, last).end;
  if (last < n - 1 || p + 2 >= hi) return false;
  if (s.hasPrefix(p, hi, ", ")) p += 2;
  else if (s.hasPrefix(p, hi, " & ")) p += 3;
  else return false;
  const e = wordEnd(s, p, hi);
  return e > p && ORGANISATIONS.has(s.lowered(p, e));
}

function lowered(s: Scanner, w: NameWord): string {
  return s.lowered(w.start, w.end);
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

/** Whether word k begins a line and a sentence to or of a person follows: "Anna, you left". */
function addressed(s: Scanner, k: number, hi: number): boolean {
  const w = word(s, k);
  const e = w.end;
  if (!lineStart(s, w.start) || e + 2 >= hi || (!s.hasPrefix(e, hi, ", ") && !s.hasPrefix(e, hi, ": ")) || !s.is(e + 2, LOWER)) return false;
  return (flags(s, e + 2, wordEnd(s, e + 2, hi)) & FUNCTION) !== 0;
}

/** Whether a line begins at i. */
function lineStart(s: Scanner, i: number): boolean {
  return i === 0 || (i > s.floor && s.byte(i - 1) === 0x0a);
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
