// The user and the host of an address. The twin of internal/redact/urlhost.go.

import { lower } from "./fold";
import type { Scanner } from "./scanner";
import { ALNUM, DIGIT, HEX } from "./tables";
import { find, isPlaceholder, piece } from "./url";

const DASH = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const AT = 0x40;
const OPEN = 0x5b;
const X = 0x78;

/** Replaces the user of bytes lo to hi, and looks at the host after it. */
export function urlAuthority(s: Scanner, lo: number, hi: number): void {
  let host = lo;
  for (let k = lo; k < hi; k++) if (s.byte(k) === AT) host = k + 1;
  if (host > lo + 1 && !isPlaceholder(s, lo, host - 1)) s.add(lo, host - 1, "SECRET", "url.userinfo");
  if (host >= hi) return;
  s.floor = Math.max(lo, host - 2);
  hostScan(s, host, hi);
}

/** Looks for an address in numbers, which tells where somebody is. This machine's own tells nothing. */
function hostScan(s: Scanner, host: number, hi: number): void {
  if (s.byte(host) === OPEN) {
    for (let k = host; k < Math.min(hi, host + 2) && s.byte(k) === OPEN; k++) {
      const replaced = s.placeholder(k, hi);
      if (replaced > 0) {
        s.moveFloor(replaced); // its type is no label of what follows
        return;
      }
    }
    const end = find(s, host, hi, "]");
    if (end === hi || s.slice(host + 1, end) === "::1") return;
    if (s.count(COLON, host, end) >= 2) s.add(host + 1, end, "IP", "ip.v6");
    return;
  }
  const end = find(s, host, hi, ":");
  if (hostNumber(s, host, end)) {
    s.add(host, end, "IP", "ip.v4");
    return;
  }
  for (let k = host; k < end; k++) {
    if (!s.is(k, DIGIT) || (k > host && s.is(k - 1, ALNUM))) continue;
    const stop = octets(s, k, end);
    if (stop === 0) continue;
    if (k > host || stop < end || !loopback(s, k, stop)) s.add(k, stop, "IP", "ip.v4");
    s.floor = stop;
    return;
  }
  piece(s, host, hi);
}

// Lengths of an IPv4 address that a host's name writes as one number (URL Standard, section 3.5), in characters.
const HOST_DIGITS = 8; // or more
const HOST_HEX = "0x7f000001".length;

/** Whether bytes host to end are an address written as one number. */
function hostNumber(s: Scanner, host: number, end: number): boolean {
  if (end - host === HOST_HEX && s.byte(host) === ZERO && lower(s.byte(host + 1)) === X) return all(s, host + 2, end, HEX);
  return end - host >= HOST_DIGITS && all(s, host, end, DIGIT);
}

function all(s: Scanner, lo: number, hi: number, mask: number): boolean {
  for (let k = lo; k < hi; k++) if (!s.is(k, mask)) return false;
  return true;
}

/**
 * The end of the four octets that begin at i, joined by dots or dashes as providers name their lines
 * (203-0-113-25.dynamic.example), or 0.
 */
function octets(s: Scanner, i: number, hi: number): number {
  let k = i;
  let joint = 0;
  for (let n = 0; n < 4; n++) {
    if (n > 0) {
      const c = k < hi ? s.byte(k) : 0;
      if ((c !== DOT && c !== DASH) || (joint !== 0 && c !== joint)) return 0;
      joint = c;
      k++;
    }
    const start = k;
    let value = 0;
    for (; k < hi && k - start < 3 && s.is(k, DIGIT); k++) value = value * 10 + s.byte(k) - ZERO;
    if (k === start || value > 255) return 0;
  }
  return k < hi && s.is(k, ALNUM) ? 0 : k;
}

/** Tells the addresses of the machine itself (RFC 6890): 127.0.0.0/8 and 0.0.0.0. */
function loopback(s: Scanner, host: number, end: number): boolean {
  return s.hasPrefix(host, end, "127.") || s.slice(host, end) === "0.0.0.0";
}
