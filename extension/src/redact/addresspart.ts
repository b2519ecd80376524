// The small parts of an address: units, floors, doors, districts and the signs of house numbers. The twin of
// internal/redact/addresspart.go.

import { cityAt } from "./addresstail";
import { FOLD_SYMBOL, lower } from "./fold";
import { backWord, part, PART_AREA, PART_DISTRICT, PART_DOOR, PART_FLOOR, PART_HOUSE, PART_UNIT, wordEnd } from "./lexicon";
import { ends } from "./namejudge";
import { digitCount } from "./postcode";
import type { Scanner } from "./scanner";
import { ALNUM, DIGIT, LETTER, LOWER, OTHER, UPPER } from "./tables";

/** Characters of a unit's number. */
const UNIT_ID = 6;
const FLOOR_DIGITS = 3;
/** Of the name of a district. */
export const AREA_WORDS = 3;

const SPACE = 0x20;
const DOT = 0x2e;
const DASH = 0x2d;
const SLASH = 0x2f;
const COLON = 0x3a;
const HASH = 0x23;
const SMALL_N = 0x6e;
const SMALL_O = 0x6f;

/** Reads "Apt 4B", "#5", "кв. 12", "D:4", "2. tv" and "hs" and returns its end, or 0. */
export function unit(s: Scanner, p: number, hi: number): number {
  if (p >= hi) return 0;
  if (s.byte(p) === HASH) return unitID(s, p + 1, hi);
  const e = wordEnd(s, p, hi);
  if (e === p) return floorPart(s, p, hi);
  const kind = part(s, p, e);
  if ((kind & (PART_UNIT | PART_HOUSE)) !== 0) {
    let q = e;
    while (q < hi && q - e < 4 && (isUnitSign(s.byte(q)) || s.byte(q) === DASH || s.byte(q) === FOLD_SYMBOL)) q++;
    const w = wordEnd(s, q, hi);
    if (q > e && w > q && (part(s, q, w) & PART_HOUSE) !== 0) {
      let k = w; // Plot No. 5
      while (k < hi && k - w < 3 && isUnitSign(s.byte(k))) k++;
      if (k < hi && s.is(k, DIGIT)) q = k;
    }
    if (q < hi && s.byte(q) === HASH) q++;
    if (q > e || ((e - p > 1 || s.is(p, OTHER)) && q < hi && s.is(q, DIGIT))) {
      const end = unitID(s, q, hi);
      if (end > 0) return end;
    }
  }
  if ((kind & PART_DOOR) !== 0 && (s.is(p, LOWER) || e - p === 2)) {
    const end = doors(s, p, hi);
    if (end > 0) return end;
  }
  return floorPart(s, p, hi);
}

function isUnitSign(c: number): boolean {
  return c === DOT || c === COLON || c === SPACE;
}

/** Reads the number of a unit at q: digits, capitals, a dash. */
export function unitID(s: Scanner, q: number, hi: number): number {
  const from = q;
  let digit = false;
  while (q < hi && q - from < UNIT_ID) {
    const joint = (s.byte(q) === DASH || s.byte(q) === SLASH) && q > from && q + 1 < hi && s.is(q + 1, DIGIT);
    if (!joint && !s.is(q, UPPER | DIGIT) && !(s.is(q, LOWER) && q === from + 1)) break;
    digit = digit || s.is(q, DIGIT);
    q++;
  }
  if (q === from && q + 1 < hi && s.is(q, LOWER) && ends(s, q + 1)) return q + 1;
  return q === from || (q < hi && s.is(q, ALNUM)) || (!digit && q - from > 1) ? 0 : q;
}

/** Reads words such as "st. th." and "bajo" and returns their end, or 0. */
function doors(s: Scanner, p: number, hi: number): number {
  let end = 0;
  for (let n = 0; n < 2; n++) {
    const e = wordEnd(s, p, hi);
    if (e === p || (part(s, p, e) & (PART_DOOR | PART_FLOOR)) === 0) break;
    end = e < hi && s.byte(e) === DOT ? e + 1 : e;
    p = end;
    if (p + 1 < hi && s.byte(p) === SPACE) p++;
  }
  return end > 0 && s.byte(end - 1) !== DOT && !ends(s, end) ? 0 : end;
}

