// Passwords that a sentence says. The twin of internal/redact/said.go.

import {
  bareEnd,
  COLON_SECRET,
  isSecretValue,
  NO_SECRET,
  oneOf,
  PROSE_SECRET,
  RANDOM_MIN,
  RANDOM_SECRET,
  SECRET_ENDS,
  secretName,
} from "./assign";
import { looksSecret, mixed, PROSE_MIN } from "./believe";
import { userBefore } from "./credentials";
import { isUnspaced } from "./fold";
import { backWord } from "./lexicon";
import { recoveryListed, recoveryMay } from "./recovery";
import type { Scanner } from "./scanner";
import { random } from "./secret";
import { ALNUM, BLANK, Endings, PASSWORDS, SAYS, WORD_MAX } from "./tables";

/** Bounds the password up to its first digit, in characters. */
const SAID_MAX = 64;
/** Characters between the name and the password. */
const SAID_GAP = 3;
/** Words between the name and the verb: "the password of the hotel's network is". */
const SAID_BETWEEN = 5;

const SPACE = 0x20;
const LINE = 0x0a;

/**
 * Finds the password of "your password is Hunter22" and "password Hunter22", or on the line after its name: the digit at i
 * stands in it.
 */
export function saidPassword(s: Scanner, i: number, hi: number): number {
  let start = i;
  while (start > s.floor && i - start < SAID_MAX && !s.is(start - 1, BLANK) && !oneOf(s, start - 1, "(|") && !unspaced(s, start - 1)) start--;
  if (start - 2 <= s.floor || i - start === SAID_MAX || !saysBefore(s, start)) return 0;
  if (s.byte(start - 1) === LINE) {
    const end = recoveryListed(s, start, hi);
    if (end > 0) return end;
  }
  const from = start;
  if (start < i && oneOf(s, start, "\"'`")) start++;
  if (!runs(s, start, PROSE_MIN, hi)) return 0;
  const verb = verbBefore(s, start);
  const named = verb === 0 ? namedBefore(s, from) : PROSE_SECRET;
  if (named === NO_SECRET || (verb > 0 && !secretBefore(s, verb, RANDOM_SECRET))) return 0;
  let end = bareEnd(s, start, hi, false);
  for (let k = i; k < end; k++) if (unspaced(s, k)) end = k; // what is said after it in such a script
  if (named === RANDOM_SECRET && (end - start < RANDOM_MIN || !random(s, start, end))) return 0;
  if (end <= i || !isSecretValue(s, start, end) || !looksSecret(s, start, end)) return 0;
  const long = end - start >= RANDOM_MIN && random(s, start, end);
  const least = long ? RANDOM_SECRET : mixed(s, start, end) ? COLON_SECRET : PROSE_SECRET;
  if (verb > 0 && !secretBefore(s, verb, least)) return 0;
  if (verb === 0) userBefore(s, backWord(s, nameGap(s, from)));
  return s.add(start, end, "SECRET", "secret.said");
}

/** Whether n characters without a blank begin at i. */
function runs(s: Scanner, i: number, n: number, hi: number): boolean {
  for (let k = i; k < i + n; k++) if (k >= hi || s.is(k, BLANK)) return false;
  return true;
}

const SAYS_END = new Endings([...SAYS, " ", '"', "'", "`"]); // the signs may stand between

/** A quick test whether saidPassword may find something at i; saying yes wrongly only costs time. */
export function maySay(s: Scanner, i: number): boolean {
  if (i - 1 <= s.floor) return false;
  return !s.is(i - 1, BLANK) || saysBefore(s, i);
}

/** A quick test whether a verb or a name may stand before what begins at i. */
function saysBefore(s: Scanner, i: number): boolean {
  if (i < 3 || (!s.is(i - 1, BLANK) && !oneOf(s, i - 1, "(|"))) return true;
  if (SAYS_END.may(s.byte(i - 3), s.byte(i - 2)) || SECRET_ENDS.may(s.byte(i - 3), s.byte(i - 2))) return true;
  if (s.byte(i - 1) === LINE && recoveryMay(s, i - 1)) return true;
  const p = nameGap(s, i);
  return p < i - 1 && p - 2 >= s.floor && SECRET_ENDS.may(s.byte(p - 2), s.byte(p - 1));
}

/** Where the word ends that stands before i, and blanks or signs such as a dash or bracket, or "'s". */
function nameGap(s: Scanner, i: number): number {
  let p = i;
  while (p > s.floor && i - p < SAID_GAP && (s.is(p - 1, BLANK) || oneOf(s, p - 1, "(|>;-"))) p--;
  return p - 2 > s.floor && s.byte(p - 1) === 0x73 && s.byte(p - 2) === 0x27 ? p - 2 : p;
}

/**
 * What stands directly before i, or on the line before: a word for a password (PROSE_SECRET), or the name of another secret,
 * which only a random value follows without a sign between them (RANDOM_SECRET).
 */
function namedBefore(s: Scanner, i: number): number {
  const p = nameGap(s, i);
  if (p === i || p - 2 < s.floor || !s.is(p - 1, ALNUM) || !SECRET_ENDS.may(s.byte(p - 2), s.byte(p - 1))) return NO_SECRET;
  if (PASSWORDS.has(s.lowered(backWord(s, p), p))) return PROSE_SECRET;
  const { kind } = secretName(s, p);
  if (kind >= PROSE_SECRET && (unspaced(s, p - 1) || oneOf(s, i - 1, "(|"))) return PROSE_SECRET;
  return kind === NO_SECRET ? NO_SECRET : RANDOM_SECRET;
}

/** Whether byte i is a letter of a script without spaces. */
export function unspaced(s: Scanner, i: number): boolean {
  return isUnspaced(s.byte(i));
}

/** Where a verb begins that stands before i, or 0. */
function verbBefore(s: Scanner, i: number): number {
  let p = i;
  while (p > s.floor && i - p < 2 && oneOf(s, p - 1, " \"'`")) p--;
  const end = p;
  if (p === s.floor || (p > 1 && !SAYS_END.may(s.byte(p - 2), s.byte(p - 1)))) return 0;
  p = unspaced(s, p - 1) ? p - 1 : backWord(s, p);
  if (p === end || (end > 1 && !SAYS_END.fits(s.byte(end - 2), s.byte(end - 1), end - p))) return 0;
  return SAYS.has(s.lowered(p, end)) ? p : 0;
}

/** Whether the name of a secret of at least such a kind stands before the verb at p, in the same sentence. */
function secretBefore(s: Scanner, p: number, least: number): boolean {
  for (let n = 0; n < SAID_BETWEEN; n++) {
    while (p > s.floor && s.byte(p - 1) === SPACE) p--;
    if (p === s.floor || (!s.is(p - 1, ALNUM) && s.byte(p - 1) !== 0x27)) return false;
    const { kind } = secretName(s, p);
    if (kind >= least && (n === 0 || kind !== COLON_SECRET)) return true;
    const end = p;
    while (p > s.floor && end - p < WORD_MAX && (s.is(p - 1, ALNUM) || oneOf(s, p - 1, "'-"))) p--;
  }
  return false;
}
