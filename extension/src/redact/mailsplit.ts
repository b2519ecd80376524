// Mail addresses that somebody wrote so that no machine reads them: ann (at) example (dot) com, ann AT example DOT com,
// "mail ann at example dot com", and those that lines or blanks cut at their signs. The twin of
// internal/redact/mailsplit.go.

import { oneOf } from "./assign";
import { sentenceEnd } from "./context";
import { DOMAIN_MAX, LOCAL_MAX, mailLocal } from "./email";
import { flags, FUNCTION } from "./lexicon";
import type { Scanner } from "./scanner";
import { ALNUM, AT_WORDS, BLANK, DIGIT, DOT_WORDS, LETTER, MAIL_WORDS, TOP_LEVEL } from "./tables";

/** The longest word in brackets, with its blanks, in characters. */
const BRACKETS_MAX = 12;
/** How many dots of a local part may be words. */
const SPELLED_PARTS = 3;
/** How far left of an address a word may say that it is one, in characters. */
const MAIL_REACH = 24;

const LINE = 0x0a;
const SPACE = 0x20;
const DASH = 0x2d;
const DOT = 0x2e;
const CLOSE = 0x5d;
const UNDERSCORE = 0x5f;

/** What splitMail found last; end is 0 where it found nothing. */
export const split = { start: 0, end: 0 };

/** Reads the address whose sign is at place at and that blanks or line ends cut, if it is one. */
export function splitMail(s: Scanner, at: number, from: number, hi: number): void {
  split.end = 0;
  let left = at;
  let right = at + 1;
  while (left > from && at - left < 2 && s.is(left - 1, BLANK)) left--;
  while (right < hi && right - at < 3 && s.is(right, BLANK)) right++;
  split.start = mailLocal(s, left, from);
  if (split.start === left) return;
  const end = spelledDomain(s, right, hi);
  const sure = mailLike(s, split.start, left) || (!plain && right > at + 1);
  if (end === 0 || (!sure && (left < at || s.byte(at + 1) === SPACE))) return; // "follow us @example.com"
  split.end = end;
}

/** Tells the local part of an address from a word. */
function mailLike(s: Scanner, start: number, end: number): boolean {
  for (let k = start + 1; k < end; k++) if (s.is(k, DIGIT) || s.byte(k) === DOT || s.byte(k) === UNDERSCORE) return true;
  return false;
}

/** Whether all dots of the domain that spelledDomain read last are dots. */
let plain = true;

/**
 * The end of the domain that begins at i, whose dots may be words or stand between blanks, or 0. Its last label is a known
 * one.
 */
function spelledDomain(s: Scanner, i: number, hi: number): number {
  hi = Math.min(hi, i + DOMAIN_MAX);
  plain = true;
  let end = 0;
  for (let at = i, labels = 0; ; labels++) {
    const start = at;
    while (at < hi && (s.is(at, ALNUM) || s.byte(at) === DASH)) at++;
    if (at === start) return end;
    if (labels > 0 && TOP_LEVEL.has(s.lowered(start, at))) end = at;
    const next = spelledDot(s, at, hi);
    if (next === 0 || (end > 0 && next > at + 1 && !countryAt(s, next, hi))) return end;
    plain = plain && next === at + 1;
    at = next;
  }
}

/** Whether a top-level label of two letters stands at i: "example dot co dot uk". */
function countryAt(s: Scanner, i: number, hi: number): boolean {
  return i + 2 <= hi && TOP_LEVEL.has(s.lowered(i, i + 2)) && (i + 2 === hi || !s.is(i + 2, ALNUM));
}

/** Where the next label of a domain begins after what stands for a dot at i, or 0. */
function spelledDot(s: Scanner, i: number, hi: number): number {
  if (i + 1 >= hi) return 0;
  if (s.byte(i) === DOT) return s.is(i + 1, ALNUM) ? i + 1 : 0;
  const k = s.is(i, BLANK) ? i + 1 : i;
  if (s.byte(k) === DOT && k + 1 < hi) {
    // " . " or a line that begins with the dot
    if (s.byte(i) === LINE && s.is(k + 1, ALNUM)) return k + 1;
    return k > i && k + 2 < hi && s.byte(k + 1) === SPACE && s.is(k + 2, ALNUM) ? k + 2 : 0;
  }
  const end = bracketed(s, k, hi, DOT_WORDS);
  if (end > 0) return end < hi && s.byte(end) === SPACE ? end + 1 : end;
  const word = k > i && k + 4 < hi && s.byte(k + 3) === SPACE && (s.hasPrefix(k, hi, "dot") || s.hasPrefix(k, hi, "DOT"));
  return word ? k + 4 : 0;
}

/** The end of the brackets at i that hold one of the words, or 0. */
function bracketed(s: Scanner, i: number, hi: number, words: ReadonlySet<string>): number {
  hi = Math.min(hi, i + BRACKETS_MAX);
  if (i >= hi) return 0;
  const n = "([{<".indexOf(String.fromCharCode(s.byte(i)));
  if (n < 0) return 0;
  const close = ")]}>".charCodeAt(n);
  let k = i + 1;
  while (k < hi && s.byte(k) === SPACE) k++;
  const start = k;
  while (k < hi && !s.is(k, BLANK) && s.byte(k) !== close) k++;
  if (!words.has(s.lowered(start, k))) return 0;
  while (k < hi && s.byte(k) === SPACE) k++;
  return k < hi && s.byte(k) === close ? k + 1 : 0;
}

