// Dates of birth, by their labels. The twin of internal/redact/birthdate.go.

import { FOLD_UNSPACED, isUnspaced } from "./fold";
import { dayMonth } from "./idcheck";
import { MONTHS } from "./identifier";
import type { SeenLabel } from "./label";
import type { Scanner } from "./scanner";
import { DIGIT, LETTER, LOWER, SEP, SEP_DASH, SEP_DOT, SEP_SLASH, SEP_SPACE } from "./tables";

// Years of birth of living people, with room to spare.
const BIRTH_FIRST = 1900;
const BIRTH_LAST = 2029;
const DATE_YEAR = 4;
/** The longest name of a month, in letters. */
const MONTH_MAX = 12;
const PARTICLES = new Set(["de", "of", "del", "do", "den"]);

const found = { start: 0, end: 0 };

/** Reads the date near i that a label says is one of birth. A weak label counts only directly before it. */
export function birthDate(s: Scanner, i: number, limit: number, seen: Readonly<SeenLabel>): number {
  if (!date(s, i, limit) || found.start < seen.end || (seen.weak && found.start - seen.end > 4)) return 0;
  return s.add(found.start, found.end, "DATE_OF_BIRTH", "birth.labelled");
}

function finds(start: number, end: number): boolean {
  found.start = start;
  found.end = end;
  return true;
}

/** Reads the date that the digits at i begin, or whose year they are. */
function date(s: Scanner, i: number, limit: number): boolean {
  const numeric = numericDate(s, i, limit);
  if (numeric > 0) return finds(i, numeric);
  let p = i;
  while (p < limit && s.is(p, DIGIT)) p++;
  if (p - i === DATE_YEAR && birthYear(s, i)) {
    const end = yearFirst(s, p, limit);
    if (end > 0) return finds(i, end);
    const start = yearLast(s, i);
    return start >= 0 && finds(start, p);
  }
  const start = monthBefore(s, i); // May 3 1990
  if (start < 0 || p - i > 2) return false;
  p = skip(s, ordinal(s, p, limit), limit, 2);
  return p + DATE_YEAR <= limit && allDigits(s, p, p + DATE_YEAR) && birthYear(s, p) && finds(start, p + DATE_YEAR);
}

/** Whether bytes p to end are digits and no more follow. */
export function allDigits(s: Scanner, p: number, end: number): boolean {
  for (; p < end; p++) if (!s.is(p, DIGIT)) return false;
  return end >= s.length || !s.is(end, DIGIT);
}

function value(s: Scanner, start: number, end: number): number {
  let v = 0;
  for (let k = start; k < end; k++) v = v * 10 + s.byte(k) - 0x30;
  return v;
}

function birthYear(s: Scanner, p: number): boolean {
  const y = value(s, p, p + DATE_YEAR);
  return y >= BIRTH_FIRST && y <= BIRTH_LAST;
}

/** The end of 31.12.1990, 12/31/90, 1990-12-31, 19901231 or 1990年12月31日, or 0. */
export function numericDate(s: Scanner, i: number, limit: number): number {
  const part = [0, 0, 0];
  const digits = [0, 0, 0];
  const seps = [0, 0];
  let p = i;
  let end = i;
  for (let n = 0; n < 3; n++) {
    const start = p;
    while (p < limit && p - start < 9 && s.is(p, DIGIT)) p++;
    part[n] = value(s, start, p);
    digits[n] = p - start;
    end = p;
    if (n === 0 && p - start >= 8) return p - start === 8 && plainDate(s, i) ? p : 0;
    if (p === start || n === 2) break;
    if (p + 1 >= limit) return 0;
    seps[n] = s.byte(p);
    if (!dateSep(s.byte(p))) return 0;
    p++;
    for (const q = p; p < limit && p - q < 2 && s.byte(p) === 0x20; ) p++;
  }
  const [d0 = 0, d1 = 0, d2 = 0] = digits;
  const [p0 = 0, p1 = 0, p2 = 0] = part;
  const [s0 = 0, s1 = 0] = seps;
  if (d2 === 0 || (s0 !== s1 && s0 < FOLD_UNSPACED) || (end < limit && s.is(end, DIGIT))) return 0;
  if (s1 >= FOLD_UNSPACED && end < limit && isUnspaced(s.byte(end))) end++;
  if (d0 === DATE_YEAR) return p0 >= BIRTH_FIRST && p0 <= BIRTH_LAST && d1 <= 2 && d2 <= 2 && dayMonth(p2, p1) ? end : 0;
  if (d0 > 2 || d1 > 2 || (d2 !== 2 && d2 !== DATE_YEAR)) return 0;
  if (d2 === DATE_YEAR && (p2 < BIRTH_FIRST || p2 > BIRTH_LAST)) return 0;
  return dayMonth(p0, p1) || dayMonth(p1, p0) ? end : 0;
}

