// Keys that no vendor's prefix tells. The twin of internal/redact/randomkey.go.

import { codedByte, decode, padding } from "./coded";
import { isSecretKind, labelLeft, parseOf } from "./identifier";
import { otherWord } from "./code";
import { backWord } from "./lexicon";
import { LABEL_GAP } from "./namelabel";
import type { Scanner } from "./scanner";
import { keyPrefix, random } from "./secret";
import { ALNUM, CLASS, DIGIT, KEY_AFTER, KEY_WORDS, LETTER, LOWER, TOKEN, UPPER } from "./tables";
import { BASE58_MAX, base58Check } from "./token";

// Bounds of keys that nothing but their letters tells, in characters.
const KEY_MIN = 32;
/** Longer runs are files and pictures. */
const KEY_MAX = 512;
/** Capitals, small letters and digits each, at least. */
const EACH_MIN = 3;
/** Of the prefix of a vendor's key. */
const PREFIX_MAX = 24;
/** What is read as base64 to see whether it is a text. */
const DECODE_CHARS = 12;
const DECODE_BYTES = 9;
/** The shortest part of a key before a dot, in characters. */
const DOTTED_MIN = 6;

const SPACE = 0x20;
const COMMA = 0x2c;
const DASH = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const UNDERSCORE = 0x5f;

/**
 * Finds the random run of letters and digits around i that no vendor's prefix tells: at two of five places it changes between
 * small letters, capitals and digits, which words and names in programs do not.
 */
export function randomKey(s: Scanner, i: number, hi: number): number {
  let start = i;
  let end = Math.min(hi, Math.max(i, s.codedEnd));
  while (start > s.floor && codedByte(s, start - 1) && i - start < KEY_MAX) start--;
  while (end < hi && codedByte(s, end) && end - i < KEY_MAX) end++;
  while (start < end && s.byte(start) === SLASH) start++;
  const n = end - start;
  if (n < KEY_MIN || n > KEY_MAX || !dense(s, start, end) || digest(s, start)) return 0;
  if (decode(s, start, start + DECODE_CHARS).length === DECODE_BYTES) return 0; // base64 of a text, which coded looks at
  if (parseOf(labelLeft(s, start)) === "wallet" || (n <= BASE58_MAX && base58Check(s, start, end))) return 0;
  for (let k = start; k < start + PREFIX_MAX; k++) {
    if ((((KEY_AFTER[s.byte(k)] as number) >>> (s.byte(k + 1) & 31)) & 1) === 0) continue;
    const found = keyPrefix(s, k, hi);
    if (found > 0) return found;
  }
  return s.add(dottedStart(s, start), padding(s, end, hi), "SECRET", "secret.random");
}

/**
 * Where the key begins whose last part begins at start: parts with capitals and small letters or digits, with dots between
 * them.
 */
function dottedStart(s: Scanner, start: number): number {
  while (start - 1 > s.floor && s.byte(start - 1) === DOT) {
    let p = start - 1;
    let seen = 0;
    while (p > s.floor && start - p < RUN_MAX && s.is(p - 1, TOKEN)) seen |= CLASS[s.byte(--p)] as number;
    if (start - 1 - p < DOTTED_MIN || (seen & UPPER) === 0 || (seen & (LOWER | DIGIT)) === 0) break;
    start = p;
  }
  return start;
}

/** Whether bytes start to end change as often as random letters and digits do. */
function dense(s: Scanner, start: number, end: number): boolean {
  let changes = 0;
  let last = 0;
  let upper = 0;
  let lower = 0;
  let digits = 0;
  for (let k = start; k < end; k++) {
    const is = (CLASS[s.byte(k)] as number) & (LOWER | UPPER | DIGIT);
    if (is === LOWER) lower++;
    else if (is === UPPER) upper++;
    else if (is === DIGIT) digits++;
    if (is !== 0 && last !== 0 && is !== last) changes++;
    last = is;
  }
  return changes * 5 >= (end - start) * 2 && Math.min(upper, lower, digits) >= EACH_MIN;
}

/** Whether what begins at start is the digest of a file (sha384-…) or the data of one (base64,…). */
function digest(s: Scanner, start: number): boolean {
  if (s.hasPrefix(start, s.length, "sha")) return true;
  const word = start - 1 - "base64".length;
  return start > s.floor && s.byte(start - 1) === COMMA && word >= s.floor && s.hasPrefix(word, start, "base64");
}

// Bounds of a key in groups, in characters and groups.
const RUN_MAX = 64;
const GROUP_MIN = 4;
const GROUP_MAX = 8;
/** At least, after a word for one. */
const GROUPS = 3;
/** Of the groups of a product key, which has as many of them. */
const SURE_SIZE = 5;
const SINGLE_MIN = 10;
const SINGLE_MAX = 32;
/** Words before it, of which one says that it is a key. */
const WORDS = 3;

// Groups of a key for a second factor, as it is shown to be typed in.
const FOUR_MIN = 4;
const FOUR_MOST = 16;
const FOUR_SIZE = 4;

