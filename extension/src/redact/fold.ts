// How a text is seen: one byte per character, so that detectors compare plain bytes. ASCII stays; full-width and other
// digits, spaces, dashes and accented Latin letters become their ASCII kin; zero-width characters are gone; percent
// escapes, HTML character references and JSON escapes are what they stand for. Every other character becomes one of the
// bytes below. The twin of internal/redact/fold.go.

import table from "../../../rules/fold.json";
import type { Span } from "./types";

/** Anything that is neither letter nor digit. */
export const FOLD_SYMBOL = 0x80;
/** 0x8E-0xBF: letters of scripts without spaces (Chinese, Japanese, Korean, Thai …). */
export const FOLD_UNSPACED = 0x8e;
/** From here on by their hash; those below stand for one letter each. */
const FOLD_HASHED = 0x90;
/** 0xC0-0xFF: letters of other alphabets (Cyrillic, Greek, Arabic …). */
export const FOLD_ALPHABET = 0xc0;
/** Whether a folded byte is a letter of a script without spaces. */
export function isUnspaced(c: number): boolean {
  return c >= FOLD_UNSPACED && c < FOLD_ALPHABET;
}

/** Never in the view: the character vanishes. */
export const FOLD_DROP = 0x81;

interface Range {
  lo: number;
  hi: number;
}

function parseRange(text: string): Range {
  const dash = text.indexOf("-");
  const lo = parseInt(dash < 0 ? text : text.slice(0, dash), 16);
  return { lo, hi: dash < 0 ? lo : parseInt(text.slice(dash + 1), 16) };
}

const latin = new Map<number, number>();
for (const [to, ranges] of Object.entries(table.map)) {
  for (const range of ranges.map(parseRange)) {
    for (let c = range.lo; c <= range.hi; c++) latin.set(c, to.charCodeAt(0));
  }
}
for (const [to, from] of Object.entries(table.latin)) {
  for (const c of from) latin.set(c.codePointAt(0) ?? 0, to.charCodeAt(0));
}
const drop = table.drop.map(parseRange);
const symbols = table.symbols.map(parseRange);
const unspaced = table.unspaced.map(parseRange);
/** Letters of such scripts that are told from all others. */
const sure = Array.from(table.sure, (c) => c.codePointAt(0) ?? 0);
const fullWidth = parseRange(table.fullwidth);
const mathLetters = parseRange(table.math_letters);
const zeros = table.digit_zeros.map((z) => parseInt(z, 16));
const lowers = (table.lower as [string, number][]).map(([span, add]) => ({ ...parseRange(span), add }));
const entities = new Map(Object.entries(table.entities));

/** What slow said of the characters of the basic plane that were asked for; 0 where none was yet. */
const folds = new Uint8Array(0x10000);

function inRanges(ranges: readonly Range[], c: number): boolean {
  for (const r of ranges) if (c >= r.lo && c <= r.hi) return true;
  return false;
}

function slow(c: number): number {
  const mapped = latin.get(c);
  if (mapped !== undefined) return mapped;
  if (inRanges(drop, c)) return FOLD_DROP;
  if (c >= fullWidth.lo && c <= fullWidth.hi) return c - fullWidth.lo + 0x21;
  if (c >= mathLetters.lo && c <= mathLetters.hi) {
    const n = (c - mathLetters.lo) % 52;
    return n < 26 ? 0x41 + n : 0x61 + n - 26;
  }
  for (const zero of zeros) if (c >= zero && c <= zero + 9) return 0x30 + c - zero;
  if (inRanges(symbols, c)) return FOLD_SYMBOL;
  if (inRanges(unspaced, c)) {
    const n = sure.indexOf(c);
    return n >= 0 ? FOLD_UNSPACED + n : FOLD_HASHED + (hash(c) % 48);
  }
  const lower = lowers.find((l) => c >= l.lo && c <= l.hi);
  return FOLD_ALPHABET + (hash(lower ? c + lower.add : c) % 64);
}