function dateSep(c: number): boolean {
  return (((SEP[c] as number) & (SEP_DASH | SEP_DOT | SEP_SLASH | SEP_SPACE)) !== 0 && c !== 0x09) || isUnspaced(c);
}

/** Whether the eight digits at i are 19901231, 31121990 or 12311990. */
function plainDate(s: Scanner, i: number): boolean {
  const two = (k: number): number => value(s, i + k, i + k + 2);
  if (birthYear(s, i) && dayMonth(two(6), two(4))) return true;
  return birthYear(s, i + 4) && (dayMonth(two(0), two(2)) || dayMonth(two(2), two(0)));
}

function within(c: number): boolean {
  return c === 0x20 || c === 0x2c || c === 0x2e || c === 0x2d || c === 0x2f;
}

/** Moves p over at most n characters that stand within a date. */
function skip(s: Scanner, p: number, limit: number, n: number): number {
  for (; p < limit && n > 0 && within(s.byte(p)); n--) p++;
  return p;
}

/** Moves p left over what skip moves right over. */
function back(s: Scanner, p: number, n: number): number {
  for (; p > s.floor && n > 0 && (within(s.byte(p - 1)) || s.byte(p - 1) === 0x27); n--) p--;
  return p;
}

/** Moves p over "st", "nd", "rd", "th", "er", "º". */
function ordinal(s: Scanner, p: number, limit: number): number {
  let q = p;
  while (q < limit && q - p < 3 && s.is(q, LOWER)) q++;
  return q - p <= 2 ? q : p;
}

/** Where the name of a month begins that stands before p, or -1. */
function monthBefore(s: Scanner, p: number): number {
  p = back(s, p, 2);
  const end = p;
  while (p > s.floor && end - p <= MONTH_MAX && s.is(p - 1, LETTER)) p--;
  return p === end || end - p > MONTH_MAX || !MONTHS.has(s.lowered(p, end)) ? -1 : p;
}

/** The end of " May 3" after a year that ends at p, or 0. */
function yearFirst(s: Scanner, p: number, limit: number): number {
  p = skip(s, p, limit, 2);
  let start = p;
  while (p < limit && p - start <= MONTH_MAX && s.is(p, LETTER)) p++;
  if (p === start || p - start > MONTH_MAX || !MONTHS.has(s.lowered(start, p))) return 0;
  p = skip(s, p, limit, 2);
  start = p;
  while (p < limit && p - start < 3 && s.is(p, DIGIT)) p++;
  return p === start || p - start > 2 ? 0 : p;
}

/** Where the date begins whose year stands at i: 3 May 1990, May 3rd, 1990, 3 de mayo de 1990; or -1. */
function yearLast(s: Scanner, i: number): number {
  let p = back(s, i, 3);
  let q = particle(s, p);
  if (q < p) p = back(s, q, 2);
  const month = monthBefore(s, p);
  if (month >= 0) {
    p = back(s, month, 2);
    q = particle(s, p);
    if (q < p) p = back(s, q, 2);
    const start = dayBefore(s, p);
    return start < 0 ? month : start;
  }
  const day = dayBefore(s, p);
  return day < 0 ? -1 : monthBefore(s, day);
}

/** Moves p left over "de", "of", "del", "do". */
function particle(s: Scanner, p: number): number {
  let q = p;
  while (q > s.floor && p - q < 4 && s.is(q - 1, LETTER)) q--;
  return PARTICLES.has(s.lowered(q, p)) ? q : p;
}

/** Where one or two digits, with or without an ordinal's letters, begin before p, or -1. */
function dayBefore(s: Scanner, p: number): number {
  let end = p;
  while (p > s.floor && end - p < 3 && s.is(p - 1, LETTER)) p--;
  if (end - p > 2) return -1;
  end = p;
  while (p > s.floor && end - p < 3 && s.is(p - 1, DIGIT)) p--;
  const n = end - p;
  return n === 0 || n > 2 ? -1 : p;
}
