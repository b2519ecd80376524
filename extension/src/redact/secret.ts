// Keys of vendors, and private keys. The twin of internal/redact/secret.go.

import { isSecretValue } from "./assign";
import type { Scanner } from "./scanner";
import {
  ALNUM,
  ALWAYS,
  BLANK,
  CLASS,
  DIGIT,
  HEX,
  KEY_AFTER,
  KEY_BEFORE,
  KEY_FORMS,
  type KeyForm,
  LOWER,
  PEM,
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
    let start = i - form.at;
    if (start < s.floor || !s.hasPrefix(start, hi, form.prefix)) continue;
    const body = start + form.prefix.length;
    if (form.lead !== "") start = keyLead(s, start, form);
    if (start < 0 || (start > s.floor && s.is(start - 1, ALNUM) && s.is(start, ALNUM))) continue;
    if (form.random && body < s.wordsEnd) continue;
    let end = body;
    while (end < hi && inCharset(s, end, form.charset)) end++;
    while (end > body && (s.byte(end - 1) === 0x2e || s.byte(end - 1) === 0x2d)) end--;
    if (form.random && !random(s, body, end)) {
      s.wordsEnd = end;
      continue;
    }
    if (end - body < form.min || (form.keep && !isSecretValue(s, body, end))) continue;
    return s.add(form.keep ? body : start, end, form.type, form.rule);
  }
  return 0;
}

/** Bounds what belongs to a key before its prefix, in characters. */
const KEY_LEAD_MAX = 64;

/** Where a key begins whose prefix begins at start, or -1. */
function keyLead(s: Scanner, start: number, form: KeyForm): number {
  let k = start;
  while (k > s.floor && start - k < KEY_LEAD_MAX && inCharset(s, k - 1, form.lead)) k--;
  return start - k < form.leadMin ? -1 : k;
}

/** The charset column of rules/secrets.json. */
export function inCharset(s: Scanner, i: number, set: string): boolean {
  const c = s.byte(i);
  switch (set) {
    case "a":
      return s.is(i, UPPER | LOWER | DIGIT);
    case "u":
      return s.is(i, UPPER | DIGIT);
    case "h":
      return s.is(i, HEX);
    case "d":
      return s.is(i, DIGIT);
    case "k":
      return s.is(i, UPPER | DIGIT) || c === 0x2d;
    case "v":
      return !s.is(i, BLANK) && c !== 0x22 && c !== 0x27 && c !== 0x3c;
    case "x":
      return s.is(i, UPPER | LOWER | DIGIT) || c === 0x5f || c === 0x24;
    case "w":
      return !s.is(i, BLANK) && c !== 0x3b;
    case "c":
      return s.is(i, TOKEN) || (c >= 0x2b && c <= 0x2f) || c === 0x24 || c === 0x3d;
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
  s.marks.sawFar(limit - i);
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
