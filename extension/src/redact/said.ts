// Passwords that a sentence says. The twin of internal/redact/said.go.

import {
  bareEnd,
  isSecretValue,
  looksSecret,
  NO_SECRET,
  oneOf,
  PROSE_MIN,
  PROSE_SECRET,
  RANDOM_MIN,
  RANDOM_SECRET,
  SECRET_ENDS,
  secretName,
} from "./assign";
import { FOLD_ALPHABET, FOLD_UNSPACED } from "./fold";
import { type Scanner, WORD_MAX } from "./scanner";
import { random } from "./secret";
import { ALNUM, BLANK, Endings, LETTER, PASSWORDS, SAYS } from "./tables";

/** Bounds the password up to its first digit, in characters. */
const SAID_MAX = 64;
/** Words between the name and the verb: "the password of the hotel's network is". */
const SAID_BETWEEN = 5;

const SPACE = 0x20;

/**
 * Finds the password of "your password is Hunter22" and "password Hunter22", or on the line after its name: the digit at i
 * stands in it.
 */
export function saidPassword(s: Scanner, i: number, hi: number): number {
  let start = i;
  while (start > s.floor && i - start < SAID_MAX && !s.is(start - 1, BLANK) && !unspaced(s, start - 1)) start--;
  if (start - 2 <= s.floor || i - start === SAID_MAX) return 0;
  if (start < i && oneOf(s, start, "\"'`")) start++;
  if (!runs(s, start, PROSE_MIN, hi)) return 0;
  const named = saidBefore(s, start) ? PROSE_SECRET : namedBefore(s, start);
  if (named === NO_SECRET) return 0;
  const end = bareEnd(s, start, hi, false);
  if (named === RANDOM_SECRET && (end - start < RANDOM_MIN || !random(s, start, end))) return 0;
  if (end <= i || !isSecretValue(s, start, end) || !looksSecret(s, start, end)) return 0;
  return s.add(start, end, "SECRET", "secret.said");
}

/** Whether n characters without a blank begin at i. */
function runs(s: Scanner, i: number, n: number, hi: number): boolean {
  for (let k = i; k < i + n; k++) if (k >= hi || s.is(k, BLANK)) return false;
  return true;
}

const PASSWORD_ENDS = new Endings(PASSWORDS);
const SAYS_END = new Endings([...SAYS, " ", '"', "'", "`"]); // the signs may stand between

/** A quick test whether saidPassword may find something at i; saying yes wrongly only costs time. */
export function maySay(s: Scanner, i: number): boolean {
  if (i - 1 <= s.floor) return false;
  if (!s.is(i - 1, BLANK)) return true;
  return i < 3 || SAYS_END.may(s.byte(i - 3), s.byte(i - 2)) || SECRET_ENDS.may(s.byte(i - 3), s.byte(i - 2)) || PASSWORD_ENDS.may(s.byte(i - 3), s.byte(i - 2));
}

/**
 * What stands directly before i, or on the line before: a word for a password (PROSE_SECRET), or the name of another secret,
 * which only a random value follows without a sign between them (RANDOM_SECRET).
 */
function namedBefore(s: Scanner, i: number): number {
  const c = s.byte(i - 1);
  if (c !== SPACE && c !== 0x0a && c !== 0x09) return NO_SECRET;
  const end = i - 1;
  if (end - 2 < s.floor || !s.is(end - 1, ALNUM)) return NO_SECRET;
  if (!SECRET_ENDS.may(s.byte(end - 2), s.byte(end - 1)) && !PASSWORD_ENDS.may(s.byte(end - 2), s.byte(end - 1))) return NO_SECRET;
  let p = end;
  while (p > s.floor && end - p < WORD_MAX && s.is(p - 1, LETTER)) p--;
  const word = s.lowered(p, end);
  if (PASSWORDS.has(word)) return PROSE_SECRET;
  // After a verb the name stands before that.
  if (SAYS.has(word)) return NO_SECRET;
  return secretName(s, end).kind >= PROSE_SECRET ? RANDOM_SECRET : NO_SECRET;
}

/** Whether byte i is a letter of a script without spaces. */
export function unspaced(s: Scanner, i: number): boolean {
  return s.byte(i) >= FOLD_UNSPACED && s.byte(i) < FOLD_ALPHABET;
}

/** Whether a verb stands before i, and before that, in the same sentence, the name of a secret. */
function saidBefore(s: Scanner, i: number): boolean {
  let p = i;
  while (p > s.floor && i - p < 2 && oneOf(s, p - 1, " \"'`")) p--;
  const verb = p;
  if (p === s.floor || (p > 1 && !SAYS_END.may(s.byte(p - 2), s.byte(p - 1)))) return false;
  if (p > s.floor && unspaced(s, p - 1)) p--;
  else while (p > s.floor && verb - p < WORD_MAX && s.is(p - 1, LETTER)) p--;
  if (p === verb || (verb > 1 && !SAYS_END.fits(s.byte(verb - 2), s.byte(verb - 1), verb - p)) || !SAYS.has(s.lowered(p, verb))) return false;
  for (let n = 0; n < SAID_BETWEEN; n++) {
    while (p > s.floor && s.byte(p - 1) === SPACE) p--;
    if (p === s.floor || (!s.is(p - 1, ALNUM) && s.byte(p - 1) !== 0x27)) return false;
    if (secretName(s, p).kind >= PROSE_SECRET) return true;
    const end = p;
    while (p > s.floor && end - p < WORD_MAX && (s.is(p - 1, ALNUM) || oneOf(s, p - 1, "'-"))) p--;
  }
  return false;
}