/** Spreads a code point, in 32 bits as the Go engine does. */
function hash(c: number): number {
  return (((c ^ (c >>> 16)) & 0xffff) * 40503) >>> 10;
}

/** Folds any code point. */
export function foldPoint(c: number): number {
  if (c > 0xffff) return slow(c);
  if (c >= 0x80) return (folds[c] ||= slow(c));
  if (c === 0x7f) return FOLD_SYMBOL;
  if (c < 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return 0x20;
  return c;
}

function isPlain(c: number): boolean {
  return c < 0x80 && lower(c) === c;
}

/** Folds and lowers a word of a table, so that it compares with the view (one UTF-16 unit per byte). */
export function foldWord(word: string): string {
  let plain = 0; // characters that stand as they are: all of them, in most words of the tables
  while (plain < word.length && isPlain(word.charCodeAt(plain))) plain++;
  if (plain === word.length) return word;
  let out = "";
  for (const char of word) {
    const point = char.codePointAt(0) ?? 0;
    const c = point < 0x80 ? point : foldPoint(point);
    if (c !== FOLD_DROP) out += String.fromCharCode(lower(c));
  }
  return out;
}

export function lower(c: number): number {
  return c >= 0x41 && c <= 0x5a ? c + 0x20 : c;
}

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const BACKSLASH = 0x5c;
/**
 * What the characters of the basic plane are in the view, as far as they were asked for; 0 where that is not known, where a
 * character vanishes, and where it may begin an escape.
 */
const known = new Uint8Array(0x10000);
for (let c = 0; c < 0x80; c++) known[c] = c;
for (const c of [0, PERCENT, AMPERSAND, BACKSLASH]) known[c] = 0;

/**
 * Folds the characters from i on that are known, and says how many. A function of its own and small, so that it is compiled
 * early and stays so.
 */
function foldPlain(text: string, i: number, bytes: Uint8Array, n: number): number {
  const start = i;
  const size = text.length;
  for (; i < size; i++) {
    const c = known[text.charCodeAt(i)] as number;
    if (c === 0) break;
    bytes[n++] = c;
  }
  return i - start;
}

/** A text as the scanner sees it. */
export class View {
  /** The folded bytes; only the first length of them count, and the one after them is 0. */
  bytes = new Uint8Array(1024);
  length = 0;
  /**
   * Where view and text begin to run side by side again: from byte seams[2k] of the view on, which is character
   * seams[2k+1] of the text, up to the next seam. Empty where the two are the same.
   */
  private readonly seams: number[] = [];
  private seam = 0;
  /** The places of bytes that came from a percent escape, but for the percent sign itself. */
  private readonly escaped: number[] = [];
  private escape = 0;

  load(text: string): void {
    if (this.bytes.length <= text.length) this.bytes = new Uint8Array(text.length * 2);
    this.seams.length = this.seam = this.escaped.length = this.escape = 0;
    const bytes = this.bytes;
    const size = text.length;
    let n = 0;
    for (let i = 0; i < size; ) {
      const plain = foldPlain(text, i, bytes, n);
      n += plain;
      i += plain;
      if (i === size) break;
      const units = this.special(text, i, text.charCodeAt(i), n);
      i += units;
      if (folded !== FOLD_DROP) bytes[n++] = folded;
      if (units > 1 || folded === FOLD_DROP) this.addSeam(n, i);
    }
    bytes[n] = 0;
    this.length = n;
  }

  /** Folds the character at i, which may begin an escape, and says how many characters it took. */
  private special(text: string, i: number, c: number, n: number): number {
    if (c >= 0x80) {
      const point = text.codePointAt(i) ?? c;
      folded = foldPoint(point);
      if (folded !== FOLD_DROP && (point < 0xd800 || (point > 0xdfff && point <= 0xffff))) known[point] = folded;
      return point > 0xffff ? 2 : 1;
    }
    if (c === 0 || !escapeAt(text, i)) {
      folded = c;
      return 1;
    }
    folded = foldEscape(text, i);
    if (c === PERCENT && folded !== PERCENT && folded !== FOLD_DROP) this.escaped.push(n);
    return escapeSize;
  }

  /** Makes the view of another one in which each span is replaced by its placeholder. Its places are not those of a text. */
  loadReplaced(of: View, spans: readonly Span[]): void {
    let size = of.length;
    for (const span of spans) size += Math.max(0, span.type.length + 2 - (span.end - span.start));
    if (this.bytes.length <= size) this.bytes = new Uint8Array(size * 2);
    this.seams.length = this.seam = this.escaped.length = this.escape = 0;
    const { bytes } = this;
    let n = 0;
    let at = 0;
    let k = 0; // of the escapes
    const copy = (end: number): void => {
      for (; k < of.escaped.length && (of.escaped[k] as number) < end; k++) this.escaped.push((of.escaped[k] as number) + n - at);
      bytes.set(of.bytes.subarray(at, end), n);
      n += end - at;
    };
    for (const span of spans) {
      copy(span.start);
      bytes[n++] = 0x5b; // [
      for (let c = 0; c < span.type.length; c++) bytes[n++] = span.type.charCodeAt(c);
      bytes[n++] = 0x5d; // ]
      at = span.end;
      while (k < of.escaped.length && (of.escaped[k] as number) < at) k++;
    }
    copy(of.length);
    bytes[n] = 0;
    this.length = n;
  }

  private addSeam(inView: number, inText: number): void {
    const last = this.seams.length - 2;
    if (last >= 0 && this.seams[last] === inView) this.seams[last + 1] = inText;
    else this.seams.push(inView, inText);
  }

  /** The place in the text of byte i of the view, or of its end. Quick where it is asked for places near each other. */
  place(i: number): number {
    const { seams } = this;
    let k = this.seam; // twice how many seams are at or before i
    while (k < seams.length && (seams[k] as number) <= i) k += 2;
    while (k > 0 && (seams[k - 2] as number) > i) k -= 2;
    this.seam = k;
    return k === 0 ? i : i - (seams[k - 2] as number) + (seams[k - 1] as number);
  }

  /** Whether byte i came from a percent escape. */
  isEscaped(i: number): boolean {
    const { escaped } = this;
    if (escaped.length === 0) return false;
    let k = this.escape; // how many escapes are before i
    while (k < escaped.length && (escaped[k] as number) < i) k++;
    while (k > 0 && (escaped[k - 1] as number) >= i) k--;
    this.escape = k;
    return escaped[k] === i;
  }
}

/** What View.special folded last. */
let folded = 0;

/** A quick test whether an escape may begin at i; saying yes wrongly only costs time. */
function escapeAt(text: string, i: number): boolean {
  if (i + 1 >= text.length) return false;
  const n = text.charCodeAt(i + 1);
  switch (text.charCodeAt(i)) {
    case PERCENT:
      return hexValue(n) >= 0;
    case AMPERSAND:
      return n === 0x23 || (n >= 0x41 && n <= 0x5a) || (n >= 0x61 && n <= 0x7a);
    default:
      return '"/\\nrtux'.includes(text.charAt(i + 1));
  }
}

function hexValue(c: number): number {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  if (c >= 0x61 && c <= 0x66) return c - 0x61 + 10;
  if (c >= 0x41 && c <= 0x46) return c - 0x41 + 10;
  return -1;
}

/** How many UTF-16 units the escape took that foldEscape read last. */
let escapeSize = 1;

/** Folds the escape at i. What is no escape is itself. */
function foldEscape(text: string, i: number): number {
  switch (text.charCodeAt(i)) {
    case PERCENT:
      return foldPercent(text, i);
    case AMPERSAND:
      return foldReference(text, i);
    default:
      return foldBackslash(text, i);
  }
}

function took(size: number, out: number): number {
  escapeSize = size;
  return out;
}

/** Reads %XX, also where the percent sign itself was escaped (%2540), and UTF-8 in up to four of them. */
function foldPercent(text: string, i: number): number {
  const first = percentByte(text, i);
  let n = percentSize;
  if (first < 0) return took(1, PERCENT);
  if (first < 0x80) return took(n, foldPoint(first));
  const need = first >= 0xc2 && first <= 0xdf ? 1 : first >= 0xe0 && first <= 0xef ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : 0;
  if (need === 0) return took(1, PERCENT);
  let point = first & (0x3f >> need);
  for (let k = 0; k < need; k++) {
    const next = percentByte(text, i + n);
    if (next < 0 || (next & 0xc0) !== 0x80) return took(1, PERCENT);
    n += percentSize;
    point = (point << 6) | (next & 0x3f);
  }
  const least = [0, 0x80, 0x800, 0x10000][need] ?? 0;
  const valid = point >= least && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) && point !== 0xfffd;
  return valid ? took(n, foldPoint(point)) : took(1, PERCENT);
}

