// Postal addresses by their form: a house number before or after its street, a box, a postcode beside its city. The twin
// of internal/redact/address.go.

import { headBefore } from "./addresshead";
import { labelledAddress, labelledBlock, labelledHere } from "./addresslabel";
import { district, houseSign, unit, unitID } from "./addresspart";
import {
  addressTail,
  cityAt,
  cityFollows,
  codeStart,
  namePiece,
  skipJoint,
  TAIL_CODE,
  TAIL_NAMES,
  tailProof,
  wasJoint,
} from "./addresstail";
import {
  backWord,
  DIRECTION,
  flags,
  FUNCTION,
  GIVEN,
  may,
  NOT_STREET,
  NOUN,
  part,
  PART_HOUSE,
  PART_UNIT,
  PLACE,
  sameWord,
  STREET,
  STREET_WEAK,
  SURNAME,
  wordEnd,
} from "./lexicon";
import { mayLead } from "./lead";
import { ends } from "./namejudge";
import { groupEnd, groupLen, groupSep, groupStart } from "./number";
import { digitCount, postcodeAlone } from "./postcode";
import type { Scanner } from "./scanner";
import { prefixedStreet, streetBefore } from "./street";
import { ALNUM, DIGIT, LETTER, LOWER, OTHER, SEP_LINE, SEP_SPACE, UPPER } from "./tables";
import { mayBeUnspaced, unspacedAddress } from "./unspaced";

/** Of a house number. */
export const HOUSE_DIGITS = 5;
/** Of a street's name. */
export const STREET_WORDS = 5;
/** Digit groups of one cluster that are tried. */
const ADDRESS_GROUPS = 4;
/** Parts of a house number after its first, as in "57/1/17". */
const HOUSE_PARTS = 3;
/** Of an Indian postcode. */
export const INDIAN_CODE = 6;
/** What a house number or its street may go on with, but for a letter. */
const HOUSE_FOLLOWS = new Uint8Array(256);
for (const c of " ,-/") HOUSE_FOLLOWS[c.charCodeAt(0)] = 1;

const SPACE = 0x20;
const COMMA = 0x2c;
const DOT = 0x2e;
const DASH = 0x2d;
const SLASH = 0x2f;
const QUOTE = 0x27;
const HASH = 0x23;
const LINE = 0x0a;

/** Looks whether one of the groups of digits is a part of a postal address, and returns the end of the span, or 0. */
export function address(s: Scanner, count: number, hi: number): number {
  if (s.inURL) return 0;
  hi = Math.min(hi, s.mailStart);
  for (let g = 0; g < Math.min(count, ADDRESS_GROUPS); g++) {
    const start = groupStart(s, g);
    const digits = groupEnd(s, g);
    let end = mayBeUnspaced(s, start, digits) ? unspacedAddress(s, start, digits, hi) : 0;
    if (end > 0) return end;
    if (g > 0 && (groupSep(s, g) & (SEP_SPACE | SEP_LINE)) === 0) continue;
    end = labelledBlock(s, start, digits, hi);
    if (end === 0 && groupLen(s, g) <= HOUSE_DIGITS) {
      const leads = mayLead(s, start);
      if (leads) end = streetBefore(s, start, digits, hi);
      end ||= streetAfter(s, start, digits, hi);
      if (leads) end ||= unitFirst(s, start, hi);
    }
    end ||= postcodeAlone(s, start, digits, hi);
    if (end > 0) return end;
  }
  return 0;
}

/** What does not stand before a house number. */
const NOT_BEFORE_NUMBER = new Uint8Array(256);
for (const c of "$-/_=%+*@~\x80") NOT_BEFORE_NUMBER[c.charCodeAt(0)] = 1;

/** Whether the byte at start may begin a house number. */
export function numberOpens(s: Scanner, start: number): boolean {
  if (start <= s.floor) return true;
  const c = s.byte(start - 1);
  if (c === HASH) return numberSigned(s, start);
  if (c === DOT) return houseSign(s, start) < start;
  if (c === COMMA) return start - 2 < s.floor || !s.is(start - 2, DIGIT);
  return NOT_BEFORE_NUMBER[c] === 0 && !s.is(start - 1, ALNUM);
}