/** Reads "B 4", "2º B", "3rd floor", "2. tv" and "4. em. 3": stairs, floors and doors. */
function floorPart(s: Scanner, p: number, hi: number): number {
  if (s.is(p, UPPER)) {
    if (p + 2 < hi && s.byte(p + 1) === SPACE && s.is(p + 2, DIGIT)) {
      const n = digitCount(s, p + 2, hi);
      if (n <= FLOOR_DIGITS && ends(s, p + 2 + n)) return p + 2 + n;
    }
    if (s.hasPrefix(p, hi, "R/C") && ends(s, p + 3)) return p + 3;
    if (p + 2 < hi && s.byte(p + 1) === SPACE) {
      const e = wordEnd(s, p + 2, hi); // A lph. 3. em.
      if (e < hi && s.byte(e) === DOT && (part(s, p + 2, e) & (PART_UNIT | PART_FLOOR)) !== 0) return e + 1;
    }
  }
  const n = digitCount(s, p, hi) || roman(s, p, hi) - p;
  const mark = p + n;
  if (n === 0 || n > FLOOR_DIGITS) return 0;
  if (s.is(p, UPPER)) {
    const d = mark < hi && s.byte(mark) === SLASH ? digitCount(s, mark + 1, hi) : 0;
    if (d > 0 && d <= FLOOR_DIGITS && ends(s, mark + 1 + d)) return mark + 1 + d; // II/4
    if (ends(s, mark) && !floorWord(s, mark + 1, hi)) return mark;
  }
  if (mark >= hi) return 0;
  let q = ordinalEnd(s, mark, hi);
  if (q > mark && s.is(q - 1, UPPER)) return q; // 3ºB
  const signed = q > mark;
  if (q < hi && s.byte(q) === SPACE) q++;
  const e = wordEnd(s, q, hi);
  const kind = part(s, q, e);
  if (e > q && (kind & PART_FLOOR) !== 0 && (signed || s.is(q, UPPER | LOWER)) && e > mark + 1) return afterFloor(s, e, hi);
  if (signed && e > q && e - q <= 2 && (s.is(q, UPPER) || (kind & PART_DOOR) !== 0) && (e >= hi || !s.is(e, ALNUM))) return e;
  return signed && s.byte(q - 1) !== SPACE && s.byte(q - 1) !== DOT && ends(s, q) ? q : 0;
}

/** Skips the signs of an ordinal after digits that end at p: ".", "º", "rd", and the door in "3ºB". */
function ordinalEnd(s: Scanner, p: number, hi: number): number {
  const q = s.byte(p) === DOT ? p + 1 : p;
  if (q < hi && (s.byte(q) === SMALL_O || s.byte(q) === 0x61)) {
    if (q + 1 >= hi || !s.is(q + 1, LETTER)) return q + 1;
    if (s.is(q + 1, UPPER) && ends(s, q + 2)) return q + 2;
  }
  if (q === p && s.is(q, OTHER) && wordEnd(s, q, hi) === q + 2 && floorWord(s, q + 2, hi)) return q + 2; // 5ος όροφος
  if (q + 1 < hi && q === p && s.is(q, LOWER) && s.is(q + 1, LOWER) && (q + 2 >= hi || !s.is(q + 2, ALNUM))) return q + 2;
  return q;
}

/** Reads what may follow the word of a floor that ends at q: a door, or its number. */
function afterFloor(s: Scanner, q: number, hi: number): number {
  if (q < hi && s.byte(q) === DOT) q++;
  const k = q < hi && s.byte(q) === SPACE ? q + 1 : q;
  if (k === q) return q;
  const w = doors(s, k, hi);
  if (w > 0) return w;
  const d = digitCount(s, k, hi);
  if ((s.byte(q - 1) !== DOT && !s.is(q - 1, LETTER)) || d === 0 || d > FLOOR_DIGITS || !ends(s, k + d)) return q;
  const door = k + d < hi && s.byte(k + d) === DOT && floorWord(s, k + d + 1, hi);
  return door ? wordEnd(s, k + d + 2, hi) : k + d; // 4. ajtó
}

