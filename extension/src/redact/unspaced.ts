// Addresses in scripts without spaces: Chinese, Japanese and Korean. The twin of internal/redact/unspaced.go.

import places from "../../../rules/places.json";
import { JOIN_MAX } from "./addresstail";
import { FOLD_SYMBOL, foldWord, isUnspaced } from "./fold";
import { digitCount } from "./postcode";
import type { Scanner } from "./scanner";
import { DIGIT, LOWER, UPPER } from "./tables";

// Marks of a letter in an address. A folded byte stands for several letters, so that two marks are needed.
/** Before a number, as the end of a road's name. */
const ROAD = 1;
/** After a number. */
const GATE = 2;
const PREFECTURE = 4;
const CITY = 8;
const ROAD_KOREAN = 16;
const PLACE_KOREAN = 32;

/** Letters of an address before its number. */
const LEFT = 40;
/** Letters between two numbers. */
const RIGHT = 12;
/** Numbers and what stands between them. */
const PARTS = 10;
const KOREAN_WORDS = 5;

const SPACE = 0x20;
const DASH = 0x2d;
const COMMA = 0x2c;
const OPEN = 0x28;

const MARK = new Uint8Array(256);
function addMark(mark: number, letters: string): void {
  for (const c of foldWord(letters)) MARK[c.charCodeAt(0)] = (MARK[c.charCodeAt(0)] as number) | mark;
}
addMark(ROAD, places.unspaced.roads);
addMark(GATE, places.unspaced.gates);
addMark(PREFECTURE, places.unspaced.prefectures);
addMark(CITY, places.unspaced.cities);
addMark(ROAD_KOREAN, places.unspaced.korean_roads);
addMark(PLACE_KOREAN, places.unspaced.korean_places);
/** What follows the number of a block. */
const BLOCK = foldWord(places.unspaced.block);
/** What follows the number of a house. */
const NUMBER = foldWord(places.unspaced.number).charCodeAt(0);

function marked(s: Scanner, i: number, mark: number): boolean {
  return ((MARK[s.byte(i)] as number) & mark) !== 0;
}

/** Tells quickly whether unspacedAddress may find something; saying yes wrongly only costs time. */
export function mayBeUnspaced(s: Scanner, start: number, digits: number): boolean {
  if (digits - start === 3 && s.byte(digits) === DASH) return true;
  return start >= 2 && (isUnspaced(s.byte(start - 1)) || (s.byte(start - 1) === SPACE && isUnspaced(s.byte(start - 2))));
}

/** Finds a Chinese, Japanese or Korean address by the number start to digits in it. */
export function unspacedAddress(s: Scanner, start: number, digits: number, hi: number): number {
  if (start > s.floor && s.is(start - 1, UPPER | LOWER | DIGIT)) return 0;
  const code = japaneseCode(s, start, digits, hi);
  if (code > 0) {
    const begin = start > s.floor && s.byte(start - 1) === FOLD_SYMBOL ? start - 1 : start;
    return s.add(begin, unspacedTail(s, code, hi), "ADDRESS", "address.unspaced");
  }
  if (start - 2 <= s.floor) return 0;
  const before = s.byte(start - 1);
  if (before === SPACE && isUnspaced(s.byte(start - 2))) {
    const from = koreanBefore(s, start - 1);
    if (from >= 0) return s.add(from, unspacedTail(s, digits, hi), "ADDRESS", "address.unspaced");
  }
  if (!isUnspaced(before)) return 0;
  const from = placesBefore(s, start);
  const length = start - from;
  const road = length >= 3 && marked(s, start - 1, ROAD) && digits < hi && marked(s, digits, GATE);
  const block = length >= 3 && s.hasPrefix(digits, hi, BLOCK);
  const dashed = digits + 1 < hi && s.byte(digits) === DASH && s.is(digits + 1, DIGIT) && digits - start <= 2;
  const numbered = dashed || (digits < hi && s.byte(digits) === NUMBER);
  if (!road && !block && !(length >= 6 && placesSeen && numbered)) return 0;
  return s.add(from, unspacedTail(s, digits, hi), "ADDRESS", "address.unspaced");
}

/** Whether placesBefore saw a prefecture and a city in it. */
let placesSeen = false;

/** Where the letters begin that end at start. */
function placesBefore(s: Scanner, start: number): number {
  let from = start;
  let city = false;
  placesSeen = false;
  while (from > s.floor && start - from < LEFT) {
    if (s.byte(from - 1) === SPACE && from - 2 >= s.floor && marked(s, from - 2, PREFECTURE | CITY)) {
      from--;
      continue;
    }
    if (!isUnspaced(s.byte(from - 1))) break;
    from--;
    if (marked(s, from, PREFECTURE) && city) placesSeen = true;
    else if (marked(s, from, CITY) && start - from > 1) city = true;
  }
  return from;
}

/** Reads "231-0023" before letters of such a script, and returns where those begin, or 0. */
function japaneseCode(s: Scanner, start: number, digits: number, hi: number): number {
  if (digits - start !== 3 || digits + 6 >= hi || s.byte(digits) !== DASH || digitCount(s, digits + 1, hi) !== 4) return 0;
  let q = digits + 5;
  if (s.byte(q) === SPACE || s.byte(q) === 0x0a) q++;
  for (let k = q; k < q + 3; k++) if (k >= hi || !isUnspaced(s.byte(k))) return 0;
  return q;
}

/** Where the words begin that end at p and are a road and what it lies in, or -1. */
function koreanBefore(s: Scanner, p: number): number {
  if (!marked(s, p - 1, ROAD_KOREAN)) return -1;
  let from = -1;
  for (let words = 0; words < KOREAN_WORDS; words++) {
    let w = p;
    while (w > s.floor && p - w < RIGHT && (isUnspaced(s.byte(w - 1)) || s.is(w - 1, DIGIT))) w--;
    if (w === p || (words > 0 && !marked(s, p - 1, PLACE_KOREAN))) break;
    if (words > 0) from = w;
    if (w - 2 < s.floor || s.byte(w - 1) !== SPACE || !isUnspaced(s.byte(w - 2))) break;
    p = w - 1;
  }
  return from;
}

/**
 * The end of an address in such a script that goes on at p: numbers, and letters between and after them, also after a
 * blank, a comma or a bracket.
 */
function unspacedTail(s: Scanner, p: number, hi: number): number {
  for (let n = 0; n < PARTS; n++) {
    let q = p;
    while (q < hi && q - p < JOIN_MAX && isJoint(s.byte(q))) q++;
    const open = q > p && s.byte(q - 1) === OPEN;
    const spaced = q > p && s.byte(q - 1) !== DASH;
    let k = q;
    while (k < hi && k - q < LEFT && isUnspaced(s.byte(k))) k++;
    const d = digitCount(s, k, hi);
    if (d > 0 && d <= 5 && (!spaced || k > q || k + d >= hi || isUnspaced(s.byte(k + d)) || d === 5)) {
      p = k + d;
    } else if (k === q || (k - q > 2 && !open)) {
      return k > q && !spaced && marked(s, q, GATE) ? q + 1 : p;
    } else if (spaced && !open) {
      return p;
    } else {
      p = k;
    }
  }
  return p;
}

function isJoint(c: number): boolean {
  return c === DASH || c === SPACE || c === COMMA || c === OPEN;
}
