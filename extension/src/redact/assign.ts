// Values that a secret's name is given. The twin of internal/redact/assign.go.

import { backHash, BackTable } from "./backword";
import { believed, looksSecret, namedFor, reference } from "./believe";
import { userBefore } from "./credentials";
import { lower } from "./fold";
import { backWord, wordEnd } from "./lexicon";
import { UUID_LENGTH, uuidAt } from "./number";
import { unspaced } from "./said";
import type { Scanner } from "./scanner";
import { inCharset, random } from "./secret";
import {
  ALNUM,
  BLANK,
  DIGIT,
  Endings,
  LETTER,
  LOWER,
  NOT_SECRETS,
  PASSWORDS,
  SECRET_COLON,
  SECRET_KEYS,
  SECRET_PROSE,
  SECRET_RANDOM,
  SECRET_SCHEMES,
  SECRET_VALUE_MAX,
  UPPER,
} from "./tables";

const SPACE = 0x20;
const QUOTE = 0x22;
const SLASH = 0x2f;
const LESS = 0x3c;
const COLON = 0x3a;
const EQUALS = 0x3d;
const MORE = 0x3e;

/** Finds the value that a secret's name is given at i: password=…, "api_key": "…", Authorization: …. */
export function assignment(s: Scanner, i: number, hi: number): number {
  const arrow = isArrow(s, i, hi);
  const nameEnd = arrow ? i - 1 : i;
  let { kind, quoted } = secretName(s, nameEnd);
  if (kind === NO_SECRET && s.byte(i) === EQUALS) ({ kind, quoted } = keyAttribute(s, i));
  if (kind === NO_SECRET && s.byte(i) === COLON) kind = namedFor(s, i, hi);
  if (kind === NO_SECRET) return 0;
  if (s.byte(i) === MORE && !arrow) return element(s, i, hi, kind);
  let k = i + 1;
  while (k < hi && (s.byte(k) === 0x3d || s.byte(k) === 0x3e) && k - i < 3) k++;
  const gap = k;
  while (k < hi && s.is(k, BLANK) && k - gap < 3) k++;
  if (k >= hi) return 0;
  const quote = s.byte(k);
  if (quote === 0x22 || quote === 0x27 || quote === 0x60) {
    const end = quotedEnd(s, k + 1, hi, quote);
    if (end <= k + 1 || !isSecretValue(s, k + 1, end) || (kind === RANDOM_SECRET && !isRandom(s, k + 1, end))) return 0;
    return s.add(k + 1, end, "SECRET", "secret.assigned");
  }
  let strict = s.byte(i) === 0x3d || quoted;
  if (kind === HEADER_SECRET || s.is(k, LETTER)) {
    const w = wordEnd(s, k, hi);
    if (SECRET_SCHEMES.has(s.lowered(k, w)) && w + 1 < hi && s.byte(w) === 0x20) {
      k = w + 1;
      strict = kind === HEADER_SECRET || strict;
    }
  }
  const end = bareEnd(s, k, hi, strict);
  if (end <= k || !isSecretValue(s, k, end) || (kind === RANDOM_SECRET && !isRandom(s, k, end))) return 0;
  if (kind === RANDOM_SECRET) strict = true;
  if (!strict && !believed(s, kind, nameEnd, k, end)) return 0;
  if (!strict || s.is(gap, BLANK)) userBefore(s, labelStart(s, nameEnd));
  return s.add(k, end, "SECRET", "secret.assigned");
}

/** Where the word begins that ends before the sign at i. */
function labelStart(s: Scanner, i: number): number {
  return backWord(s, i > s.floor && s.byte(i - 1) === SPACE ? i - 1 : i);
}

/** Whether the ">" at i ends an arrow between a name and a value: password -> Hunter22. */
function isArrow(s: Scanner, i: number, hi: number): boolean {
  return s.byte(i) === MORE && i > s.floor && s.byte(i - 1) === 0x2d && i + 1 < hi && s.byte(i + 1) === SPACE;
}

// What the name left of a ":" or "=" is.
export const NO_SECRET = 0;
/** Secret where its value is random (session=…). */
export const RANDOM_SECRET = 1;
/** Secret where a program writes it (sid=…), an ordinary word elsewhere. */
export const WEAK_SECRET = 2;
/** The same, but secret also where a person gives it letters and digits (pass: …). */
export const COLON_SECRET = 3;
/** Secret also where a person writes it (Password: …). */
export const PROSE_SECRET = 4;
/** Authorization. */
const HEADER_SECRET = 5;

