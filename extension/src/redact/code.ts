// One-time codes, which the words around them tell. The twin of internal/redact/code.go.

import { oneOf } from "./assign";
import { hasOwner } from "./believe";
import { direct, free, NOUNS, VERBS } from "./identifier";
import { LABELS, OTHER_THING, type SeenLabel } from "./label";
import { fraction, groupEnd, groupLen, groupSep, groupStart, joined, priced } from "./number";
import type { Scanner } from "./scanner";
import {
  BLANK,
  CODE_ASK,
  CODE_LABELS,
  CODE_NEVER,
  CODE_PROVE,
  CODE_SENDERS,
  CODE_SHARE,
  DIGIT,
  Endings,
  LETTER,
  LOWER,
  SECRET_OWNERS,
  SEP_DASH,
  SEP_SPACE,
  UPPER,
  WORD_MAX,
} from "./tables";

// Lengths of a one-time code, in characters.
export const LABELLED_MIN = 4;
export const LABELLED_MAX = 8;
/** How many words after a number may tell that it is a code: "482913 is your Example verification code". */
const WORDS_AFTER = 6;
/** Bounds the sign that may stand for the verb, with its blanks, in characters: "482913 - your code". */
const SIGN_MAX = 3;
const SPACE = 0x20;
const APOSTROPHE = 0x27;
const DASH = 0x2d;
const COLON = 0x3a;

/** Reads the code that a label stands directly before: digits, in two groups or not, or capitals and digits. */
export function labelledCode(
  s: Scanner,
  i: number,
  limit: number,
  lead: number,
  count: number,
  seen: Readonly<SeenLabel>,
): number {
  const start = i - lead;
  let end = codeEnd(s, count);
  while (end < limit && s.is(end, UPPER | DIGIT)) end++;
  if (start < seen.end || !direct(s, seen, start) || priced(s, start) || fraction(s, start)) return 0;
  for (let k = start; k < i; k++) if (!s.is(k, UPPER)) return 0;
  const n = end - start;
  if (n < LABELLED_MIN || n > LABELLED_MAX + 1 || !free(s, start, end) || codeGoesOn(s, end)) return 0;
  if (noPIN(s, seen.start, seen.end, end)) return 0;
  return s.add(start, end, "SECRET", "secret.code");
}

/** The end of the first group of the cluster, or of the last where they are halves or thirds of a code. */
export function codeEnd(s: Scanner, count: number): number {
  const n = groupLen(s, 0);
  const thirds = count === 3 && n === 2 && groupLen(s, 1) === 2 && groupLen(s, 2) === 2;
  if (thirds && joined(s, 1, SEP_SPACE) && joined(s, 2, SEP_SPACE)) return groupEnd(s, 2);
  const halves = count === 2 && n >= 3 && n <= 4 && groupLen(s, 1) === n && s.groupSepLen[1] === 1;
  return halves && (groupSep(s, 1) & (SEP_SPACE | SEP_DASH)) !== 0 ? groupEnd(s, 1) : groupEnd(s, 0);
}

/** Whether a percent sign, colon or symbol after the number makes it a measure or a time. */
export function codeGoesOn(s: Scanner, end: number): boolean {
  if (end >= s.length) return false;
  const c = s.byte(end);
  return c === 0x25 || c === 0x24 || (c === 0x3a && end + 1 < s.length && s.is(end + 1, DIGIT));
}

/** Reads a one-time code that is followed by what it is. */
export function codeBefore(s: Scanner, i: number, limit: number, count: number): number {
  const end = codeEnd(s, count);
  const size = end - i;
  if (size < LABELLED_MIN || size > LABELLED_MAX + 1 || count > 2 || end + 4 > limit) return 0;
  const sign = s.byte(end) === COLON || (s.byte(end) === SPACE && s.byte(end + 1) === DASH);
  if (!sign && (s.byte(end) !== SPACE || !s.is(end + 1, LETTER | BLANK))) return 0;
  const start = codeSender(s, i);
  if (start === i && !free(s, i, end)) return 0;
  let p = end;
  if (sign) while (p < limit && p - end < SIGN_MAX && oneOf(s, p, " :-")) p++;
  for (let n = 0; n < WORDS_AFTER; n++) {
    while (p < limit && (s.byte(p) === SPACE || (s.byte(p) === DASH && n > 1))) p++;
    const begin = p;
    while (p < limit && s.is(p, LETTER)) p++;
    if (p === begin) return 0;
    const word = s.lowered(begin, p);
    if (n === 0) {
      if (sign ? !SECRET_OWNERS.has(word) : !VERBS.has(word)) return 0;
      continue;
    }
    if (otherWord(word)) return 0;
    if (NOUNS.has(word)) return s.add(start, end, "SECRET", "secret.code");
  }
  return 0;
}

/** Whether a word before "code" makes it one of a thing: "product code". */
export function otherWord(word: string): boolean {
  return LABELS.get(word)?.kind === OTHER_THING && !CODE_SENDERS.has(word);
}

/** Where a code begins whose digits begin at i and that its sender put a letter before: G-482913. */
function codeSender(s: Scanner, i: number): number {
  if (i - 2 < s.floor || s.byte(i - 1) !== DASH || !s.is(i - 2, UPPER)) return i;
  return i - 2 > s.floor && !s.is(i - 3, BLANK) ? i : i - 2;
}