/** Finds the key of base32 in groups of four that the digit at i stands in: jbsw y3dp ehpk 3pxp. */
export function fours(s: Scanner, i: number, hi: number): number {
  let start = i;
  while (start > s.floor && i - start < FOUR_SIZE && s.is(start - 1, ALNUM)) start--;
  if (!four(s, start, hi)) return 0;
  while (start - FOUR_SIZE - 1 >= s.floor && s.byte(start - 1) === SPACE && four(s, start - FOUR_SIZE - 1, hi)) start -= FOUR_SIZE + 1;
  let groups = 0;
  let mixed = 0;
  let end = start;
  for (let p = start; groups < FOUR_MOST && four(s, p, hi); p += FOUR_SIZE + 1) {
    groups++;
    let seen = 0;
    for (let k = p; k < p + FOUR_SIZE; k++) seen |= CLASS[s.byte(k)] as number;
    if ((seen & DIGIT) !== 0 && (seen & (UPPER | LOWER)) !== 0) mixed++;
    end = p + FOUR_SIZE;
    if (end >= hi || s.byte(end) !== SPACE) break;
  }
  return groups < FOUR_MIN || mixed < FOUR_MIN / 2 ? 0 : s.add(start, end, "SECRET", "secret.fours");
}

/** Whether four letters or digits of base32 (RFC 4648) that stand alone begin at p. */
function four(s: Scanner, p: number, hi: number): boolean {
  const end = p + FOUR_SIZE;
  if (p < s.floor || end > hi || (p > s.floor && s.is(p - 1, ALNUM)) || (end < s.length && s.is(end, ALNUM))) return false;
  for (let k = p; k < end; k++) if (!s.is(k, UPPER | LOWER) && (s.byte(k) < 0x32 || s.byte(k) > 0x37)) return false;
  return true;
}

/** A quick test whether the digit at i begins a group of capitals and digits before a dash. */
export function mayGroup(s: Scanner, i: number, hi: number): boolean {
  let p = i;
  while (p < hi && p - i < GROUP_MAX && s.is(p, UPPER | DIGIT)) p++;
  return p < hi && (s.byte(p) === DASH || p - i === GROUP_MAX);
}

/**
 * Finds the licence, product or gift card key that the digit at i stands in: groups of capitals and digits with dashes, or a
 * run of them.
 */
export function groupedKey(s: Scanner, i: number, hi: number): number {
  let start = i;
  let end = i;
  while (start > s.floor && i - start < RUN_MAX && (s.is(start - 1, UPPER | DIGIT) || s.byte(start - 1) === DASH)) start--;
  while (end < hi && end - i < RUN_MAX && (s.is(end, UPPER | DIGIT) || s.byte(end) === DASH)) end++;
  s.keyEnd = end;
  const size = end - start;
  if (size < SINGLE_MIN || size > RUN_MAX || (start > s.floor && s.is(start - 1, ALNUM))) return 0;
  if (end < s.length && (s.is(end, ALNUM) || s.byte(end) === UNDERSCORE)) return 0;
  let groups = 0;
  let even = true;
  let letters = 0;
  let digits = 0;
  let from = start;
  for (let k = start; k <= end; k++) {
    if (k === end || s.byte(k) === DASH) {
      const n = k - from;
      if (k < end || groups > 0) {
        if (n < GROUP_MIN || n > GROUP_MAX) return 0;
        even &&= n === SURE_SIZE;
      }
      groups++;
      from = k + 1;
    } else if (s.is(k, DIGIT)) digits++;
    else letters++;
  }
  if (digits === 0 || (letters === 0 && groups <= GROUPS)) return 0;
  if (groups === SURE_SIZE && even && letters > 0) return s.add(start, end, "SECRET", "secret.grouped");
  const seen = labelLeft(s, start);
  if (seen !== undefined && seen.kind >= 0 && !isSecretKind(seen.kind)) return 0;
  const single = groups === 1 && size <= SINGLE_MAX && letters > 0 && random(s, start, end);
  return (!single && groups < GROUPS) || !keyBefore(s, start) ? 0 : s.add(start, end, "SECRET", "secret.grouped");
}

/** Whether a word directly before p says that a key follows. */
function keyBefore(s: Scanner, p: number): boolean {
  let from = p;
  for (let n = 0; n < WORDS && p > s.floor; ) {
    if (!s.is(p - 1, LETTER)) {
      if (from - p > LABEL_GAP || (s.is(p - 1, DIGIT) && n > 0)) return false;
      p--;
      continue;
    }
    const w = backWord(s, p);
    if (w === p) return false;
    const word = s.lowered(w, p);
    if (KEY_WORDS.has(word)) {
      if (word !== "code") return true;
      const last = Math.max(s.floor, w - 1);
      const before = s.lowered(backWord(s, last), last);
      return !otherWord(before) || KEY_WORDS.has(before);
    }
    p = from = w;
    n++;
  }
  return false;
}