/** Finds the address whose "(at)" is at i. */
export function bracketMail(s: Scanner, i: number, hi: number): number {
  let end = bracketed(s, i, hi, AT_WORDS);
  if (end === 0) return 0;
  const left = i > s.floor && s.byte(i - 1) === SPACE ? i - 1 : i;
  if (end < hi && s.byte(end) === SPACE) end++;
  const start = spelledLocal(s, left, s.floor);
  end = spelledDomain(s, end, hi);
  return end === 0 || start === left ? 0 : s.add(start, end, "EMAIL", "email.spelled");
}

/** Finds the address whose " AT " begins with the A at i. */
export function capitalMail(s: Scanner, i: number, hi: number): number {
  if (i - 2 < s.floor || s.byte(i - 1) !== SPACE || !s.hasPrefix(i, hi, "AT ")) return 0;
  const start = spelledLocal(s, i - 1, s.floor);
  const end = spelledDomain(s, i + 3, hi);
  if (start === i - 1 || end === 0 || (plain && !mailLike(s, start, i - 1))) return 0;
  return s.add(start, end, "EMAIL", "email.spelled");
}

/** mailLocal for a local part that may have words for dots. */
function spelledLocal(s: Scanner, end: number, from: number): number {
  let start = mailLocal(s, end, from);
  for (let n = 0; n < SPELLED_PARTS; n++) {
    const part = dotBefore(s, start, from);
    if (start === end || part < 0) break;
    const first = mailLocal(s, part, from);
    if (first === part) break;
    start = first;
  }
  return start;
}

/** Where a part of an address ends that what stands for a dot joins to the part at i, or -1. */
function dotBefore(s: Scanner, i: number, from: number): number {
  let p = i;
  if (p > from && s.byte(p - 1) === SPACE) p--;
  if (p - 4 >= from && p < i && (s.hasPrefix(p - 4, p, " dot") || s.hasPrefix(p - 4, p, " DOT"))) return p - 4;
  for (let q = p - 1; q > from && p - q < BRACKETS_MAX; q--) {
    if (bracketed(s, q, p, DOT_WORDS) === p) return s.byte(q - 1) === SPACE ? q - 1 : q;
  }
  return -1;
}

/** Looks for an address such as "ann at example dot com" in bytes from to hi, and makes it the next one. */
export function saidMail(s: Scanner, from: number, hi: number): void {
  for (let d = nextDot(s, from, hi); d < hi && !s.isLate(); d = nextDot(s, d + 1, hi)) {
    let label = d;
    while (label > from && d - label < LOCAL_MAX && (s.is(label - 1, ALNUM) || oneOf(s, label - 1, "-."))) label--;
    const left = label - 4;
    if (left <= from || !s.hasPrefix(left, hi, " at ")) continue;
    const local = mailLocal(s, left, from);
    const start = spelledLocal(s, left, from);
    const end = spelledDomain(s, label, hi);
    if (local === left || end === 0) continue;
    if (start < local || mailLike(s, start, left) || ((flags(s, start, left) & FUNCTION) === 0 && mailWord(s, start, from))) {
      s.mailStart = start;
      s.mailEnd = end;
      return;
    }
  }
}

const WORD_DOT = " dot ";
/** How far a search may go on that sees a byte where the word's last one should be (Horspool 1980). */
const SHIFT = new Uint8Array(256).fill(WORD_DOT.length);
for (let k = 0; k < WORD_DOT.length - 1; k++) SHIFT[WORD_DOT.charCodeAt(k)] = WORD_DOT.length - 1 - k;

/** How far one call of dotFrom looks, in bytes: a loop that runs long is compiled less well than a function that is called often. */
const DOT_STEP = 1024;

/** The first place from k on, but at least end where there is none, at which " dot " ends. */
function dotFrom(b: Uint8Array, k: number, end: number): number {
  while (k < end && !isDot(b, k)) k += SHIFT[b[k] as number] as number;
  return k;
}

/** Whether " dot " ends with byte k. */
function isDot(b: Uint8Array, k: number): boolean {
  return b[k] === SPACE && b[k - 1] === 0x74 && b[k - 2] === 0x6f && b[k - 3] === 0x64 && b[k - 4] === SPACE;
}

/** The next place of " dot " from i on, or hi. It looks at no part of the text twice. */
function nextDot(s: Scanner, i: number, hi: number): number {
  if (s.dotAt < i) {
    const limit = Math.min(s.length, s.dotLimit);
    let k = i + WORD_DOT.length - 1; // where the last byte of the word would be
    while (k < limit && !isDot(s.b, k)) k = dotFrom(s.b, k + 1, Math.min(limit, k + DOT_STEP));
    s.dotAt = k < limit ? k - WORD_DOT.length + 1 : s.length;
  }
  return Math.min(s.dotAt, hi);
}

/** Whether a word such as "mail" stands before i. */
function mailWord(s: Scanner, i: number, from: number): boolean {
  const limit = Math.max(from, i - MAIL_REACH);
  for (let p = i; p > limit; ) {
    if (!s.is(p - 1, LETTER)) {
      if (sentenceEnd(s, p - 1) || s.byte(p - 1) === CLOSE) return false; // the words of placeholders say nothing
      p--;
      continue;
    }
    const end = p;
    while (p > limit && s.is(p - 1, LETTER)) p--;
    if (MAIL_WORDS.has(s.lowered(p, end))) return true;
  }
  return false;
}
