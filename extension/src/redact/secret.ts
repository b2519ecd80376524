// Keys, tokens, passwords and one-time codes. The twin of internal/redact/secret.go.

import { FOLD_ALPHABET, FOLD_UNSPACED, lower } from "./fold";
import { nameEnd } from "./lexicon";
import { groupEnd, groupLen, groupStart } from "./number";
import type { Scanner } from "./scanner";
import {
  ALNUM,
  ALWAYS,
  BLANK,
  CLASS,
  CODE_LABELS,
  DIGIT,
  HEX,
  KEY_AFTER,
  KEY_BEFORE,
  KEY_FORMS,
  LETTER,
  LOWER,
  NOT_SECRETS,
  PEM,
  SECRET_KEYS,
  SECRET_PROSE,
  SECRET_SCHEMES,
  SECRET_VALUE_MAX,
  TOKEN,
  UPPER,
} from "./tables";

const DASHES = "-----";

/** Finds a vendor's key by the rare character at i of its prefix. */
export function keyPrefix(s: Scanner, i: number, hi: number): number {
  if (i + 1 >= hi) return 0;
  const before = i > s.floor ? 1 << (s.byte(i - 1) & 31) : ALWAYS;
  const after = 1 << (s.byte(i + 1) & 31);
  const c = s.byte(i);
  if (((KEY_BEFORE[c] as number) & before) === 0 || ((KEY_AFTER[c] as number) & after) === 0) return 0;
  for (const form of KEY_FORMS[c] ?? []) {
    if ((form.before & before) === 0 || (form.after & after) === 0) continue;
    const start = i - form.at;
    if (start < s.floor || !s.hasPrefix(start, hi, form.prefix) || (start > s.floor && s.is(start - 1, ALNUM))) continue;
    const body = start + form.prefix.length;
    if (form.random && body < s.wordsEnd) continue;
    let end = body;
    while (end < hi && inCharset(s, end, form.charset)) end++;
    while (end > body && (s.byte(end - 1) === 0x2e || s.byte(end - 1) === 0x2d)) end--;
    if (form.random && !random(s, body, end)) {
      s.wordsEnd = end;
      continue;
    }
    if (end - body >= form.min) return s.add(start, end, "SECRET", form.rule);
  }
  return 0;
}

/** The charset column of rules/secrets.json. */
function inCharset(s: Scanner, i: number, set: string): boolean {
  const c = s.byte(i);
  switch (set) {
    case "a":
      return s.is(i, UPPER | LOWER | DIGIT);
    case "u":
      return s.is(i, UPPER | DIGIT);
    case "h":
      return s.is(i, HEX);
    case "j":
      return s.is(i, TOKEN) || c === 0x2e || c === 0x3d;
    case "t":
      return s.is(i, TOKEN) || c === 0x2e || c === 0x7e || c === 0x2b || c === 0x2f || c === 0x3d;
    default:
      return s.is(i, TOKEN);
  }
}

/** How often a random key changes between small letters, capitals and digits, at least; joined words change less. */
const RANDOM_CHANGES = 3;

export function random(s: Scanner, start: number, end: number): boolean {
  let changes = 0;
  for (let k = start + 1; k < end; k++) {
    const a = (CLASS[s.byte(k - 1)] as number) & (LOWER | UPPER | DIGIT);
    const b = (CLASS[s.byte(k)] as number) & (LOWER | UPPER | DIGIT);
    if (a !== b && a !== 0 && b !== 0) changes++;
  }
  return changes >= RANDOM_CHANGES;
}

/** Finds a private key in PEM armour. */
export function pem(s: Scanner, i: number, hi: number): number {
  if (!s.hasPrefix(i, hi, PEM.begin)) return 0;
  const header = i + PEM.begin.length;
  const close = search(s, DASHES, header, Math.min(hi, header + PEM.header_max));
  if (close < 0 || search(s, PEM.needs, header, close) < 0) return 0;
  const body = close + DASHES.length;
  const limit = Math.min(hi, body + PEM.body_max);
  let end = search(s, PEM.end, body, limit);
  if (end < 0) return s.add(i, limit, "SECRET", "secret.pem"); // cut off: what is there is still a key
  end += PEM.end.length;
  const last = search(s, DASHES, end, Math.min(hi, end + PEM.header_max));
  return s.add(i, last >= 0 ? last + DASHES.length : end, "SECRET", "secret.pem");
}

