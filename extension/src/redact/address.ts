// Postal addresses by their form: a house number before or after its street, a box, a postcode beside its city. The twin
// of internal/redact/address.go.

import { addressTail, tailSure, unit } from "./addresstail";
import {
  backWord,
  DIRECTION,
  flags,
  FUNCTION,
  GIVEN,
  LABEL_ADDRESS,
  LABEL_LOOSE,
  labelEnding,
  NOT_STREET,
  NOUN,
  PLACE,
  sameWord,
  STREET,
  STREET_WEAK,
  SURNAME,
  UNIT,
  wordEnd,
} from "./lexicon";
import { ends } from "./name";
import { LABEL_GAP } from "./namelabel";
import { groupEnd, groupLen, groupSep, groupStart } from "./number";
import { postcodeAlone } from "./postcode";
import type { Scanner } from "./scanner";
import { prefixedStreet, streetBefore } from "./street";
import { ALNUM, DIGIT, LETTER, LOWER, SEP_LINE, SEP_SPACE, UPPER } from "./tables";

/** Of a house number. */
export const HOUSE_DIGITS = 5;
/** Of a street's name. */
export const STREET_WORDS = 5;
/** Digit groups of one cluster that are tried. */
const ADDRESS_GROUPS = 4;
/** What may follow a French or Italian house number. */
const HOUSE_SUFFIXES = [" bis", " ter", " bis,", " a,", " b,", " c,"];
/** What a house number or its street may go on with, but for a letter. */
const HOUSE_FOLLOWS = new Uint8Array(256);
for (const c of " ,-/") HOUSE_FOLLOWS[c.charCodeAt(0)] = 1;

const SPACE = 0x20;
const COMMA = 0x2c;
const DOT = 0x2e;
const DASH = 0x2d;
const SLASH = 0x2f;
const QUOTE = 0x27;

/** Looks whether one of the groups of digits is a part of a postal address, and returns the end of the span, or 0. */
export function address(s: Scanner, count: number, hi: number): number {
  if (s.inURL) return 0;
  hi = Math.min(hi, s.mailStart);
  for (let g = 0; g < Math.min(count, ADDRESS_GROUPS); g++) {
    if (g > 0 && (groupSep(s, g) & (SEP_SPACE | SEP_LINE)) === 0) continue;
    const start = groupStart(s, g);
    const digits = groupEnd(s, g);
    let end = 0;
    if (groupLen(s, g) <= HOUSE_DIGITS) end = streetBefore(s, start, digits, hi) || streetAfter(s, start, digits, hi);
    end ||= postcodeAlone(s, start, digits, hi);
    if (end > 0) return end;
  }
  return 0;
}

/** What does not stand before a house number. */
const NOT_BEFORE_NUMBER = new Uint8Array(256);
for (const c of ".$-/#_=%+*@~\x80") NOT_BEFORE_NUMBER[c.charCodeAt(0)] = 1;

/** Whether the byte at start may begin a house number. */
export function numberOpens(s: Scanner, start: number): boolean {
  if (start <= s.floor) return true;
  const c = s.byte(start - 1);
  if (c === COMMA) return start - 2 < s.floor || !s.is(start - 2, DIGIT);
  return NOT_BEFORE_NUMBER[c] === 0 && !s.is(start - 1, ALNUM);
}

/** The end of a house number whose digits end at p: "221B", "12-14", "12/3", "12 bis". */
export function houseEnd(s: Scanner, p: number, hi: number): number {
  if (p < hi && s.is(p, UPPER | LOWER) && (p + 1 >= hi || !s.is(p + 1, ALNUM))) return p + 1;
  if (p + 1 < hi && (s.byte(p) === DASH || s.byte(p) === SLASH) && s.is(p + 1, ALNUM)) {
    let q = p + 1;
    while (q < hi && q - p <= 5 && s.is(q, ALNUM)) q++;
    if (q >= hi || !s.is(q, ALNUM)) return q;
  }
  if (p + 2 >= hi || s.byte(p) !== SPACE) return p;
  const second = s.byte(p + 2); // of " bis", " ter", " a,"
  if (second !== 0x69 && second !== 0x65 && second !== COMMA) return p;
  for (const x of HOUSE_SUFFIXES) {
    const n = x.length;
    if (s.hasPrefix(p, hi, x) && (p + n >= hi || !s.is(p + n, ALNUM))) return p + n - (x.endsWith(",") ? 1 : 0);
  }
  return p;
}

/** What a word says that stands in a street's name, or ends it. */
const STREET_SAYS = STREET | STREET_WEAK | NOT_STREET | DIRECTION | FUNCTION;

