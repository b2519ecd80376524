// Postal codes, after a street and without one. The twin of internal/redact/postcode.go.

import { finishAddress, numberOpens } from "./address";
import { cityAt } from "./addresstail";
import { AREA, backWord, CITY, flags, FUNCTION, INWARD_NOT, LABEL, PLACE, STATE, wordEnd } from "./lexicon";
import { ends } from "./namejudge";
import type { Scanner } from "./scanner";
import { measured } from "./street";
import { ALNUM, DIGIT, LETTER, LOWER, UPPER } from "./tables";

const SPACE = 0x20;
const COMMA = 0x2c;
const DASH = 0x2d;

/**
 * Reads the postal code at p, in the form of one of the countries, and returns its end, or 0. What has only four digits
 * needs a city after it.
 */
export function postcode(s: Scanner, p: number, hi: number): number {
  if (p + 2 < hi && s.is(p, UPPER)) {
    if (s.byte(p + 1) === DASH && s.is(p + 2, DIGIT)) p += 2; // D-10115
    else if (p + 3 < hi && s.is(p + 1, UPPER) && s.byte(p + 2) === DASH && s.is(p + 3, DIGIT)) p += 3; // NL-1012
    else return letterCode(s, p, hi);
  }
  const n = digitCount(s, p, hi);
  const q = p + n;
  const dashed = q < hi && s.byte(q) === DASH ? digitCount(s, q + 1, hi) : 0;
  const spaced = q < hi && s.byte(q) === SPACE;
  switch (n) {
    case 2: // 00-123 Warszawa
      return dashed === 3 ? q + 4 : 0;
    case 3: // 111 22 Stockholm, 100-0001
      if (spaced && digitCount(s, q + 1, hi) === 2 && cityAt(s, blanksEnd(s, q + 3, hi), hi, false) > 0) return q + 3;
      return dashed === 4 ? q + 5 : 0;
    case 4: // 1012 AB Amsterdam, 8001 Zürich, 1000-001 Lisboa
      if (dashed === 3) return q + 4;
      if (q + 2 < hi && spaced && s.is(q + 1, UPPER) && s.is(q + 2, UPPER) && (q + 3 >= hi || !s.is(q + 3, ALNUM))) return q + 3;
      if (q + 1 < hi && s.is(q, UPPER) && s.is(q + 1, UPPER) && (q + 2 >= hi || !s.is(q + 2, ALNUM))) return q + 2;
      return spaced && cityAt(s, q + 1, hi, false) > 0 ? q : 0;
    case 5: // 10115 Berlin, 62704-1234, 01310-100
      if (dashed === 3 || dashed === 4) return q + 1 + dashed;
      if (q >= hi) return q;
      return s.is(q, ALNUM) || (q + 1 < hi && spaced && s.is(q + 1, LOWER)) || measured(s, q, hi) ? 0 : q;
    case 6:
      return spaced && cityAt(s, q + 1, hi, false) > 0 ? q : 0;
    default:
      return 0;
  }
}

/** Skips one blank or two at p. */
export function blanksEnd(s: Scanner, p: number, hi: number): number {
  let q = p;
  while (q < hi && q - p < 2 && s.byte(q) === SPACE) q++;
  return q;
}

export function digitCount(s: Scanner, p: number, hi: number): number {
  let n = 0;
  while (p + n < hi && s.is(p + n, DIGIT)) n++;
  return n;
}

/** Reads a British, Irish or Canadian postcode. One that ends like a size or a unit ("S8 8GB") needs its street. */
function letterCode(s: Scanner, p: number, hi: number): number {
  const e = letterCodeForm(s, p, hi);
  return e > p + 1 && s.is(e - 1, UPPER) && s.is(e - 2, UPPER) && (flags(s, e - 2, e) & INWARD_NOT) !== 0 ? 0 : e;
}

/** Reads such a code by its form alone. */
export function letterCodeForm(s: Scanner, p: number, hi: number): number {
  let q = p;
  while (q < hi && q - p < 3 && s.is(q, UPPER)) q++;
  const letters = q - p;
  if (letters === 0 || letters > 2 || q >= hi || !s.is(q, DIGIT)) return 0;
  if (letters === 1 && q + 5 < hi && s.is(q + 1, UPPER) && s.byte(q + 2) === SPACE && s.is(q + 3, DIGIT) && s.is(q + 4, UPPER) && s.is(q + 5, DIGIT)) {
    if (q + 6 >= hi || !s.is(q + 6, ALNUM)) return q + 6; // K1A 0B1
  }
  if (letters === 1) {
    const e = eircode(s, p, hi);
    if (e > 0) return e;
  }
  if ((flags(s, p, q) & AREA) === 0) return 0;
  q++;
  if (q < hi && s.is(q, UPPER | DIGIT) && (q + 1 >= hi || !s.is(q + 1, UPPER))) q++;
  if (q >= hi || s.byte(q) !== SPACE) return 0;
  q++;
  if (q + 2 >= hi || !s.is(q, DIGIT) || !s.is(q + 1, UPPER) || !s.is(q + 2, UPPER) || (q + 3 < hi && s.is(q + 3, ALNUM))) return 0;
  for (let k = q + 1; k < q + 3; k++) if ("CIKMOV".includes(String.fromCharCode(s.byte(k)))) return 0;
  return q + 3;
}