function search(s: Scanner, text: string, from: number, to: number): number {
  for (let k = from; k + text.length <= to; k++) if (s.hasPrefix(k, to, text)) return k;
  return -1;
}

/** Finds the value that a secret's name is given at i: password=…, "api_key": "…", Authorization: …. */
export function assignment(s: Scanner, i: number, hi: number): number {
  const name = secretName(s, i);
  if (name.kind === NO_SECRET) return 0;
  let k = i + 1;
  while (k < hi && (s.byte(k) === 0x3d || s.byte(k) === 0x3e) && k - i < 3) k++;
  const gap = k;
  while (k < hi && s.is(k, BLANK) && k - gap < 3) k++;
  if (k >= hi) return 0;
  const quote = s.byte(k);
  if (quote === 0x22 || quote === 0x27 || quote === 0x60) {
    const end = quotedEnd(s, k + 1, hi, quote);
    return end > k + 1 && isSecretValue(s, k + 1, end) ? s.add(k + 1, end, "SECRET", "secret.assigned") : 0;
  }
  let strict = s.byte(i) === 0x3d || name.quoted;
  if (name.kind === HEADER_SECRET || s.is(k, LETTER)) {
    const w = wordEnd(s, k, hi);
    if (SECRET_SCHEMES.has(s.lowered(k, w)) && w + 1 < hi && s.byte(w) === 0x20) {
      k = w + 1;
      strict = name.kind === HEADER_SECRET || strict;
    }
  }
  const end = bareEnd(s, k, hi, strict);
  if (end <= k || !isSecretValue(s, k, end)) return 0;
  if (!strict && (name.kind === WEAK_SECRET || !looksSecret(s, k, end))) return 0;
  return s.add(k, end, "SECRET", "secret.assigned");
}

// What the name left of a ":" or "=" is.
export const NO_SECRET = 0;
/** Secret where a program writes it (sid=…), an ordinary word elsewhere. */
const WEAK_SECRET = 1;
/** Secret also where a person writes it (Password: …). */
const PROSE_SECRET = 2;
/** Authorization. */
const HEADER_SECRET = 3;

// Bounds of a name, in characters and in parts ("aws_secret_access_key" has four).
const NAME_MAX = 40;
const PARTS_MAX = 4;

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
  }
  if (end - 2 >= s.floor && s.is(end - 2, ALNUM) && SECRET_ENDS[nameEnd(s.byte(end - 2), s.byte(end - 1))] === 0) return nameFound;
  const limit = Math.max(s.floor, end - NAME_MAX);
  let name = "";
  let parts = 0;
  for (let p = end; p > limit && parts < PARTS_MAX; ) {
    const c = s.byte(p - 1);
    if (!s.is(p - 1, ALNUM)) {
      if ((c !== 0x5f && c !== 0x2d && c !== 0x20) || p === end || !s.is(p, ALNUM)) break;
      p--;
      continue;
    }
    name = String.fromCharCode(lower(c)) + name;
    p--;
    if (!partBegins(s, p, limit)) continue;
    parts++;
    if (name === "authorization") {
      nameFound.kind = HEADER_SECRET;
      break;
    }
    if (SECRET_PROSE.has(name)) {
      nameFound.kind = PROSE_SECRET;
      break;
    }
    if (SECRET_KEYS.has(name)) nameFound.kind = WEAK_SECRET;
  }
  return nameFound;
}

/** By nameEnd, the last two characters of the names of secrets, and of what a code follows. */
const SECRET_ENDS = endsOf([...SECRET_KEYS, ...SECRET_PROSE, "authorization"]);
const CODE_ENDS = endsOf([...CODE_LABELS, "is"]);