/** Finds "12 Willow Lane" and "12 rue de la Paix". */
function streetAfter(s: Scanner, start: number, digits: number, hi: number): number {
  if (digits + 1 >= hi || !(s.is(digits, LETTER) || HOUSE_FOLLOWS[s.byte(digits)] === 1) || !numberOpens(s, start)) return 0;
  if (s.byte(digits) === SPACE && !s.is(digits + 1, ALNUM)) return 0;
  let p = houseEnd(s, digits, hi);
  if (p < hi && s.byte(p) === COMMA) p++;
  if (p + 1 >= hi || s.byte(p) !== SPACE || !s.is(p + 1, ALNUM)) return 0;
  p++;
  const prefixed = prefixedStreet(s, p, hi);
  if (prefixed > 0) return finishAddress(s, unitBefore(s, start), prefixed, hi, "address.street");
  let capital = false;
  let name = false;
  for (let words = 0; words <= STREET_WORDS && p < hi; words++) {
    const from = p;
    while (p < hi && (s.is(p, ALNUM) || ((s.byte(p) === QUOTE || s.byte(p) === DASH) && p + 1 < hi && s.is(p + 1, ALNUM)))) p++;
    if (p === from) return 0;
    const letters = s.is(from, LETTER);
    // Of what begins with digits only ordinals such as "5th" are a part of a street's name.
    if (!letters && (p - from < 3 || !s.is(p - 1, LOWER) || !s.is(p - 2, LOWER) || !s.is(p - 3, DIGIT))) return 0;
    const f = letters && may(s, from, p, STREET_SAYS) ? flags(s, from, p) : 0;
    if (p < hi && s.byte(p) === DOT && letters && p - from <= 4) p++;
    if (words > 0 && name && (f & (STREET | STREET_WEAK)) !== 0) {
      const end = streetEnd(s, start, from, p, hi, f, capital);
      if (end > 0) return end;
    }
    if ((f & NOT_STREET) !== 0 && (f & DIRECTION) === 0) return 0;
    const plain = letters && (f & FUNCTION) !== 0 && (f & (PLACE | DIRECTION | GIVEN | SURNAME)) === 0;
    if (plain && words === 0 && !s.is(from, UPPER)) return 0;
    if (!letters || s.is(from, UPPER)) capital = true;
    if (words === 0 && s.is(from, UPPER) && sameWord(s, from, p, "broadway") && ends(s, p)) {
      return finishAddress(s, start, p, hi, "address.street");
    }
    name = name || (f & DIRECTION) === 0 || !letters;
    if (p + 1 >= hi || s.byte(p) !== SPACE) return 0;
    p++;
  }
  return 0;
}

/** Decides about an English form whose street word is at from to p. */
function streetEnd(s: Scanner, start: number, from: number, p: number, hi: number, f: number, capital: boolean): number {
  const weak = (f & STREET_WEAK) !== 0;
  let end = p;
  if (p + 1 < hi && s.byte(p) === SPACE) {
    const e = wordEnd(s, p + 1, hi);
    const g = e > p + 1 ? flags(s, p + 1, e) : 0;
    // "Park Avenue", "Court Street": the last street word counts.
    if ((g & (STREET | STREET_WEAK)) !== 0 && s.is(p + 1, UPPER) === s.is(from, UPPER) && unit(s, p + 1, hi) === 0) return 0;
    if ((g & DIRECTION) !== 0 && s.is(p + 1, UPPER)) end = e < hi && s.byte(e) === DOT ? e + 1 : e;
  }
  const tail = addressTail(s, end, hi);
  if (tailSure) return s.add(unitBefore(s, start), tail, "ADDRESS", "address.street");
  if (!capital) return labelledAddress(s, start) ? s.add(unitBefore(s, start), tail, "ADDRESS", "address.street") : 0;
  if (weak && tail === end && !ends(s, end)) return 0;
  if (!s.is(from, UPPER) && weak) return 0;
  if (tail === end && end + 1 < hi && s.byte(end) === SPACE) {
    const e = wordEnd(s, end + 1, hi);
    if (e > end + 1 && (flags(s, end + 1, e) & NOUN) !== 0) return 0; // 100 Best Street Style
  }
  return s.add(unitBefore(s, start), tail, "ADDRESS", "address.street");
}

/** Whether the word before start speaks of an address. */
function labelledAddress(s: Scanner, start: number): boolean {
  let p = start;
  while (p > s.floor && start - p < LABEL_GAP && !s.is(p - 1, ALNUM)) p--;
  if (p === s.floor) return false;
  if ((labelEnding(s, p) & (LABEL_ADDRESS | LABEL_LOOSE)) !== 0) return true;
  return ["at", "to", "in"].includes(s.lowered(backWord(s, p), p));
}

/** Where "Flat 2, " before a house number begins, or start. */
function unitBefore(s: Scanner, start: number): number {
  let p = start;
  while (p > s.floor && start - p < 2 && (s.byte(p - 1) === SPACE || s.byte(p - 1) === COMMA || s.byte(p - 1) === 0x0a)) p--;
  let q = p;
  while (q > s.floor && p - q < 5 && s.is(q - 1, UPPER | DIGIT)) q--;
  if (start === p || s.byte(p) === SPACE || q === p || q - 1 <= s.floor || s.byte(q - 1) !== SPACE) return start;
  const w = backWord(s, q - 1);
  return w < q - 1 && (flags(s, w, q - 1) & UNIT) !== 0 ? w : start;
}

export function finishAddress(s: Scanner, start: number, end: number, hi: number, rule: string): number {
  return s.add(start, addressTail(s, end, hi), "ADDRESS", rule);
}