/** Whether the number after a "#" at start is one of a house: "#12, Park Street". */
function numberSigned(s: Scanner, start: number): boolean {
  const n = digitCount(s, start, s.length);
  return start + n < s.length && s.byte(start + n) === COMMA;
}

/** The end of a house number whose digits end at p: "221B", "12-14", "12/3/17", "12 bis", "12 B". */
export function houseEnd(s: Scanner, p: number, hi: number): number {
  if (p < hi && s.is(p, UPPER | LOWER) && (p + 1 >= hi || !s.is(p + 1, ALNUM))) p++;
  else if ((s.hasPrefix(p, hi, "bis") || s.hasPrefix(p, hi, "ter")) && wordEnd(s, p, hi) === p + 3) return p + 3; // 6bis
  for (let n = 0; n < HOUSE_PARTS; n++) {
    if (p + 1 >= hi || (s.byte(p) !== DASH && s.byte(p) !== SLASH) || !s.is(p + 1, ALNUM)) break;
    let q = p + 1;
    while (q < hi && q - p <= HOUSE_DIGITS && s.is(q, ALNUM)) q++;
    if (q < hi && s.is(q, ALNUM)) break;
    p = q;
  }
  if (p + 1 >= hi || s.byte(p) !== SPACE || !s.is(p + 1, UPPER | LOWER)) return p;
  if (s.hasPrefix(p, hi, " bis") || s.hasPrefix(p, hi, " ter")) return p + 4 >= hi || !s.is(p + 4, ALNUM) ? p + 4 : p;
  return ends(s, p + 2) && (p + 2 >= hi || (s.byte(p + 2) !== 0x3a && s.byte(p + 2) !== DOT)) ? p + 2 : p;
}

/** What a word says that stands in a street's name, or ends it. */
const STREET_SAYS = STREET | STREET_WEAK | NOT_STREET | DIRECTION | FUNCTION;

/** Finds "12 Willow Lane" and "12 rue de la Paix". */
function streetAfter(s: Scanner, start: number, digits: number, hi: number): number {
  if (digits + 1 >= hi || !(s.is(digits, LETTER) || HOUSE_FOLLOWS[s.byte(digits)] === 1) || !numberOpens(s, start)) return 0;
  if (s.byte(digits) === SPACE && !s.is(digits + 1, ALNUM)) return 0;
  const house = houseEnd(s, digits, hi);
  let p = house;
  if (p < hi && s.byte(p) === COMMA) p++;
  if (p + 1 >= hi || s.byte(p) !== SPACE || !s.is(p + 1, ALNUM)) return 0;
  p++;
  const prefixed = prefixedStreet(s, p, hi);
  if (prefixed > 0) return finishAddress(s, unitBefore(s, start), prefixed, hi, "address.street");
  const english = englishStreet(s, start, p, hi);
  return english > 0 || s.byte(house) === COMMA ? english : namedStreet(s, start, p, hi);
}

