// Which words of a run are a name. The twin of internal/redact/namejudge.go.

import {
  backWord,
  BRAND,
  CITY,
  COUNTRY,
  DOTTED,
  flags,
  FUNCTION,
  GIVEN,
  GIVEN_WEAK,
  HONORIFIC,
  LABEL_BY,
  LABEL_LINE,
  LABEL_LOOSE,
  LABEL_PERSON,
  LABEL_PLACE,
  LABEL_STRICT,
  labelBegin,
  labelEnding,
  NOT_LABEL,
  NOUN,
  ORGANISATIONS,
  OWNED,
  PARTICLE,
  SAINTS,
  sameWord,
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
import { NameWord, lowered, word } from "./namerun";
import type { Scanner } from "./scanner";
import { ALNUM, DIGIT, LOWER, UPPER } from "./tables";

/** Words of one name. */
const NAME_WORDS = 5;
/** Letters of a surname that nobody listed. */
const SURNAME_MIN = 3;

const SPACE = 0x20;
const DOT = 0x2e;
const COLON = 0x3a;
const QUOTE = 0x27;
const DASH = 0x2d;

/** Words that make what follows a thing. */
const ARTICLES = new Set(["the", "a", "an", "our", "this", "these", "new", "der", "die", "das", "ein", "eine", "le", "la", "une", "el", "una", "il"]);

/** The last word of the name that begins at word k, judged by what announced it, or -1. */
export function extent(s: Scanner, k: number, n: number, hi: number, kind: number): number {
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
    const particle = w.small || (!w.caps && (f & (GIVEN | SURNAME)) === 0 && (j < n - 1 || (kind & LABEL_STRICT) === 0));
    if (j > k && (f & PARTICLE) !== 0 && !w.initial && particle) continue;
    if ((f & HONORIFIC) !== 0 && j === k && kind !== 0) {
      const end = extent(s, j + 1, n, hi, LABEL_LOOSE | LABEL_STRICT);
      return end > j ? end : -1;
    }
    if (j > k && w.dotted && (f & HONORIFIC) !== 0 && (j < n - 1 || last < k || !generation(s, w))) break;
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
  if (labelled && last >= k && word(s, j - 1).small) return true; // van den Broek
  if (labelled && last >= k && j + 1 < n && (f & (GIVEN | GIVEN_WEAK)) !== 0) {
    if ((word(s, j + 1).flags & (FUNCTION | NOUN)) === 0) return true; // Anna May Berg
  }
  const wordy = last === j - 1 && j === n - 1 && ((f & FUNCTION) === 0 || (kind & LABEL_STRICT) !== 0);
  const ordinary = labelled && wordy && (word(s, k).flags & (GIVEN | NOUN)) === GIVEN;
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
  if ((kind & LABEL_PLACE) !== 0 && town(s, k, last)) return -1;
  if (known) {
    const thing = (f.flags & GIVEN) === 0 || (f.flags & NOUN) !== 0 || (stopped & NOUN) !== 0;
    return (kind & LABEL_PERSON) === LABEL_BY && count === 1 && thing ? -1 : last;
  }
  if ((stopped & NOUN) !== 0 || labelsCode(s, end, hi) || (count === 1 && (kind & LABEL_LINE) !== 0) || isLabel(s, f.start, end)) return -1;
  if ((kind & LABEL_STRICT) !== 0) return last;
  if ((kind & LABEL_LOOSE) !== 0 && ((count > 1 && count <= 3) || ends(s, end))) return last;
  return last > k && word(s, last).initial && word(s, last).dotted ? last : -1;
}

/**
 * Whether word k, the first of those up to last after a label of a place, is a town and no name: "From: London Heathrow", but
 * not "From: Paris Anderson".
 */
function town(s: Scanner, k: number, last: number): boolean {
  const f = word(s, k);
  if ((f.flags & GIVEN) !== 0 || (last > k && ((f.flags | word(s, last).flags) & SURNAME) !== 0)) return false;
  return TOWNS.has(lowered(s, f));
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
    else if (j < last && strong && (x.flags & (GIVEN | GIVEN_WEAK | NOUN | FUNCTION)) === GIVEN) continue; // Anna Maria
    else if ((x.flags & (CITY | STREET | STREET_WEAK | STATE | UNIT)) !== 0) return -1;
    else if (surnameShaped(s, x)) shaped = true;
    else if (x.end - x.start >= SURNAME_MIN) {
      unknown++;
      tail = (x.flags & (GIVEN | GIVEN_WEAK)) === 0;
    }
  }
  if ((!sure && (!strong || (!shaped && unknown !== 1))) || (tail && sure && !strong)) return -1;
  if ((stopped & NOUN) !== 0 || (k > 0 && before(s, k, sure && strong)) || describes(s, w.start)) return -1;
  const end = word(s, last).end;
  return ((!sure || !strong) && thingAround(s, w.start, end, k, hi)) || edition(s, end, hi) ? -1 : last;
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

/** Whether a word of products follows place i in brackets, as it does the name of a work: "(Remastered)". */
function edition(s: Scanner, i: number, hi: number): boolean {
  if (!s.hasPrefix(i, hi, " (")) return false;
  const e = wordEnd(s, i + 2, hi);
  return e > i + 2 && (flags(s, i + 2, e) & (NOUN | FUNCTION)) === NOUN;
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
export function lineStart(s: Scanner, i: number): boolean {
  return i === 0 || (i > s.floor && s.byte(i - 1) === 0x0a);
}

/**
 * The end of ", Anna" after a surname that ends at end: the form of lists and labels. Without it, end. After a label any given
 * name counts, without one only those that are no other word; after a surname that stands alone there, any word does that is no
 * other.
 */
export function commaGiven(s: Scanner, end: number, hi: number, labelled: boolean, alone: boolean): number {
  if (!s.hasPrefix(end, hi, ", ")) return end;
  let e = wordEnd(s, end + 2, hi);
  if (e === end + 2 || !s.is(end + 2, UPPER)) return end;
  const f = flags(s, end + 2, e);
  let sure = (f & (GIVEN | GIVEN_WEAK)) === GIVEN || (labelled && (f & (GIVEN | GIVEN_WEAK)) !== 0);
  if (alone && (f & (BRAND | CITY | STATE | COUNTRY | STREET)) === 0) {
    e = givenEnd(s, e, hi);
    sure = true;
  }
  return !sure || (f & (NOUN | FUNCTION)) !== 0 || !ends(s, e) ? end : e;
}

/** The end of the second given name that may follow the one that ends at e: "Tăng, Nguyệt Cát". */
function givenEnd(s: Scanner, e: number, hi: number): number {
  if (e + 1 >= hi || s.byte(e) !== SPACE || !s.is(e + 1, UPPER)) return e;
  const second = wordEnd(s, e + 1, hi);
  return (flags(s, e + 1, second) & (NOUN | FUNCTION | CITY)) === 0 ? second : e;
}

/** Whether a word says which of a family's bearers of a name it is: "Sr.". */
export function generation(s: Scanner, w: NameWord): boolean {
  return sameWord(s, w.start, w.end, "sr") || sameWord(s, w.start, w.end, "jr");
}
