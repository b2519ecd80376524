// Mail addresses. The twin of internal/redact/email.go.

import { isUnspaced, lower } from "./fold";
import type { Scanner } from "./scanner";
import { ALNUM, DIGIT, FILE_EXTENSIONS, HEX, LETTER, LOWER, MAIL, TOP_LEVEL, UPPER } from "./tables";

// Bounds of RFC 5321, with room for what people glue to an address, in characters.
export const LOCAL_MAX = 128;
export const DOMAIN_MAX = 253;
const QUOTED_MAX = 66;

const QUOTE = 0x22;
const DASH = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const UNDERSCORE = 0x5f;
const X = 0x78;

/** Where the local part before the "@" at place at begins, or at itself where there is none. */
export function mailLocal(s: Scanner, at: number, from: number): number {
  from = Math.max(from, at - LOCAL_MAX);
  let j = at;
  while (j > from && s.is(j - 1, MAIL)) j--;
  while (j < at && !s.is(j, ALNUM) && s.byte(j) !== UNDERSCORE) j++;
  if (j === at && at > from && s.byte(at - 1) === QUOTE) {
    const open = s.lastIndexOf(QUOTE, Math.max(from, at - QUOTED_MAX), at - 1);
    if (open >= 0) return open;
  }
  return j;
}

/** The longest local part in a script without spaces, in letters: where the words before it end, nothing tells. */
const UNSPACED_LOCAL_MAX = 12;

/**
 * mailLocal for such a script: 用户@例子.com. Only before a domain with a known top-level label, or one in such a script:
 * people are mentioned by an "@", too.
 */
export function unspacedLocal(s: Scanner, at: number, from: number, end: number): number {
  let top = end;
  while (top > at + 1 && s.byte(top - 1) !== DOT) top--;
  if (!isUnspaced(s.byte(end - 1)) && !TOP_LEVEL.has(s.lowered(top, end))) return at;
  let j = at;
  while (j > from && at - j < UNSPACED_LOCAL_MAX && (isUnspaced(s.byte(j - 1)) || (j < at && s.is(j - 1, MAIL)))) j--;
  return j;
}

/** The end of the domain that begins at i, or 0. */
export function mailDomain(s: Scanner, i: number, hi: number): number {
  hi = Math.min(hi, i + DOMAIN_MAX);
  if (i < hi && s.byte(i) === OPEN) return mailLiteral(s, i, hi);
  let labels = 0;
  let end = 0;
  let firstEnd = 0;
  for (let at = i; ; ) {
    const start = at;
    while (at < hi && (s.is(at, ALNUM) || s.byte(at) === DASH)) at++;
    if (at === start) break;
    labels++;
    if (labels === 1) {
      firstEnd = at;
    } else {
      const stop = topLevel(s, start, at, labelFollows(s, at, hi));
      if (stop > 0) {
        if (labels > 2 && end > 0 && newSentence(s, start, end)) break;
        end = stop;
        if (stop < at) break;
      }
    }
    if (at + 1 >= hi || s.byte(at) !== DOT) break;
    at++;
  }
  return end === 0 || fileName(s, i, firstEnd, end) ? 0 : end;
}

/** Whether another label comes after the one that ends at i. */
function labelFollows(s: Scanner, i: number, hi: number): boolean {
  return i + 1 < hi && s.byte(i) === DOT && s.is(i + 1, ALNUM);
}

/** Where the label ends if it is a top-level one, or 0. A known one ends where the next word was glued to it. */
function topLevel(s: Scanner, start: number, end: number, followed: boolean): number {
  let k = start;
  while (k < end && s.is(k, LETTER)) k++;
  if (k - start < 2) return s.hasPrefix(start, end, "xn--") ? end : 0;
  if (followed) return k === end ? end : 0;
  for (let c = start + 1; c < k; c++) {
    if (s.is(c, UPPER) && s.is(c - 1, LOWER) && TOP_LEVEL.has(s.lowered(start, c))) return c;
  }
  if (k === end || s.hasPrefix(start, end, "xn--")) return end;
  return TOP_LEVEL.has(s.lowered(start, k)) ? k : 0;
}

/** Whether the label at start is the first word of the next sentence rather than of the domain. */
function newSentence(s: Scanner, start: number, end: number): boolean {
  if (!s.is(start, UPPER) || !s.is(end - 1, LOWER)) return false;
  let k = end;
  while (k > 0 && s.is(k - 1, LETTER)) k--;
  return TOP_LEVEL.has(s.lowered(k, end));
}

/** Tells "icon@2x.png" from an address. */
function fileName(s: Scanner, first: number, firstEnd: number, end: number): boolean {
  let k = first;
  while (k < firstEnd && s.is(k, DIGIT)) k++;
  if (k === first || k !== firstEnd - 1 || lower(s.byte(k)) !== X) return false;
  return FILE_EXTENSIONS.has(s.lowered(s.lastIndexOf(DOT, first, end) + 1, end));
}

/** Reads a domain such as [192.0.2.1]. */
function mailLiteral(s: Scanner, i: number, hi: number): number {
  let k = i + 1;
  while (k < hi && (s.is(k, ALNUM) || s.byte(k) === DOT || s.byte(k) === COLON)) k++;
  if (k - i < 4 || k >= hi || s.byte(k) !== CLOSE || !s.is(k - 1, HEX)) return 0;
  return s.placeholder(i, hi) > 0 ? 0 : k + 1;
}
