// Addresses: scheme, host, safe path segments and known query keys stay. The twin of internal/redact/url.go.

import table from "../../../rules/urls.json";
import { hides } from "./coded";
import { FOLD_SYMBOL } from "./fold";
import { UUID_LENGTH, uuidAt } from "./number";
import type { Scanner } from "./scanner";
import { random } from "./secret";
import { ALNUM, BLANK, DIGIT, FILE_EXTENSIONS, HEX, LETTER, LOWER, TOKEN, UPPER, wordSet } from "./tables";
import type { Type } from "./types";
import { urlAuthority } from "./urlhost";
import { urlQuery } from "./urlquery";

const PRIVATE_PATH = wordSet(table.private_path);
const SAFE_PATH = wordSet(table.safe_path);

const DOT = 0x2e;
const SLASH = 0x2f;
const COLON = 0x3a;

/** Byte i where it shapes an address; a percent escape never does ("%26" is data), and is 0 here. */
export function shape(s: Scanner, i: number): number {
  return s.view.isEscaped(i) ? 0 : s.byte(i);
}

/** The first place from i to hi whose shaping byte is one of set, or hi. */
export function find(s: Scanner, i: number, hi: number, set: string): number {
  for (; i < hi; i++) if (contains(set, shape(s, i))) return i;
  return hi;
}

export function contains(set: string, c: number): boolean {
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
  const { mailStart, mailEnd, signStart, signEnd } = s;
  url(s, start, end);
  s.floor = Math.max(s.floor, start, s.redacted);
  s.mailStart = mailStart < end ? -1 : mailStart;
  s.mailEnd = mailEnd;
  s.signStart = signStart < end ? -1 : signStart;
  s.signEnd = signEnd;
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

/**
 * Redacts what stands in the place of an address: an address with blanks around it, or, since any text can stand there,
 * words.
 */
export function field(s: Scanner, lo: number, hi: number): void {
  while (lo < hi && s.is(lo, BLANK)) lo++;
  while (lo < hi && s.is(hi - 1, BLANK)) hi--;
  let k = lo;
  while (k < hi && !s.is(k, BLANK)) k++;
  const colon = find(s, lo, k, ":/?#");
  if (k === hi || contains("/?#.", shape(s, lo)) || (colon + 1 < k && shape(s, colon) === COLON)) url(s, lo, hi);
  else {
    s.inPart = true; // what is left may be an address, so each pass must see all of it
    s.scan(lo, hi);
  }
}

/** Redacts the address in bytes lo to hi. */
function url(s: Scanner, lo: number, hi: number): void {
  const { inURL, inPart } = s;
  s.inURL = s.inPart = true;
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
  s.inURL = inURL;
  s.inPart = inPart;
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
  if (shape(s, rest) === SLASH) return rest;
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

export function isPlaceholder(s: Scanner, lo: number, hi: number): boolean {
  if (lo >= hi || s.byte(lo) !== 0x5b || s.placeholder(lo, hi) !== hi) return false;
  s.moveFloor(hi);
  return true;
}

/** Scans a part of the address that is kept. */
export function piece(s: Scanner, lo: number, hi: number): void {
  if (lo < hi) s.scan(lo, hi);
}

/** Scans each segment, and replaces those that carry a token, or a name after a word such as "users". */
function urlPath(s: Scanner, lo: number, hi: number): void {
  let after = false;
  let first = true;
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
    else if ((after && !safe) || (!asset(s, k, params) && opaque(s, k, params))) s.add(k, params, "URL_VALUE", "url.path");
    else if (first && userMark(s, k, params)) s.add(k + 1, params, "URL_VALUE", "url.path");
    else piece(s, k, params);
    after = PRIVATE_PATH.has(word) || (after && safe);
    first = false;
    if (params < end) urlQuery(s, params + 1, end);
    k = end;
  }
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

/** Tells a user's page (/@ann, /~ann) by its sign. */
function userMark(s: Scanner, lo: number, hi: number): boolean {
  return hi - lo > 1 && contains("@~", s.byte(lo)) && s.is(lo + 1, ALNUM);
}

/** Tells the name of a file that a page is made of, which often holds a hash so that caches notice a change. */
function asset(s: Scanner, lo: number, hi: number): boolean {
  const dot = s.lastIndexOf(DOT, lo, hi);
  return dot > lo && FILE_EXTENSIONS.has(s.lowered(dot + 1, hi));
}

/**
 * Whether a segment or value holds a token (a UUID, a hash, a session) rather than words and numbers, or hides something
 * private.
 */
export function opaque(s: Scanner, lo: number, hi: number): boolean {
  if (hides(s, lo, hi)) return true;
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
