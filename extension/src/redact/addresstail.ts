// What follows a street: unit, postcode, city, state, country. The twin of internal/redact/addresstail.go.

import {
  CITY,
  COUNTRY,
  DIRECTION,
  entry,
  entryFlags,
  flags,
  FUNCTION,
  GIVEN,
  NOT_STREET,
  NOUN,
  PLACE,
  startPhrase,
  SURNAME,
  UNIT,
  wordEnd,
} from "./lexicon";
import { ends } from "./name";
import { digitCount, postcode, stateAndCode } from "./postcode";
import type { Scanner } from "./scanner";
import { ALNUM, DIGIT, LETTER, LOWER, OTHER, UPPER } from "./tables";

/** Pieces after the street: unit, postcode, city, country. */
const TAIL_ROUNDS = 8;
const CITY_WORDS = 4;
/** Signs between two pieces. */
const JOIN_MAX = 4;

const SPACE = 0x20;
const COMMA = 0x2c;
const DOT = 0x2e;
const DASH = 0x2d;
const QUOTE = 0x27;
const HASH = 0x23;
const LINE = 0x0a;

/** Whether addressTail saw a postcode or a unit, which make the street sure. */
export let tailSure = false;

/** Where the pieces end that follow a street: unit, postcode, city, state, country, over commas and lines. */
export function addressTail(s: Scanner, end: number, hi: number): number {
  let sure = false;
  let city = false;
  for (let round = 0; round < TAIL_ROUNDS; round++) {
    const q = skipJoint(s, end, hi);
    const joint = wasJoint;
    if (q >= hi || q === end) break;
    let e = unit(s, q, hi);
    if (e > 0) {
      end = e;
      sure = true;
      continue;
    }
    e = postcode(s, q, hi);
    if (e > 0) {
      end = cityAfter(s, e, hi);
      sure = city = true;
      continue;
    }
    e = cityThenCode(s, q, hi, joint);
    if (e > 0) {
      end = e;
      sure = city = true;
      continue;
    }
    e = country(s, q, hi);
    if (e > 0 && joint) {
      end = e;
      continue;
    }
    e = cityAt(s, q, hi, false);
    if (joint && !city && e > 0 && ends(s, e) && s.byte(end) === COMMA) {
      end = e;
      city = true;
      continue;
    }
    break;
  }
  tailSure = sure;
  return end;
}

/** Whether what skipJoint skipped last is more than a blank. */
let wasJoint = false;

/** Skips what stands between two pieces. */
function skipJoint(s: Scanner, p: number, hi: number): number {
  const start = p;
  wasJoint = false;
  for (; p < hi && p - start < JOIN_MAX; p++) {
    const c = s.byte(p);
    if (c === SPACE) continue;
    if (c !== 0x80 && !",\n\r\t-|(.".includes(String.fromCharCode(c))) break;
    wasJoint = true;
  }
  return p;
}

/** Reads "Apt 4B", "#5", "Suite 200", "2. OG" and returns its end, or 0. */
export function unit(s: Scanner, p: number, hi: number): number {
  let q = p;
  if (s.byte(q) === HASH) {
    q++;
  } else {
    const e = wordEnd(s, q, hi);
    if (e === q || (flags(s, q, e) & UNIT) === 0) return stair(s, p, hi);
    q = e;
    if (q < hi && (s.byte(q) === DOT || s.byte(q) === 0x3a)) q++;
    if (q < hi && s.byte(q) === SPACE) q++;
    if (q < hi && s.byte(q) === HASH) q++;
  }
  const from = q;
  let digit = false;
  while (q < hi && q - from < 6) {
    const dash = s.byte(q) === DASH && q > from && q + 1 < hi && s.is(q + 1, DIGIT);
    if (!dash && !s.is(q, UPPER | DIGIT) && !(s.is(q, LOWER) && q === from + 1)) break;
    digit = digit || s.is(q, DIGIT);
    q++;
  }
  return q === from || (q < hi && s.is(q, ALNUM)) || (!digit && q - from > 1) ? 0 : q;
}

/** Reads "B 4", "2º B" and "2. tv": stairs, floors and doors. */
function stair(s: Scanner, p: number, hi: number): number {
  if (s.is(p, UPPER) && p + 2 < hi && s.byte(p + 1) === SPACE && s.is(p + 2, DIGIT)) {
    const end = p + 2 + digitCount(s, p + 2, hi);
    return end - p <= 5 && (end >= hi || !s.is(end, ALNUM)) ? end : 0;
  }
  const n = digitCount(s, p, hi);
  let q = p + n;
  if (n === 0 || n > 2 || q + 1 >= hi || !".oa".includes(String.fromCharCode(s.byte(q)))) return 0;
  q++;
  if (s.byte(q) === SPACE) q++;
  let e = q;
  while (e < hi && s.is(e, UPPER | LOWER)) e++;
  return e === q || e - q > 2 || (e < hi && s.is(e, ALNUM)) ? 0 : e;
}

