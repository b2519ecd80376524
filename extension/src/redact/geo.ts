// Places by their coordinates. The twin of internal/redact/geo.go.

import { FOLD_SYMBOL } from "./fold";
import { direct, REACH } from "./identifier";
import type { SeenLabel } from "./label";
import { fraction, priced } from "./number";
import type { Scanner } from "./scanner";
import { ALNUM, DIGIT, LETTER } from "./tables";

// How exact a place must be, in decimals: four are eleven metres.
/** Of both numbers of a pair without a label. */
const DECIMALS = 4;
/** After a label. */
const LABELLED = 3;
/** Of both numbers of a pair after a label. */
const PAIR = 2;
const GAP = 12;

const DOT = 0x2e;
const SPACE = 0x20;
const MINUS = 0x2d;
const PLUS = 0x2b;

/** One number of a place. */
interface Degrees {
  start: number;
  end: number;
  whole: number;
  decimals: number;
}

/** Reads the number whose first digit is at i, with its sign and what stands for its direction. */
function degreesAt(s: Scanner, i: number, limit: number): Degrees | undefined {
  const signed = i > s.floor && (s.byte(i - 1) === MINUS || s.byte(i - 1) === PLUS);
  let p = i;
  let whole = 0;
  while (p < limit && p - i < 4 && s.is(p, DIGIT)) whole = whole * 10 + s.byte(p++) - 0x30;
  if (p === i || p - i > 3 || whole > 180 || p + 1 >= limit || s.byte(p) !== DOT || !s.is(p + 1, DIGIT)) return undefined;
  const first = p + 1;
  for (p++; p < limit && s.is(p, DIGIT); ) p++;
  const decimals = p - first;
  const end = direction(s, p, limit);
  if (decimals > 16) return undefined;
  if (end < s.length) {
    if (s.is(end, ALNUM) || (s.byte(end) === DOT && end + 1 < s.length && s.is(end + 1, DIGIT))) return undefined;
  }
  return { start: signed ? i - 1 : i, end, whole, decimals };
}

/** Moves p over "° N", "°", " W". */
function direction(s: Scanner, p: number, limit: number): number {
  let q = p;
  if (q < limit && s.byte(q) === FOLD_SYMBOL) p = ++q;
  if (q < limit && s.byte(q) === SPACE) q++;
  return q < limit && compass(s.byte(q)) && (q + 1 >= s.length || !s.is(q + 1, ALNUM)) ? q + 1 : p;
}

function compass(c: number): boolean {
  return c === 0x4e || c === 0x53 || c === 0x45 || c === 0x57 || c === 0x4f;
}

/** The second number after the first one. */
function second(s: Scanner, a: Degrees, limit: number): Degrees | undefined {
  let p = a.end;
  for (let n = 0; p < limit && n < 4 && isGap(s.byte(p)); n++) p++;
  if (p === a.end) return undefined;
  if (p < limit && (s.byte(p) === MINUS || s.byte(p) === PLUS)) p++;
  return p >= limit || !s.is(p, DIGIT) ? undefined : degreesAt(s, p, limit);
}

function isGap(c: number): boolean {
  return c === 0x2c || c === SPACE || c === 0x3b || c === 0x2f || c === PLUS;
}

/** Reads a pair of numbers that are exact enough to be a place. */
export function coordinates(s: Scanner, i: number, limit: number): number {
  return pair(s, i, limit, DECIMALS);
}

function pair(s: Scanner, i: number, limit: number, decimals: number): number {
  const a = degreesAt(s, i, limit);
  if (a === undefined || a.decimals < decimals || a.whole > 90 || priced(s, a.start)) return 0;
  if (a.start > s.floor && (s.is(a.start - 1, ALNUM) || s.byte(a.start - 1) === DOT)) return 0;
  const b = second(s, a, limit);
  if (b === undefined || b.decimals < decimals) return 0;
  return s.add(a.start, b.end, "GEO", "geo.pair");
}

/** Reads a pair or a single number after a label such as "lat". */
export function coordinate(s: Scanner, i: number, limit: number, seen: Readonly<SeenLabel>): number {
  if (i - seen.end > REACH || fraction(s, i) || priced(s, i)) return 0;
  const end = pair(s, i, limit, PAIR);
  if (end > 0) return end;
  const a = degreesAt(s, i, limit);
  if (a === undefined || a.decimals < LABELLED || (seen.weak && a.decimals < DECIMALS)) return 0;
  if (a.start < seen.end || a.start - seen.end > GAP || !direct(s, seen, a.start)) return 0;
  return s.add(a.start, a.end, "GEO", "geo.labelled");
}

/** Reads 48°51'29"N 2°17'40"E, whose first digit is at i. */
export function minutes(s: Scanner, i: number, limit: number): number {
  let end = angle(s, i, limit);
  if (end === 0 || fraction(s, i)) return 0;
  let p = end;
  while (p < limit && p - end < 3 && (s.byte(p) === SPACE || s.byte(p) === 0x2c)) p++;
  const other = angle(s, p, limit);
  if (other > 0) end = other;
  return s.add(i, end, "GEO", "geo.minutes");
}

/** The end of degrees, minutes, seconds and a direction, or 0. */
function angle(s: Scanner, p: number, limit: number): number {
  for (const mark of [FOLD_SYMBOL, 0x27, 0x22]) {
    const start = p;
    while (p < limit && p - start < 8 && (s.is(p, DIGIT) || s.byte(p) === DOT)) p++;
    if (p === start) {
      if (mark === FOLD_SYMBOL) return 0;
      continue;
    }
    if (p >= limit || s.byte(p) !== mark) return 0;
    p++;
    if (p < limit && s.byte(p) === SPACE) p++;
  }
  return p < limit && compass(s.byte(p)) && (p + 1 >= s.length || !s.is(p + 1, LETTER)) ? p + 1 : 0;
}