function endsOf(names: readonly string[]): Uint8Array {
  const ends = new Uint8Array(1 << 10);
  for (const name of names) if (name.length > 1) ends[nameEnd(name.charCodeAt(name.length - 2), name.charCodeAt(name.length - 1))] = 1;
  return ends;
}

/** Whether a part of a name begins at p. */
function partBegins(s: Scanner, p: number, limit: number): boolean {
  if (p === limit || !s.is(p - 1, ALNUM)) return true;
  const c = s.byte(p);
  return (c >= FOLD_UNSPACED && c < FOLD_ALPHABET) || (s.is(p, UPPER) && s.is(p - 1, LOWER));
}

function wordEnd(s: Scanner, k: number, hi: number): number {
  while (k < hi && s.is(k, LETTER)) k++;
  return k;
}

/** The place of the closing quote, or 0. */
function quotedEnd(s: Scanner, k: number, hi: number, quote: number): number {
  hi = Math.min(hi, k + SECRET_VALUE_MAX);
  for (; k < hi && s.byte(k) !== 0x0a; k++) if (s.byte(k) === quote) return k;
  return 0;
}

function oneOf(s: Scanner, i: number, chars: string): boolean {
  const c = s.byte(i);
  for (let k = 0; k < chars.length; k++) if (chars.charCodeAt(k) === c) return true;
  return false;
}

/** The end of a value without quotes. */
function bareEnd(s: Scanner, k: number, hi: number, strict: boolean): number {
  const start = k;
  hi = Math.min(hi, k + SECRET_VALUE_MAX);
  while (k < hi && !s.is(k, BLANK) && !oneOf(s, k, strict ? "\"<>&;,'}" : '"<>')) k++;
  while (k > start && oneOf(s, k - 1, ".,;:!?)]}'")) k--;
  return k;
}

/** The shortest value worth replacing, in characters. */
const SECRET_MIN = 3;

/** Tells a value from a keyword, a variable, a call or a placeholder. */
function isSecretValue(s: Scanner, k: number, end: number): boolean {
  if (end - k < SECRET_MIN || NOT_SECRETS.has(s.lowered(k, end))) return false;
  return !oneOf(s, k, "${<*([#/") && s.lastIndexOf(0x28, k, end) < 0;
}

/** The shortest secret that a person writes after a label, in characters; fewer are words. */
const PROSE_MIN = 6;

/** Tells a password in prose from the next word of a sentence. */
function looksSecret(s: Scanner, k: number, end: number): boolean {
  if (end - k < PROSE_MIN) return false;
  let digits = 0;
  let letters = 0;
  let symbols = 0;
  for (let p = k; p < end; p++) {
    if (s.is(p, DIGIT)) digits++;
    else if (s.is(p, LETTER)) letters++;
    else if (oneOf(s, p, "!@#$%^&*_+=~")) symbols++;
  }
  return (digits > 0 && letters > 0) || symbols > 0 || digits === end - k;
}

// Lengths of a one-time or card verification code, in digits.
const CODE_MIN = 3;
const CODE_MAX = 8;

/** Finds the code after "verification code", "CVV", "PIN" in the first group of a cluster. */
export function oneTimeCode(s: Scanner, count: number): number {
  const start = groupStart(s, 0);
  let end = groupEnd(s, 0);
  const n = end - start;
  if (n === 3 && count > 1 && groupLen(s, 1) === 3 && s.groupSepLen[1] === 1) end = groupEnd(s, 1);
  if (n < CODE_MIN || n > CODE_MAX || s.floor >= start - 2) return 0;
  let k = start;
  while (k > s.floor && start - k < 3 && oneOf(s, k - 1, " :#\n")) k--;
  if (k === start) return 0;
  if (k - 2 < s.floor || CODE_ENDS[nameEnd(s.byte(k - 2), s.byte(k - 1))] === 0) return 0;
  let word = codeWord(s, k);
  if (s.lowered(word, k) === "is") {
    k = word;
    while (k > s.floor && s.byte(k - 1) === 0x20) k--;
    word = codeWord(s, k);
  }
  if (word === k || !CODE_LABELS.has(s.lowered(word, k))) return 0;
  return s.add(start, end, "SECRET", "secret.code");
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
