// What stands left of a street, or of an address's city. The twin of internal/redact/addresshead.go.

import { finishAddress, HOUSE_DIGITS, INDIAN_CODE } from "./address";
import { addressWord, BLOCK_LEFT, inAddress } from "./addresslabel";
import { district } from "./addresspart";
import { cityAt, countryCode, JOIN_MAX, knownCity } from "./addresstail";
import { backWord, CITY, flags, part, PART_CODE, PART_REGION } from "./lexicon";
import { groupEnd, groupLen, groupStart } from "./number";
import { digitCount } from "./postcode";
import type { Scanner } from "./scanner";
import { ALNUM, DIGIT, UPPER } from "./tables";

/** Pieces before a street. */
const HEAD_PIECES = 3;
/** Characters of a piece. */
const HEAD_MAX = 40;

const SPACE = 0x20;
const COMMA = 0x2c;
const DOT = 0x2e;
const LINE = 0x0a;
const ZERO = 0x30;

/**
 * Where the city, the district and the postcode begin that stand before a street, as in Hungary and Russia, or the
 * building's name; or from.
 */
export function headBefore(s: Scanner, from: number): number {
  let at = from;
  let best = from;
  for (let n = 0; n < HEAD_PIECES; n++) {
    let p = at;
    let joint = false;
    while (p > s.floor && at - p < JOIN_MAX && (s.byte(p - 1) === SPACE || s.byte(p - 1) === COMMA || s.byte(p - 1) === LINE)) {
      p--;
      joint = joint || s.byte(p) !== SPACE;
    }
    if (!joint) break;
    let b = p;
    while (b > s.floor && p - b < HEAD_MAX && (s.is(b - 1, ALNUM) || " .-".includes(String.fromCharCode(s.byte(b - 1))))) b--;
    while (b < p && (s.byte(b) === SPACE || s.byte(b) === DOT)) b++;
    if (p - b < 3) break;
    const sure = sureHead(s, b, p);
    if (!sure && (p - b >= HEAD_MAX || cityAt(s, b, p, false) !== p)) {
      b = headWithin(s, b, p);
      return b < p ? b : best;
    }
    at = b;
    if (sure) best = b;
  }
  return best;
}

/** Whether i to j before a street is a part of its address: by its form, or as a known city. */
function sureHead(s: Scanner, i: number, j: number): boolean {
  return surePiece(s, i, j) || (cityAt(s, i, j, false) === j && knownCity(s, i, j));
}

/** Where such a part begins that ends a sentence's piece i to j, "sent to H-3506 Érd"; j where none does. */
function headWithin(s: Scanner, i: number, j: number): number {
  for (let k = i + 1; k < j; k++) if (s.byte(k - 1) === SPACE && s.is(k, DIGIT | UPPER) && sureHead(s, k, j)) return k;
  return j;
}

/** Whether what stands before a street, i to j, is a postcode, alone or with its city, or a district. */
function surePiece(s: Scanner, i: number, j: number): boolean {
  const e = countryCode(s, i, j); // H-1051 Budapest
  if (e > 0) return e === j || (s.byte(e) === SPACE && cityAt(s, e + 1, j, false) === j);
  const n = digitCount(s, i, j);
  if (n < 4 || n > 6) return district(s, i, j) === j;
  if (n === j - i) return n > 4;
  return s.byte(i + n) === SPACE && cityAt(s, i + n + 1, j, false) === j;
}

/**
 * Finds an Indian address by its code of six digits after a known city or state, "Pune, Maharashtra - 411004", and takes in
 * what stands left of that: the forms of streets are too many to know.
 */
export function indianAddress(s: Scanner, count: number, hi: number): number {
  const start = groupStart(s, 0);
  const digits = groupEnd(s, count - 1);
  const halves = groupLen(s, 0) === INDIAN_CODE / 2 && digits - start === INDIAN_CODE + 1 && s.byte(digits - 4) === SPACE;
  if (count > 2 || (count === 2 && !halves) || digits - start !== INDIAN_CODE + count - 1) return 0;
  if ((digits < hi && s.is(digits, ALNUM)) || s.byte(start) === ZERO) return 0;
  let p = signsBefore(s, start);
  let w = backWord(s, p);
  if ((part(s, w, p) & PART_CODE) !== 0) {
    p = signsBefore(s, w);
    w = backWord(s, p);
  }
  if (w === p || p === start || !s.is(w, UPPER)) return 0;
  if ((flags(s, w, p) & CITY) === 0 && (part(s, w, p) & PART_REGION) === 0) return 0;
  const from = addressLeft(s, w);
  return from === w ? 0 : finishAddress(s, from, digits, hi, "address.postcode");
}

/** Skips the signs between two pieces leftwards. */
function signsBefore(s: Scanner, p: number): number {
  let q = p;
  while (q > s.floor && p - q < JOIN_MAX && inAddress(s.byte(q - 1))) q--;
  return q;
}

/**
 * Where the words and numbers of an address begin that go on up to p: the first piece between commas or line ends with a
 * number in it; p where there is none.
 */
function addressLeft(s: Scanner, p: number): number {
  const low = Math.max(s.floor, p - BLOCK_LEFT);
  let best = p;
  for (let number = false; ; ) {
    let q = p;
    while (q > low && (inAddress(s.byte(q - 1)) || s.byte(q - 1) === LINE)) {
      q--;
      if (number && (s.byte(q) === COMMA || s.byte(q) === LINE)) best = p;
    }
    let w = q;
    while (w > low && q - w <= HOUSE_DIGITS && s.is(w - 1, DIGIT)) w--;
    if (w < q) {
      number = true;
    } else {
      w = backWord(s, q);
      if (w === q || w < low || !addressWord(s, w, q)) return number ? p : best;
    }
    p = w;
  }
}