/** Reads a street's name at p that ends with a street word: "Willow Lane". */
function englishStreet(s: Scanner, start: number, p: number, hi: number): number {
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
    const broadway = !name && s.is(from, UPPER) && sameWord(s, from, p, "broadway");
    if (broadway && (ends(s, p) || (p + 1 < hi && unit(s, p + 1, hi) > 0))) {
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
  if (tailProof !== TAIL_NAMES) return addStreet(s, start, tail);
  if (!capital) return labelledAddress(s, start) ? addStreet(s, start, tail) : 0;
  if (s.hasPrefix(end, hi, " (") && !labelledHere(s, start)) return 0; // 21 Jump Street (2012)
  if (weak && tail === end && !ends(s, end)) return 0;
  if (!s.is(from, UPPER) && weak) return 0;
  if (tail === end && end + 1 < hi && s.byte(end) === SPACE) {
    const e = wordEnd(s, end + 1, hi);
    if (e > end + 1 && (flags(s, end + 1, e) & NOUN) !== 0) return 0; // 100 Best Street Style
  }
  return addStreet(s, start, tail);
}

function addStreet(s: Scanner, start: number, tail: number): number {
  return s.add(headBefore(s, unitBefore(s, start)), tail, "ADDRESS", "address.street");
}

/**
 * Reads the name of a street or a house of no known form at p: a label says that it is one, or a code and a city after it.
 */
function namedStreet(s: Scanner, start: number, p: number, hi: number): number {
  if (!s.is(p, UPPER) || (flags(s, p, wordEnd(s, p, hi)) & NOT_STREET) !== 0) return 0;
  const labelled = labelledHere(s, start);
  let end = cityAt(s, p, hi, !labelled);
  if (end === 0 || cityAt(s, p, hi, false) === 0) return 0;
  for (let k = p; k < end; k++) if (s.byte(k) === SPACE && unit(s, k + 1, hi) > 0) end = k; // not "Willow Hill Apt"
  const closed = ends(s, end);
  if (labelled) {
    if (!closed && (end + 1 >= hi || s.byte(end) !== SPACE || (flags(s, end + 1, wordEnd(s, end + 1, hi)) & FUNCTION) === 0)) return 0;
  } else if ((!closed && unit(s, end + 1, hi) === 0) || end >= hi || !cityFollows(s, end, hi, true)) {
    return 0;
  }
  return finishAddress(s, unitBefore(s, start), end, hi, "address.street");
}

/** Reads an address that begins with its unit and has a code: "Flat 12, Lotus Towers, Pune 411004". */
function unitFirst(s: Scanner, start: number, hi: number): number {
  const sign = houseSign(s, start);
  let at = sign;
  while (at > s.floor && sign - at < 2 && s.byte(at - 1) === SPACE) at--;
  let w = backWord(s, at);
  if (!(w < at && (part(s, w, at) & PART_UNIT) !== 0 && at < start)) {
    if (sign === start) return 0;
    // Door No 12
    const door = w < sign && at === sign - 1 && (part(s, w, at) & (PART_UNIT | PART_HOUSE)) !== 0 && s.is(w, UPPER);
    if (!door) w = sign;
  }
  if ((!s.is(w, UPPER | OTHER) && s.byte(w) !== HASH) || (w > s.floor && s.is(w - 1, ALNUM))) return 0;
  const end = unitID(s, start, hi);
  if (end === 0) return 0;
  const q = skipJoint(s, end, hi);
  if (!wasJoint || q >= hi || (namePiece(s, q, hi, true) === 0 && district(s, q, hi) === 0 && unit(s, q, hi) === 0)) return 0;
  const tail = addressTail(s, end, hi);
  const proof = tailProof;
  const code = codeStart(s, tail);
  const indian = proof === TAIL_CODE && tail - code === INDIAN_CODE && s.byte(code - 1) !== COMMA;
  if (!indian && !labelledHere(s, w) && (proof === TAIL_NAMES || !cityFollows(s, end, hi, true))) return 0;
  return s.add(w, tail, "ADDRESS", "address.unit");
}

/** Where "Flat 2, " or "No. " before a house number begins, or start. */
function unitBefore(s: Scanner, start: number): number {
  start = Math.min(start, houseSign(s, start));
  let p = start;
  while (p > s.floor && start - p < 2 && (s.byte(p - 1) === SPACE || s.byte(p - 1) === COMMA || s.byte(p - 1) === LINE)) p--;
  if (p > s.floor && s.is(p - 1, LETTER) && p < start) {
    const w = backWord(s, p);
    if ((part(s, w, p) & PART_UNIT) !== 0 && s.is(w, UPPER)) return w;
  }
  let q = p;
  while (q > s.floor && p - q < 5 && s.is(q - 1, UPPER | DIGIT)) q--;
  if (start === p || s.byte(p) === SPACE || q === p || q - 1 <= s.floor || s.byte(q - 1) !== SPACE) return start;
  const w = backWord(s, q - 1);
  return (part(s, w, q - 1) & PART_UNIT) !== 0 ? w : start;
}

/** Takes in what follows a street, and the house or the city before it. */
export function finishAddress(s: Scanner, start: number, end: number, hi: number, rule: string): number {
  const tail = addressTail(s, end, hi);
  return s.add(headBefore(s, start), tail, "ADDRESS", rule);
}