/** How many UTF-16 units the escape took that percentByte read last. */
let percentSize = 0;

function percentByte(text: string, i: number): number {
  if (text.charCodeAt(i) !== PERCENT) return -1;
  let n = i;
  while (
    text.charCodeAt(n + 1) === 0x32 &&
    text.charCodeAt(n + 2) === 0x35 &&
    hexValue(text.charCodeAt(n + 3)) >= 0 &&
    hexValue(text.charCodeAt(n + 4)) >= 0
  ) {
    n += 2;
  }
  const hi = hexValue(text.charCodeAt(n + 1));
  const lo = hexValue(text.charCodeAt(n + 2));
  if (hi < 0 || lo < 0) return -1;
  percentSize = n + 3 - i;
  return (hi << 4) | lo;
}

/** Bounds the name of an HTML character reference, in characters. */
const REFERENCE_MAX = 16;

/** Reads &#64; &#x40; and the few names that people hide addresses with. */
function foldReference(text: string, i: number): number {
  if (text.charAt(i + 1) === "#") return foldNumeric(text, i);
  const end = text.slice(i, i + REFERENCE_MAX + 2).indexOf(";");
  if (end >= 2) {
    const value = entities.get(text.slice(i + 1, i + end));
    if (value !== undefined) return took(end + 1, value === "" ? FOLD_DROP : value.charCodeAt(0));
  }
  return text.startsWith(BARE_SPACE, i) ? took(BARE_SPACE.length, 0x20) : took(1, AMPERSAND);
}

