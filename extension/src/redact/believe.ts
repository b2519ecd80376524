// What a person writes after the name of a secret. The twin of internal/redact/believe.go.

import { COLON_SECRET, NO_SECRET, oneOf, PROSE_SECRET, secretName, STEM_MIN, WEAK_SECRET } from "./assign";
import { backWord } from "./lexicon";
import type { Scanner } from "./scanner";
import { random } from "./secret";
import {
  ALNUM,
  BLANK,
  CLASS,
  DIGIT,
  LETTER,
  LOWER,
  PASSWORDS,
  SECRET_FOR,
  SECRET_OWNERS,
  SECRET_ROOTS,
  UPPER,
  WORD_MAX,
} from "./tables";

const SPACE = 0x20;
const DASH = 0x2d;
const DOT = 0x2e;

/** The shortest secret that a person writes after a label, in characters; fewer are words. */
export const PROSE_MIN = 6;
/** How many capitals after small letters make a word a random one. */
const SAID_CAPITALS = 2;

/** Tells a password in prose from the next word of a sentence. */
export function looksSecret(s: Scanner, k: number, end: number): boolean {
  if (end - k < PROSE_MIN) return false;
  let digits = 0;
  let letters = 0;
  let symbols = 0;
  let capitals = 0;
  for (let p = k; p < end; p++) {
    if (p > k && s.is(p, UPPER) && s.is(p - 1, LOWER)) capitals++;
    if (s.is(p, DIGIT)) digits++;
    else if (s.is(p, LETTER)) letters++;
    else if (oneOf(s, p, "!@#$%^&*_+=~")) symbols++;
  }
  return (digits > 0 && letters > 0) || symbols > 0 || digits === end - k || capitals >= SAID_CAPITALS;
}

/**
 * Whether bytes k to end, which a person wrote after the name of a secret that ends before name, are the secret rather than
 * the next word of a sentence.
 */
export function believed(s: Scanner, kind: number, name: number, k: number, end: number): boolean {
  if (kind === WEAK_SECRET) return false;
  if (kind === COLON_SECRET) return mixed(s, k, end) || (end - k >= COLON_MIN && random(s, k, end));
  return looksSecret(s, k, end) || plainPassword(s, name, k, end);
}

/** The shortest value without digits of a name that is secret before a colon, in characters. */
const COLON_MIN = 12;

/** Whether bytes k to end are enough for a secret, and hold both letters and digits. */
export function mixed(s: Scanner, k: number, end: number): boolean {
  let seen = 0;
  for (let p = k; p < end; p++) seen |= CLASS[s.byte(p)] as number;
  return end - k >= PROSE_MIN && (seen & DIGIT) !== 0 && (seen & (UPPER | LOWER)) !== 0;
}

/** The longest password without a digit, in letters; longer ones are names of programs. */
const PLAIN_MAX = 24;

/**
 * Tells a password that is an ordinary word: it ends its line, and either its label says whose it is, or a username or
 * address stands before that.
 */
function plainPassword(s: Scanner, name: number, k: number, end: number): boolean {
  if (end - k < PROSE_MIN || end - k > PLAIN_MAX || (end < s.length && s.byte(end) !== 0x0a)) return false;
  for (let p = k; p < end; p++) if (!s.is(p, UPPER | LOWER) && (s.byte(p) !== DASH || p === k)) return false;
  while (name > s.floor && s.byte(name - 1) === SPACE) name--;
  const label = backWord(s, name);
  const word = s.lowered(label, name);
  if (PASSWORDS.has(word)) return hasOwner(s, label);
  for (let n = 0; n < word.length - STEM_MIN; n++) {
    if (PASSWORDS.has(word.slice(n + 1))) return true; // "Telefonpasswort" is of something
  }
  return false;
}

/** How far before a label the name of its owner may end, in characters. */
const OWNER_GAP = 4;

/** Whether the label that begins at p follows what was redacted as its owner, or a word such as "your" or "wifi". */
export function hasOwner(s: Scanner, p: number): boolean {
  if (s.redacted > 0 && p - s.redacted <= OWNER_GAP && p >= s.redacted) return true;
  if (p === s.floor || !oneOf(s, p - 1, " -")) return false;
  return SECRET_OWNERS.has(s.lowered(backWord(s, p - 1), p - 1));
}

/** Bounds "the key of the hotel's network:", in words. */
const FOR_WORDS = 5;
/** And such a word as "of", in letters. */
const FOR_MAX = 5;

/** What is named before the colon at i where words say what it is for: "Clave del wifi: …". */
export function namedFor(s: Scanner, i: number, hi: number): number {
  if (i + 1 >= hi || !s.is(i + 1, BLANK)) return NO_SECRET;
  let p = i;
  if (p > s.floor && s.byte(p - 1) === SPACE) p--;
  for (let n = 0; n < FOR_WORDS; n++) {
    const end = p;
    while (p > s.floor && end - p < WORD_MAX && (s.is(p - 1, ALNUM) || oneOf(s, p - 1, "-'"))) p--;
    if (p === end || p - 1 <= s.floor || s.byte(p - 1) !== SPACE) return NO_SECRET;
    if (end - p <= FOR_MAX && SECRET_FOR.has(s.lowered(p, end))) {
      const { kind } = secretName(s, p - 1);
      if (kind >= PROSE_SECRET) return kind;
      if (PASSWORDS.has(s.lowered(backWord(s, p - 1), p - 1))) return PROSE_SECRET;
    }
    p--;
  }
  return NO_SECRET;
}

/** Whether bytes k to end are a value of a program rather than one itself: process.env.TOKEN. */
export function reference(s: Scanner, k: number, end: number): boolean {
  const dot = s.indexOf(DOT, k, end);
  return dot > k && SECRET_ROOTS.has(s.lowered(k, dot));
}