// Bounds of a name, in characters and in parts ("aws_secret_access_key" has four).
export const NAME_MAX = 40;
const PARTS_MAX = 4;
/** Of a name that other letters are glued to ("Kundenkennwort"), at least. */
export const STEM_MIN = 5;
/** Of what stands in brackets behind a name. */
const TAIL_MAX = 24;

/** Where a name ends before its number or a remark in brackets: password2, Password (temporary). */
function nameTail(s: Scanner, end: number): number {
  if (end > s.floor && s.byte(end - 1) === 0x29) {
    let p = end - 1;
    while (p > s.floor && end - p < TAIL_MAX && s.byte(p - 1) !== 0x28) p--;
    if (p - 2 <= s.floor || s.byte(p - 1) !== 0x28) return end;
    end = p - 1;
    if (s.byte(end - 1) === SPACE) end--;
  }
  let p = end;
  while (p > s.floor && end - p < 2 && s.is(p - 1, DIGIT)) p--;
  if (p < end && p > s.floor && s.byte(p - 1) === 0x5f) p--;
  return p === s.floor || !s.is(p - 1, LETTER) ? end : p;
}

const nameFound = { kind: NO_SECRET, quoted: false };

/** Reads the name that ends before i, backwards, and tells whether it is quoted. */
export function secretName(s: Scanner, i: number): Readonly<typeof nameFound> {
  nameFound.kind = NO_SECRET;
  nameFound.quoted = false;
  let end = i;
  while (end > s.floor && s.byte(end - 1) === 0x20 && i - end < 2) end--;
  if (end > s.floor && oneOf(s, end - 1, '"\'`]')) {
    nameFound.quoted = s.byte(end - 1) !== 0x5d;
    end--;
    if (!nameFound.quoted && end > s.floor && oneOf(s, end - 1, "\"'")) {
      nameFound.quoted = true; // env["password"]
      end--;
    }
  }
  end = nameTail(s, end);
  if (end - 2 >= s.floor && s.is(end - 2, ALNUM) && !SECRET_ENDS.may(s.byte(end - 2), s.byte(end - 1))) return nameFound;
  const limit = Math.max(s.floor, end - NAME_MAX);
  let h = 0;
  let parts = 0;
  for (let p = end; p > limit && parts < PARTS_MAX; ) {
    const c = s.byte(p - 1);
    if (!s.is(p - 1, ALNUM)) {
      const apostrophe = c === 0x27 && p - 2 >= limit && s.is(p - 2, LETTER);
      if ((c !== 0x5f && c !== 0x2d && c !== 0x20 && !apostrophe) || p === end || !s.is(p, ALNUM)) break;
      if (c === 0x5f) nameFound.quoted = true; // as programs write it
      p--;
      continue;
    }
    h = backHash(h, lower(c));
    if (!NAMES.isEnd(h)) break;
    p--;
    const begins = partBegins(s, p, limit);
    if (!begins && end - p < STEM_MIN) continue;
    if (begins && !unspaced(s, p)) parts++;
    const kind = NAMES.values[NAMES.find(s, h, p, end, ALNUM)] as number;
    if (!begins && kind !== PROSE_SECRET) continue;
    if (kind >= WEAK_SECRET || (kind === RANDOM_SECRET && nameFound.kind === NO_SECRET)) nameFound.kind = kind;
    if (kind >= PROSE_SECRET) break;
  }
  return nameFound;
}

/** What is given a secret; a value is what it is. What is in two lists is what the later one says. */
const NAMES = new BackTable();
const kinds = new Map<string, number>();
for (const word of SECRET_RANDOM) kinds.set(word, RANDOM_SECRET);
for (const word of SECRET_KEYS) kinds.set(word, WEAK_SECRET);
for (const word of SECRET_COLON) kinds.set(word, COLON_SECRET);
for (const word of SECRET_PROSE) kinds.set(word, PROSE_SECRET);
kinds.set("authorization", HEADER_SECRET);
kinds.forEach((kind, word) => {
  NAMES.add(word, kind);
});

/** Of these names, and of the words for a password that said.ts reads. */
export const SECRET_ENDS = new Endings([...kinds.keys(), ...PASSWORDS]);

