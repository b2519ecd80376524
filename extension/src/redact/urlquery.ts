// The query of an address, key by key. The twin of internal/redact/urlquery.go.

import table from "../../../rules/urls.json";
import { RANDOM_SECRET, secretName } from "./assign";
import type { Scanner } from "./scanner";
import { DIGIT, HEX, LETTER, TOKEN, wordSet } from "./tables";
import { find, isPlaceholder, opaque, piece, shape } from "./url";

const KEEP = wordSet(table.keep);
const TRACKING = wordSet(table.tracking);
const VERSION = wordSet(table.version);

const SPACE = 0x20;
const PLUS = 0x2b;
const COLON = 0x3a;

/** Applies the rules of keys to each key=value. */
export function urlQuery(s: Scanner, lo: number, hi: number): void {
  for (let k = lo; k < hi; ) {
    const end = find(s, k, hi, "&;");
    const eq = find(s, k, end, "=");
    if (eq === end) urlBare(s, k, end);
    else urlParameter(s, k, eq, eq + 1, end);
    k = end + 1;
  }
}

/** The longest query or fragment without "=" that is a flag or an anchor rather than data, in characters. */
const BARE_MAX = 24;

/** Keeps a flag such as "?sale" and replaces anything else. */
function urlBare(s: Scanner, lo: number, hi: number): void {
  if (lo >= hi || isPlaceholder(s, lo, hi)) return;
  let letters = 0;
  for (let k = lo; k < hi; k++) {
    if (s.is(k, LETTER)) letters++;
    else if (!s.is(k, TOKEN)) letters = -hi;
  }
  if (letters * 2 > hi - lo && hi - lo <= BARE_MAX) piece(s, lo, hi);
  else s.add(lo, hi, "URL_VALUE", "url.query");
}

function urlParameter(s: Scanner, key: number, keyEnd: number, value: number, end: number): void {
  const rule = keyRule(s, key, keyEnd);
  piece(s, key, keyEnd);
  if (value >= end || isPlaceholder(s, value, end)) return;
  if (rule === "tracking") s.add(value, end, "TRACKING_ID", "url.tracking");
  else if (rule === "keep" && keeps(s, key, keyEnd, value, end)) words(s, value, end);
  else if (rule === "secret" || keyIsSecret(s, key, keyEnd)) s.add(value, end, "SECRET", "url.secret");
  else urlValue(s, value, end);
}

/** Replaces a value as a whole: by what it is, where one detector covers it all, else as [URL_VALUE]. */
function urlValue(s: Scanner, lo: number, hi: number): void {
  const mark = s.spans.length;
  if (!holdsURL(s, lo, hi)) words(s, lo, hi);
  const only = s.spans[mark];
  if (s.spans.length === mark + 1 && only?.start === lo && only.end === hi && only.type !== "PRIVATE") return;
  s.spans.length = mark;
  s.add(lo, hi, "URL_VALUE", "url.query");
}

/** Whether the value of a known key may stay: one that is short and holds no token and no other address. */
function keeps(s: Scanner, key: number, keyEnd: number, lo: number, hi: number): boolean {
  if (hi - lo > table.keep_value_max || holdsURL(s, lo, hi)) return false;
  return (VERSION.has(s.lowered(key, keyEnd)) && all(s, lo, hi, HEX)) || !opaque(s, lo, hi);
}

/** Whether another address stands in a value. */
function holdsURL(s: Scanner, lo: number, hi: number): boolean {
  for (let k = lo; k < hi; k++) if (s.byte(k) === COLON && s.hasPrefix(k, hi, "://")) return true;
  return false;
}

/** Whether every byte from lo to hi is of a class. */
function all(s: Scanner, lo: number, hi: number, mask: number): boolean {
  for (let k = lo; k < hi; k++) if (!s.is(k, mask)) return false;
  return true;
}

/** Scans a value as the text that somebody typed, in which "+" stands for a blank. */
function words(s: Scanner, lo: number, hi: number): void {
  const pluses: number[] = [];
  for (let k = lo; k < hi; k++) {
    if (s.byte(k) !== PLUS || shape(s, k) !== PLUS || plusOfNumber(s, lo, k, hi)) continue;
    s.b[k] = SPACE;
    pluses.push(k);
  }
  s.inURL = false;
  piece(s, lo, hi);
  s.inURL = true;
  for (const k of pluses) s.b[k] = PLUS;
}

/** Whether the "+" at k begins a telephone number and was left unescaped by mistake. */
function plusOfNumber(s: Scanner, lo: number, k: number, hi: number): boolean {
  return k + 1 < hi && s.is(k + 1, DIGIT) && (k === lo || s.byte(k - 1) === SPACE);
}

/** The longest key that says too little to name a secret: "pw" is also the width of a page. */
const SHORT_KEY = 2;

/** Looks a query key up, without a trailing [] or [name]. */
function keyRule(s: Scanner, lo: number, hi: number): "tracking" | "keep" | "secret" | "unknown" {
  let name = lo;
  while (name < hi && s.byte(name) !== 0x5b) name++;
  const word = s.lowered(lo, name);
  if (TRACKING.has(word) || table.tracking_prefixes.some((p) => word.startsWith(p))) return "tracking";
  const whole = s.lowered(lo, hi);
  if (KEEP.has(word) || table.keep_prefixes.some((p) => whole.startsWith(p))) return "keep";
  return keyIsSecret(s, lo, hi) ? "secret" : "unknown";
}

function keyIsSecret(s: Scanner, lo: number, hi: number): boolean {
  const floor = s.floor;
  s.floor = lo;
  const secret = secretName(s, hi).kind > RANDOM_SECRET && hi - lo > SHORT_KEY;
  s.floor = floor;
  return secret;
}