/** Whether the word of a floor or a door follows the blank at p. */
function floorWord(s: Scanner, p: number, hi: number): boolean {
  return p + 1 < hi && s.byte(p) === SPACE && (part(s, p + 1, wordEnd(s, p + 1, hi)) & PART_FLOOR) !== 0;
}

/** The end of the Roman digits at p. */
function roman(s: Scanner, p: number, hi: number): number {
  let q = p;
  while (q < hi && q - p < 4 && (s.byte(q) === 0x49 || s.byte(q) === 0x56 || s.byte(q) === 0x58)) q++; // I, V, X
  return q < hi && s.is(q, ALNUM) ? p : q;
}

/** Reads "Col. Centro", "Sector 3" and "Kadıköy Mah." and returns its end, or 0. */
export function district(s: Scanner, p: number, hi: number): number {
  const e = wordEnd(s, p, hi);
  if (e === p) return 0;
  if ((part(s, p, e) & PART_DISTRICT) !== 0) {
    let q = e;
    while (q < hi && q - e < 3 && (isUnitSign(s.byte(q)) || s.byte(q) === DASH)) q++;
    if (s.hasPrefix(q, hi, "dit ")) q += 4; // lieu-dit
    const dotted = q > e && s.byte(e) === DOT;
    const n = digitCount(s, q, hi);
    if (n > 0 && n <= 2 && ends(s, q + n) && (q > e || s.is(p, UPPER))) return q + n;
    if ((dotted || (q > e && e - p > 1)) && q < hi && s.is(q, UPPER | OTHER)) {
      const c = cityAt(s, q, hi, true);
      if (c > 0 && (ends(s, c) || dotted)) return c;
    }
  }
  return area(s, p, hi);
}

/** Reads a name that a word such as "Nagar" ends. */
function area(s: Scanner, p: number, hi: number): number {
  for (let words = 0; words <= AREA_WORDS; words++) {
    const w = wordEnd(s, p, hi);
    if (w === p || !s.is(p, UPPER | OTHER)) return 0;
    const dot = w < hi && s.byte(w) === DOT;
    if (words > 0 && (part(s, p, w) & PART_AREA) !== 0 && (ends(s, w) || dot)) return dot ? w + 1 : w;
    if (w + 1 >= hi || s.byte(w) !== SPACE) return 0;
    p = w + 1;
  }
  return 0;
}

/** Where the word before a house number begins that says so ("No: ", "д. ", "n.º "), or p, the place after it. */
export function houseSign(s: Scanner, p: number): number {
  let q = p;
  while (q > s.floor && p - q < 3 && isUnitSign(s.byte(q - 1))) q--;
  if (q > s.floor && (s.byte(q - 1) === HASH || (s.byte(q - 1) === FOLD_SYMBOL && q < p))) {
    q--;
    return q - 1 > s.floor && lower(s.byte(q - 1)) === SMALL_N && !s.is(q - 2, ALNUM) ? q - 1 : q; // n° 12
  }
  let w = backWord(s, q);
  if (q - w === 1 && w - 2 >= s.floor && s.byte(w - 1) === DOT) {
    const last = lower(s.byte(w));
    const first = lower(s.byte(w - 2));
    if ((last === SMALL_O && first === SMALL_N) || (last === 0x70 && first === 0x63)) w -= 2; // n.º, č.p.
  }
  if (w === q || (w > s.floor && s.is(w - 1, ALNUM))) return p;
  return (q - w === 3 && s.byte(w + 1) === DOT) || (part(s, w, q) & PART_HOUSE) !== 0 ? w : p;
}