// Bounds of the words around a code that somebody is asked to enter or to keep to himself, in words.
const SHARE_REACH = 12;
const PROVE_REACH = 3;
/** The same, in characters. */
const ASK_REACH = 160;

/**
 * Reads a one-time code that one is asked to enter ("use 482913 to sign in"), or not to share ("your Example code:
 * 482913. Don't share it").
 */
export function codeAsked(s: Scanner, i: number, limit: number, count: number): number {
  const end = codeEnd(s, count);
  const size = end - i;
  if (size < LABELLED_MIN || size > LABELLED_MAX + 1 || count > 2 || !free(s, i, end)) return 0;
  let p = i;
  while (p > s.floor && i - p < 2 && (s.byte(p - 1) === SPACE || s.byte(p - 1) === COLON)) p--;
  let start = p;
  while (start > s.floor && p - start < WORD_MAX && s.is(start - 1, LETTER)) start--;
  if (p === i || start === p) return 0;
  const word = s.lowered(start, p);
  const noun = NOUNS.has(word);
  if ((!noun && !CODE_ASK.has(word)) || !codeFollowed(s, end, limit, noun)) return 0;
  return s.add(i, end, "SECRET", "secret.code");
}

/** Whether the words after a code say what it proves, or (after a noun) that it is not to be shared. */
function codeFollowed(s: Scanner, p: number, limit: number, noun: boolean): boolean {
  limit = Math.min(limit, p + ASK_REACH);
  let never = false;
  for (let n = 0; n < SHARE_REACH; n++) {
    while (p < limit && !s.is(p, LETTER | DIGIT)) p++;
    const begin = p;
    while (p < limit && p - begin < WORD_MAX && (s.is(p, LETTER) || s.byte(p) === APOSTROPHE)) p++;
    if (p === begin) return false;
    const word = s.lowered(begin, p);
    if ((n < PROVE_REACH && CODE_PROVE.has(word)) || (never && CODE_SHARE.has(word))) return true;
    if (n === 0 && !noun && word !== "to") return false;
    never ||= noun && CODE_NEVER.has(word);
  }
  return false;
}

// Lengths of a one-time or card verification code, in digits.
export const CODE_MIN = 3;
export const CODE_MAX = 8;

/** How the words end that a code follows. */
const CODE_ENDS = new Endings([...CODE_LABELS, "is"]);

/** Finds the code after "verification code", "CVV", "PIN" in the first group of a cluster, which has as many digits as a code. */
export function oneTimeCode(s: Scanner, count: number): number {
  const start = groupStart(s, 0);
  let end = groupEnd(s, 0);
  const n = end - start;
  const halves = n === 3 || (count === 2 && n === 4 && joined(s, 1, SEP_DASH));
  if (halves && count > 1 && groupLen(s, 1) === n && s.groupSepLen[1] === 1) end = groupEnd(s, 1);
  if (s.floor >= start - 2) return 0;
  let k = start;
  while (k > s.floor && start - k < 3 && (oneOf(s, k - 1, " :#)=\n") || (s.byte(k - 1) === DASH && s.byte(k) === SPACE))) k--;
  if (k === start) return 0;
  if (k > 1 && !CODE_ENDS.may(s.byte(k - 2), s.byte(k - 1))) return 0;
  let word = codeWord(s, k);
  if (word === k - 2 && s.lowered(word, k) === "is") {
    k = word;
    while (k > s.floor && s.byte(k - 1) === 0x20) k--;
    word = codeWord(s, k);
  }
  if (word === k || !CODE_LABELS.has(s.lowered(word, k)) || noPIN(s, word, k, end)) return 0;
  return s.add(start, end, "SECRET", "secret.code");
}

/**
 * Whether the number that ends at end and follows the label is the year of a pin that is worn, or a postal index number of
 * India.
 */
function noPIN(s: Scanner, label: number, k: number, end: number): boolean {
  const start = groupStart(s, 0);
  const n = groupLen(s, 0);
  const word = s.lowered(label, k);
  if (word === "pin") {
    const year = s.hasPrefix(start, end, "19") || s.hasPrefix(start, end, "20");
    return k === start - 1 && s.byte(k) === SPACE && n === 4 && end === groupEnd(s, 0) && year;
  }
  if (word !== "pin code" && word !== "pin-code" && word !== "pincode") return false;
  return (n === 6 || end - start === 7) && s.byte(start) >= 0x31 && s.byte(start) <= 0x38 && !hasOwner(s, label);
}

/** Where the label begins that ends at k: a word, or two joined where the last is "code" or "password". */
function codeWord(s: Scanner, k: number): number {
  let start = k;
  while (start > s.floor && s.is(start - 1, UPPER | LOWER | DIGIT)) start--;
  const word = s.lowered(start, k);
  if (word !== "code" && word !== "password") return start;
  let p = start;
  if (p > s.floor && (s.byte(p - 1) === 0x20 || s.byte(p - 1) === 0x2d)) {
    p--;
    while (p > s.floor && (s.is(p - 1, UPPER | LOWER | DIGIT) || s.byte(p - 1) === 0x2d)) p--;
    return p;
  }
  return start;
}