/** Reads an Irish postcode, "D04 X2K7". */
function eircode(s: Scanner, p: number, hi: number): number {
  const end = p + 8;
  if (end > hi || !s.is(p + 1, DIGIT) || (!s.is(p + 2, DIGIT) && s.byte(p + 2) !== 0x57) || s.byte(p + 3) !== SPACE) return 0; // W
  if (!s.is(p + 4, UPPER) || (end < hi && s.is(end, ALNUM))) return 0;
  let digits = 0;
  for (let k = p + 5; k < end; k++) {
    if (!s.is(k, UPPER | DIGIT)) return 0;
    if (s.is(k, DIGIT)) digits++;
  }
  return digits === 0 ? 0 : end;
}

/** Reads "IL 62704", "NSW 2000", "SP, 01310-100". */
export function stateAndCode(s: Scanner, p: number, hi: number): number {
  let e = p;
  while (e < hi && s.is(e, UPPER)) e++;
  if (e - p < 2 || e - p > 3 || (flags(s, p, e) & STATE) === 0) return 0;
  let q = e;
  while (q < hi && q - e < 2 && (s.byte(q) === SPACE || s.byte(q) === COMMA)) q++;
  if (q === e) return 0;
  const n = digitCount(s, q, hi);
  if (n === 0) return q < hi ? letterCode(s, q, hi) : 0;
  if (n !== 5 && !(n === 4 && e - p === 3)) return 0;
  q += n;
  const d = q < hi && s.byte(q) === DASH ? digitCount(s, q + 1, hi) : 0;
  if (d === 4 || d === 3) q += 1 + d;
  return q < hi && s.is(q, ALNUM) ? 0 : q;
}

/** Finds a postcode without a street: with its state, with a known city, or British and Canadian. */
export function postcodeAlone(s: Scanner, start: number, end: number, hi: number): number {
  const n = end - start;
  if (n <= 2) return letterCodeAt(s, start, hi);
  if ((n !== 5 && n !== 4) || !numberOpens(s, start)) return 0;
  if (start - 3 > s.floor && s.byte(start - 1) === SPACE && s.is(start - 2, UPPER) && s.is(start - 3, UPPER)) return stateCity(s, start, hi);
  if (end >= hi || s.byte(end) !== SPACE) return 0;
  let q = end + 1;
  if (n === 4 && q + 2 < hi && s.is(q, UPPER) && s.is(q + 1, UPPER) && s.byte(q + 2) === SPACE) q += 3;
  const e = wordEnd(s, q, hi);
  if (e <= q || !s.is(q, UPPER) || (flags(s, q, e) & CITY) === 0) return 0;
  if (n === 4 && q === end + 1 && !ends(s, e)) return 0;
  return finishAddress(s, start, e, hi, "address.postcode");
}

/** Finds "Springfield, IL 62704" from its code. */
function stateCity(s: Scanner, start: number, hi: number): number {
  let st = start - 3;
  if (st > s.floor && s.is(st - 1, UPPER)) st--;
  if (st > s.floor && s.is(st - 1, ALNUM)) return 0;
  const e = stateAndCode(s, st, hi);
  if (e === 0 || st - 2 <= s.floor) return 0;
  let p = st;
  let comma = false;
  while (p > s.floor && st - p < 2 && (s.byte(p - 1) === SPACE || s.byte(p - 1) === COMMA)) {
    comma = comma || s.byte(p - 1) === COMMA;
    p--;
  }
  let city = p;
  for (let words = 0; words < 3; words++) {
    const w = backWord(s, city);
    if (w === city || !s.is(w, UPPER)) break;
    city = w;
    if (w - 1 <= s.floor || s.byte(w - 1) !== SPACE || !s.is(w - 2, LETTER)) break;
    const before = backWord(s, w - 1);
    const f = flags(s, before, w - 1);
    if (!s.is(before, UPPER) || ((f & (FUNCTION | LABEL)) !== 0 && (f & PLACE) === 0)) break;
    city--;
  }
  while (city < p && s.byte(city) === SPACE) city++;
  if (city === p || (!comma && digitCount(s, start, hi) !== 5)) return 0;
  if (!comma && (flags(s, city, p) & CITY) === 0) return 0;
  return finishAddress(s, city, e, hi, "address.postcode");
}

/** Finds a British or Canadian postcode whose first digit is at start. */
function letterCodeAt(s: Scanner, start: number, hi: number): number {
  let p = start;
  while (p > s.floor && start - p < 3 && s.is(p - 1, UPPER)) p--;
  if (p === start || (p > s.floor && (s.is(p - 1, ALNUM) || "-#/".includes(String.fromCharCode(s.byte(p - 1)))))) return 0;
  const e = letterCode(s, p, hi);
  if (e === 0) return 0;
  let city = p;
  if (p - 1 > s.floor && s.byte(p - 1) === SPACE) {
    let w = p - 1;
    if (s.byte(w - 1) === COMMA) w--;
    const b = backWord(s, w);
    if (b < w && s.is(b, UPPER) && (flags(s, b, w) & CITY) !== 0) city = b;
  }
  return finishAddress(s, city, e, hi, "address.postcode");
}