/** Whether a part of a name begins at p. */
function partBegins(s: Scanner, p: number, limit: number): boolean {
  if (p === limit || !s.is(p - 1, ALNUM)) return true;
  return unspaced(s, p) || (s.is(p, UPPER) && s.is(p - 1, LOWER));
}

/** The place of the closing quote, or 0. */
export function quotedEnd(s: Scanner, k: number, hi: number, quote: number): number {
  hi = Math.min(hi, k + SECRET_VALUE_MAX);
  const start = k;
  while (k < hi && s.byte(k) !== 0x0a && s.byte(k) !== quote) k++;
  s.marks.sawFar(k - start);
  return k < hi && s.byte(k) === quote ? k : 0;
}

export function oneOf(s: Scanner, i: number, chars: string): boolean {
  const c = s.byte(i);
  for (let k = 0; k < chars.length; k++) if (chars.charCodeAt(k) === c) return true;
  return false;
}

/** The end of a value without quotes. */
export function bareEnd(s: Scanner, k: number, hi: number, strict: boolean): number {
  const start = k;
  hi = Math.min(hi, k + SECRET_VALUE_MAX);
  while (k < hi && !s.is(k, BLANK) && !oneOf(s, k, strict ? "\"<>&;,'}" : '"<>')) k++;
  while (k > start && oneOf(s, k - 1, ".,;:!?)]}'")) k--;
  return k;
}

/** The shortest value worth replacing, in characters. */
const SECRET_MIN = 3;

/** Tells a value from a keyword, a variable, a call or a placeholder. */
export function isSecretValue(s: Scanner, k: number, end: number): boolean {
  if (end - k < SECRET_MIN || NOT_SECRETS.has(s.lowered(k, end))) return false;
  if (oneOf(s, k, "${<*([#/") || s.byte(end - 1) === 0x5b) return false;
  return s.lastIndexOf(0x28, k, end) < 0 && !reference(s, k, end);
}

/** The shortest value of a name that is secret only where its value is random, in characters. */
export const RANDOM_MIN = 16;

/** Tells a session or key from words, numbers and UUIDs. */
function isRandom(s: Scanner, k: number, end: number): boolean {
  if (end - k < RANDOM_MIN || (end - k === UUID_LENGTH && uuidAt(s, k))) return false;
  for (let p = k; p < end; p++) if (!inCharset(s, p, "t") && s.byte(p) !== 0x3a) return false;
  return random(s, k, end);
}

const VALUES = ["value", "content"];

/** Reads the name of key="ApiKey" value=… and name="csrf-token" content=…, whose last "=" is at i. */
function keyAttribute(s: Scanner, i: number): Readonly<typeof nameFound> {
  for (const value of VALUES) {
    const p = i - value.length;
    if (p - 2 >= s.floor && s.hasPrefix(p, i, value) && s.byte(p - 1) === SPACE && s.byte(p - 2) === QUOTE) {
      return secretName(s, p - 1);
    }
  }
  return secretName(s, i);
}

/** Reads what stands in the element whose tag, <password> or <string name="password">, ends at i. */
function element(s: Scanner, i: number, hi: number, kind: number): number {
  let name = i;
  const named = s.byte(i - 1) === 0x22;
  while (name > s.floor && i - name < NAME_MAX && s.byte(name - 1) !== LESS && (named || !s.is(name - 1, BLANK))) name--;
  if (named && s.slice(name, i).split('name="').length !== 2) return 0; // <string name="password">
  if (name === s.floor || s.byte(name - 1) !== LESS || s.byte(name) === SLASH) return 0;
  let end = i + 1;
  const limit = Math.min(hi, i + SECRET_VALUE_MAX);
  while (end < limit && s.byte(end) !== LESS && s.byte(end) !== 0x0a) end++;
  s.marks.sawFar(end - i);
  if (end + 1 >= hi || s.byte(end) !== LESS || s.byte(end + 1) !== SLASH || !isSecretValue(s, i + 1, end)) return 0;
  if (s.indexOf(SPACE, i + 1, end) >= 0) return 0;
  if ((kind === RANDOM_SECRET && !isRandom(s, i + 1, end)) || (kind > RANDOM_SECRET && kind < PROSE_SECRET && !looksSecret(s, i + 1, end))) return 0;
  return s.add(i + 1, end, "SECRET", "secret.assigned");
}
