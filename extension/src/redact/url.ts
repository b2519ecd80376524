// Addresses: scheme, host, safe path segments and known query keys stay. The twin of internal/redact/url.go.

import table from "../../../rules/urls.json";
import { FOLD_SYMBOL } from "./fold";
import { UUID_LENGTH, uuidAt } from "./number";
import type { Scanner } from "./scanner";
import { RANDOM_SECRET, secretName } from "./assign";
import { random } from "./secret";
import { ALNUM, DIGIT, HEX, LETTER, LOWER, TOKEN, UPPER, wordSet } from "./tables";
import type { Type } from "./types";

const KEEP = wordSet(table.keep);
const TRACKING = wordSet(table.tracking);
const PRIVATE_PATH = wordSet(table.private_path);
const SAFE_PATH = wordSet(table.safe_path);

const SLASH = 0x2f;

/** Byte i where it shapes an address; a percent escape never does ("%26" is data), and is 0 here. */
function shape(s: Scanner, i: number): number {
  return s.view.isEscaped(i) ? 0 : s.byte(i);
}

/** The first place from i to hi whose shaping byte is one of set, or hi. */
function find(s: Scanner, i: number, hi: number, set: string): number {
  for (; i < hi; i++) if (contains(set, shape(s, i))) return i;
  return hi;
}

function contains(set: string, c: number): boolean {
  for (let k = 0; k < set.length; k++) if (set.charCodeAt(k) === c) return true;
  return false;
}

/** The longest scheme before "://" in a text, in characters. */
const SCHEME_MAX = 16;

/** Redacts the address whose "://" is at i, and returns its end. */
export function urlInText(s: Scanner, i: number, hi: number): number {
  let start = i;
  while (start > s.floor && i - start < SCHEME_MAX && (s.is(start - 1, UPPER | LOWER | DIGIT) || s.byte(start - 1) === 0x2b)) {
    start--;
  }
  while (start < i && !s.is(start, UPPER | LOWER)) start++;
  if (i - start < 2) return 0;
  const end = urlEnd(s, i + 3, hi);
  url(s, start, end);
  s.floor = Math.max(s.floor, start, s.redacted);
  s.mailStart = -1;
  return end;
}

/** Where an address within a text ends: before a blank, a quote, a bracket of markup, or the sentence's punctuation. */
function urlEnd(s: Scanner, i: number, hi: number): number {
  let k = i;
  for (; k < hi; k++) {
    const c = shape(s, k);
    if (c !== 0 && (c <= 0x20 || c === FOLD_SYMBOL || contains("\"<>'`{}|\\^", c))) break;
  }
  const open = s.count(0x28, i, k);
  const openSquare = s.count(0x5b, i, k);
  let closed = s.count(0x29, i, k);
  let closedSquare = s.count(0x5d, i, k);
  for (; k > i; k--) {
    const c = shape(s, k - 1);
    if (c === 0x29 && open < closed) closed--;
    else if (c === 0x5d && openSquare < closedSquare) closedSquare--;
    else if (c === 0 || !contains(".,;:!?", c)) break;
  }
  return k;
}

/** Redacts the address in bytes lo to hi. */
export function url(s: Scanner, lo: number, hi: number): void {
  const was = s.inURL;
  s.inURL = true;
  s.floor = lo;
  const rest = urlScheme(s, lo, hi);
  if (rest >= 0) {
    let path = rest;
    if (slashes(s, rest, hi)) {
      path = find(s, rest + 2, hi, "/?#\\");
      urlAuthority(s, rest + 2, path);
    }
    const query = find(s, path, hi, "?#");
    urlPath(s, path, query);
    let fragment = query;
    if (query < hi && shape(s, query) === 0x3f) {
      fragment = find(s, query + 1, hi, "#");
      urlQuery(s, query + 1, fragment);
    }
    if (fragment < hi) urlFragment(s, fragment + 1, hi);
  }
  s.inURL = was;
}

function slashes(s: Scanner, i: number, hi: number): boolean {
  return i + 1 < hi && shape(s, i) === SLASH && shape(s, i + 1) === SLASH;
}

/**
 * What follows "scheme:", or -1 where nothing is left to do. An address that is all data (data:, javascript:, blob:,
 * file:) loses it, and so do mailto: and tel:.
 */
function urlScheme(s: Scanner, lo: number, hi: number): number {
  let k = lo;
  while (k < hi && (s.is(k, UPPER | LOWER | DIGIT) || (k > lo && contains("+-.", s.byte(k))))) k++;
  if (k === lo || k >= hi || shape(s, k) !== 0x3a || !s.is(lo, UPPER | LOWER)) return lo;
  const rest = k + 1;
  if (rest === hi) return -1;
  switch (s.lowered(lo, k)) {
    case "about":
      return -1;
    case "mailto": {
      const query = find(s, rest, hi, "?");
      urlWhole(s, rest, query, "EMAIL");
      if (query < hi) urlQuery(s, query + 1, hi);
      return -1;
    }
    case "tel":
    case "sms":
    case "callto":
    case "whatsapp":
    case "facetime":
      urlWhole(s, rest, hi, "PHONE");
      return -1;
    case "file":
    case "data":
    case "javascript":
    case "blob":
    case "filesystem":
    case "view-source":
      urlWhole(s, rest, hi, "URL_VALUE");
      return -1;
  }
  if (slashes(s, rest, hi)) return rest;
  if (s.is(rest, DIGIT)) {
    let port = rest; // localhost:8080/path
    while (port < hi && s.is(port, DIGIT)) port++;
    if (port === hi || contains("/?#", shape(s, port))) return port;
  }
  urlWhole(s, rest, hi, "URL_VALUE");
  return -1;
}