/**
 * Reads the name of a city at p, by its form alone, and returns its end, or 0. Where lenient, what follows decides, and
 * the name may be an ordinary word ("Reading RG1 4AB").
 */
export function cityAt(s: Scanner, p: number, hi: number, lenient: boolean): number {
  let end = 0;
  for (let words = 0; words < CITY_WORDS && p < hi; words++) {
    let e = p;
    while (e < hi && (s.is(e, LETTER) || ((s.byte(e) === DASH || s.byte(e) === QUOTE) && e + 1 < hi && e > p && s.is(e + 1, LETTER)))) e++;
    if (e === p || (e < hi && s.is(e, DIGIT))) break;
    const f = flags(s, p, wordEnd(s, p, hi));
    if (s.is(p, UPPER | OTHER)) {
      const plain = !lenient && (f & FUNCTION) !== 0 && (f & (PLACE | CITY)) === 0;
      const thing = !lenient && (f & NOUN) !== 0 && words === 0 && (f & (DIRECTION | GIVEN | SURNAME | CITY)) === 0;
      if (plain || thing || (e - p < 2 && words === 0)) return end;
      end = e;
    } else if (words === 0 || (f & PLACE) === 0) {
      return end;
    }
    if (e < hi && s.byte(e) === DOT && (f & PLACE) !== 0) e++;
    if (e + 1 >= hi || s.byte(e) !== SPACE) break;
    p = e + 1;
  }
  return end;
}

/** Where the city ends that follows a postcode which ends at e. */
function cityAfter(s: Scanner, e: number, hi: number): number {
  const q = skipJoint(s, e, hi);
  if (q === e || q >= hi || s.byte(q - 1) === DOT || s.byte(q - 1) === DASH) return e;
  if (s.byte(e) === LINE && country(s, q, hi) === 0) return e;
  const c = cityAt(s, q, hi, false);
  return c > 0 && s.byte(e) !== COMMA ? c : e;
}

/** Whether a comma or a line end, a postcode and a city follow place p. */
export function cityFollows(s: Scanner, p: number, hi: number): boolean {
  const q = skipJoint(s, p, hi);
  if (!wasJoint || q >= hi) return false;
  const code = postcode(s, q, hi);
  if (code === 0 || code + 1 >= hi || s.byte(code) !== SPACE) return false;
  const city = cityAt(s, code + 1, hi, false);
  return city > code + 1 && (flags(s, code + 1, wordEnd(s, code + 1, hi)) & (FUNCTION | NOUN | NOT_STREET)) === 0;
}

/** Reads "Springfield, IL 62704", "London SW1A 1AA", "Sydney NSW 2000", "Madrid 28013". */
function cityThenCode(s: Scanner, p: number, hi: number, joint: boolean): number {
  const c = cityAt(s, p, hi, joint);
  if (c === 0) return stateAndCode(s, p, hi);
  // The words may end with the state, or the code's letters stand apart.
  const q = skipJoint(s, c, hi);
  let e = stateAndCode(s, q, hi);
  if (e > 0) return e;
  e = postcode(s, q, hi);
  if (e > 0 && q > c) return e;
  for (let k = c; k > p; k--) {
    if (s.byte(k - 1) !== SPACE) continue;
    e = stateAndCode(s, k, hi);
    if (e > 0) return e;
  }
  return joint ? provinceAfter(s, c, hi) : 0;
}

/** Reads "(RM)" after a city that ends at c. */
function provinceAfter(s: Scanner, c: number, hi: number): number {
  return s.hasPrefix(c, hi, " (") && c + 4 < hi && s.is(c + 2, UPPER) && s.is(c + 3, UPPER) && s.byte(c + 4) === 0x29 ? c + 5 : 0;
}

function country(s: Scanner, p: number, hi: number): number {
  const e = wordEnd(s, p, hi);
  if (e === p || !s.is(p, UPPER)) return 0;
  const n = entry(s, p, e);
  return (entryFlags(n) & COUNTRY) === 0 ? 0 : startPhrase(s, p, hi, n, COUNTRY);
}
