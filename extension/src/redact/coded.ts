// Base64 that hides something private. The twin of internal/redact/coded.go.

import { Scanner } from "./scanner";
import { TOKEN } from "./tables";

/** Characters of base64 (RFC 4648) worth a look. */
const CODED_MIN = 12;
/** Base64 within base64. */
const CODED_DEPTH = 3;
/** How often a text may be decoded from all of its places together, and of a small one how many characters. */
const CODED_OFTEN = 2;
const CODED_SMALL = 4096;

const PLUS = 0x2b;
const SLASH = 0x2f;
const EQUALS = 0x3d;

/**
 * Looks at the run of base64 that the capital at i stands in, once, and replaces it where the text that it stands for
 * holds something private. A capital after a small letter or digit is what tells such a run from a word.
 */
export function coded(s: Scanner, i: number, hi: number): number {
  let start = i;
  while (start > s.floor && codedByte(s, start - 1)) start--;
  let end = Math.min(hi, Math.max(i, s.codedStop));
  while (end < hi && codedByte(s, end)) end++;
  s.codedEnd = s.codedStop = end;
  if (hides(s, start, end)) return s.add(start, padding(s, end, hi), "PRIVATE", "coded.base64");
  let k = i; // a slash also joins the segments of a path
  while (k > start && s.byte(k - 1) !== SLASH) k--;
  return k > start && hides(s, k, end) ? s.add(k, padding(s, end, hi), "PRIVATE", "coded.base64") : 0;
}

/** Whether byte i is a letter of base64. */
export function codedByte(s: Scanner, i: number): boolean {
  return s.is(i, TOKEN) || s.byte(i) === PLUS || s.byte(i) === SLASH;
}

export function padding(s: Scanner, end: number, hi: number): number {
  for (let n = 0; n < 2 && end < hi && s.byte(end) === EQUALS; n++) end++;
  return end;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Whether bytes lo to hi begin as base64 of a text that holds something private. */
export function hides(s: Scanner, lo: number, hi: number): boolean {
  if (hi - lo < CODED_MIN || s.depth === CODED_DEPTH || s.codedWork > CODED_OFTEN * s.length + CODED_SMALL) return false;
  // most of what is no base64 is seen by its beginning
  if (decode(s, lo, lo + CODED_MIN).length < (CODED_MIN / 4) * 3) return false;
  const text = utf8.decode(decode(s, lo, hi));
  s.codedWork += hi - lo;
  const inner = (s.inner ??= new Scanner());
  inner.start(text, s.late);
  inner.depth = s.depth + 1;
  inner.scan(0, inner.length);
  s.stopWith(inner);
  return inner.spans.length > 0;
}

/** The text that bytes lo to hi stand for in base64, in either alphabet, up to the first byte that texts do not have. */
export function decode(s: Scanner, lo: number, hi: number): Uint8Array {
  const raw = new Uint8Array(Math.floor(((hi - lo) * 6) / 8));
  let bits = 0;
  let n = 0;
  let at = 0;
  for (let k = lo; k < hi; k++) {
    const v = sixBits(s.byte(k));
    if (v < 0) break;
    bits = ((bits << 6) | v) & 0xffff;
    n += 6;
    if (n < 8) continue;
    n -= 8;
    const c = (bits >> n) & 0xff;
    if ((c < 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) || c === 0x7f) break;
    raw[at++] = c;
  }
  return raw.subarray(0, validText(raw.subarray(0, at)));
}

/** How many bytes of raw are valid UTF-8 from its beginning. A character that is cut at the end counts. */
function validText(raw: Uint8Array): number {
  for (let i = 0; i < raw.length; ) {
    const c = raw[i] as number;
    const more = c < 0x80 ? 0 : c < 0xc2 ? -1 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : c < 0xf5 ? 3 : -1;
    if (more < 0) return i;
    for (let k = 1; k <= more && i + k < raw.length; k++) {
      const next = raw[i + k] as number;
      let least = 0x80;
      let most = 0xbf;
      if (k === 1 && c === 0xe0) least = 0xa0;
      if (k === 1 && c === 0xed) most = 0x9f;
      if (k === 1 && c === 0xf0) least = 0x90;
      if (k === 1 && c === 0xf4) most = 0x8f;
      if (next < least || next > most) return i;
    }
    i += more + 1;
  }
  return raw.length;
}

function sixBits(c: number): number {
  if (c >= 0x41 && c <= 0x5a) return c - 0x41;
  if (c >= 0x61 && c <= 0x7a) return c - 0x61 + 26;
  if (c >= 0x30 && c <= 0x39) return c - 0x30 + 52;
  if (c === PLUS || c === 0x2d) return 62;
  if (c === SLASH || c === 0x5f) return 63;
  return -1;
}