/** Replaces bytes lo to hi as a whole. */
function urlWhole(s: Scanner, lo: number, hi: number, type: Type): void {
  if (lo < hi && !isPlaceholder(s, lo, hi)) s.add(lo, hi, type, "url.value");
}

function isPlaceholder(s: Scanner, lo: number, hi: number): boolean {
  if (lo >= hi || s.byte(lo) !== 0x5b || s.placeholder(lo, hi) !== hi) return false;
  s.moveFloor(hi);
  return true;
}

/** Scans a part of the address that is kept. */
function piece(s: Scanner, lo: number, hi: number): void {
  if (lo < hi) s.scan(lo, hi);
}

function urlAuthority(s: Scanner, lo: number, hi: number): void {
  let host = lo;
  for (let k = lo; k < hi; k++) if (s.byte(k) === 0x40) host = k + 1;
  if (host > lo + 1 && !isPlaceholder(s, lo, host - 1)) s.add(lo, host - 1, "SECRET", "url.userinfo");
  if (host >= hi) return;
  s.floor = Math.max(lo, host - 2);
  hostScan(s, host, hi);
}

/** Looks for an address in numbers. */
function hostScan(s: Scanner, host: number, hi: number): void {
  if (s.byte(host) === 0x5b) {
    const end = find(s, host, hi, "]");
    if (end < hi && s.placeholder(host, hi) === 0 && s.count(0x3a, host, end) >= 2) s.add(host + 1, end, "IP", "ip.v6");
    return;
  }
  let k = host;
  while (k < hi && (s.is(k, DIGIT) || s.byte(k) === 0x2e)) k++;
  if (s.count(0x2e, host, k) === 3 && s.is(k - 1, DIGIT) && (k === hi || s.byte(k) === 0x3a)) {
    s.add(host, k, "IP", "ip.v4");
    return;
  }
  piece(s, host, hi);
}

/** Scans each segment, and replaces those that carry a token, or a name after a word such as "users". */
function urlPath(s: Scanner, lo: number, hi: number): void {
  let after = false;
  for (let k = lo; k < hi; ) {
    if (contains("/\\", shape(s, k))) {
      k++;
      continue;
    }
    const end = find(s, k, hi, "/\\");
    const params = find(s, k, end, ";");
    const word = s.lowered(k, params);
    const safe = SAFE_PATH.has(word);
    if (isPlaceholder(s, k, params)) s.floor = params;
    else if ((after && !safe) || opaque(s, k, params)) s.add(k, params, "URL_VALUE", "url.path");
    else piece(s, k, params);
    after = PRIVATE_PATH.has(word) || (after && safe);
    if (params < end) urlQuery(s, params + 1, end);
    k = end;
  }
}

/** Applies the rules of keys to each key=value. */
function urlQuery(s: Scanner, lo: number, hi: number): void {
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
  else if (rule === "keep" && end - value <= table.keep_value_max && !opaque(s, value, end)) piece(s, value, end);
  else if (rule === "secret" || keyIsSecret(s, key, keyEnd)) s.add(value, end, "SECRET", "url.secret");
  else urlValue(s, value, end);
}

/** Replaces a value as a whole: by what it is, where one detector covers it all, else as [URL_VALUE]. */
function urlValue(s: Scanner, lo: number, hi: number): void {
  const mark = s.spans.length;
  piece(s, lo, hi);
  const only = s.spans[mark];
  if (s.spans.length === mark + 1 && only?.start === lo && only.end === hi) return;
  s.spans.length = mark;
  s.add(lo, hi, "URL_VALUE", "url.query");
}

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
  const secret = secretName(s, hi).kind > RANDOM_SECRET && hi - lo > 2; // "pw" is also the width of a page
  s.floor = floor;
  return secret;
}

/** Keeps an anchor, treats a client-side route as a path and key=value as a query, and replaces the rest. */
function urlFragment(s: Scanner, lo: number, hi: number): void {
  if (lo >= hi || isPlaceholder(s, lo, hi)) return;
  const route = shape(s, lo) === 0x21 ? lo + 1 : lo;
  if (route < hi && shape(s, route) === SLASH) {
    const query = find(s, route, hi, "?");
    urlPath(s, route, query);
    if (query < hi) urlQuery(s, query + 1, hi);
    return;
  }
  if (find(s, lo, hi, "=") < hi && shape(s, lo) !== 0x3a) {
    urlQuery(s, lo, hi);
    return;
  }
  let anchor = s.is(lo, LETTER) && hi - lo <= table.anchor_max && !opaque(s, lo, hi);
  for (let k = lo; k < hi && anchor; k++) anchor = s.is(k, TOKEN | LETTER) || s.byte(k) === 0x2e;
  if (anchor) piece(s, lo, hi);
  else s.add(lo, hi, "URL_VALUE", "url.fragment");
}

/** Whether a segment or value holds a token (a UUID, a hash, a session) rather than words and numbers. */
function opaque(s: Scanner, lo: number, hi: number): boolean {
  if (hi - lo < table.opaque_min) return false;
  for (let k = lo; k + UUID_LENGTH <= hi; k++) {
    if ((k === lo || !s.is(k - 1, ALNUM)) && s.is(k, HEX) && uuidAt(s, k)) return true;
  }
  for (let k = lo; k < hi; k++) {
    const start = k;
    while (k < hi && (s.is(k, UPPER | LOWER | DIGIT) || s.byte(k) === 0x5f || s.byte(k) === 0x3d)) k++;
    if (k - start >= table.opaque_min && random(s, start, k)) return true;
  }
  return false;
}