/** The reference that browsers take without its semicolon too and that is no key of an address. */
const BARE_SPACE = "&nbsp";

/** Reads a reference by number. Its semicolon may be missing, as in the HTML Standard, section 13.2.5.80. */
function foldNumeric(text: string, i: number): number {
  const hex = text.charAt(i + 2) === "x" || text.charAt(i + 2) === "X";
  const base = hex ? 16 : 10;
  const first = i + (hex ? 3 : 2);
  let k = first;
  let value = 0;
  for (; k < text.length && k - first < REFERENCE_MAX; k++) {
    const d = hexValue(text.charCodeAt(k));
    if (d < 0 || d >= base) break;
    value = value * base + d;
    if (value > 0x10ffff) return took(1, AMPERSAND);
  }
  if (k === first) return took(1, AMPERSAND);
  if (text.charAt(k) === ";") k++;
  return took(k - i, foldPoint(value));
}

/** Reads the escapes of JSON, and \x40 of programs. */
function foldBackslash(text: string, i: number): number {
  const next = text.charAt(i + 1);
  if (next === "n" || next === "r") return took(2, 0x0a);
  if (next === "t") return took(2, 0x09);
  if (next === "x") {
    const high = hexValue(text.charCodeAt(i + 2));
    const low = hexValue(text.charCodeAt(i + 3));
    return high < 0 || low < 0 ? took(1, BACKSLASH) : took(4, foldPoint((high << 4) | low));
  }
  if (next !== "u") return took(2, next.charCodeAt(0));
  let value = 0;
  for (let k = i + 2; k < i + 6; k++) {
    const d = hexValue(text.charCodeAt(k));
    if (d < 0) return took(1, BACKSLASH);
    value = (value << 4) | d;
  }
  return took(6, foldPoint(value));
}
