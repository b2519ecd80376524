// Addresses of networks and their hardware. The twin of internal/redact/network.go.

import { LOWERS, near, RAISES } from "./context";
import { lower } from "./fold";
import { claim, GLUE_MIN, groupEnd, groupLen, groupStart, joined } from "./number";
import type { Scanner } from "./scanner";
import { ALNUM, CONTEXT_IP, DIGIT, HEX, IP_RULES, LETTER, SEP_DOT, V4_SCORE } from "./tables";

const ZERO = 0x30;
const PERCENT = 0x25;
const PLUS = 0x2b;
const DASH = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const COLON = 0x3a;
const UNDERSCORE = 0x5f;

/**
 * Finds addresses among the groups of a cluster. A version number has the same shape, so the more digits and the better
 * the context, the likelier an address.
 */
export function ipv4(s: Scanner, count: number): void {
  for (let g = 0; g + 3 < count; g++) {
    if (s.used[g] !== 0 || !quad(s, g, count)) continue;
    const start = groupStart(s, g);
    const end = groupEnd(s, g + 3);
    if (ipv4Score(s, start, end) >= IP_RULES.threshold) {
      claim(s, g, g + 3, start, end, "IP", "ip.v4");
      g += 3;
    }
  }
}

/** Whether four groups from g on are the octets of an address and nothing more. */
function quad(s: Scanner, g: number, count: number): boolean {
  for (let k = g; k < g + 4; k++) {
    const n = groupLen(s, k);
    if (n > 3 || value(s, k) > 255 || (s.byte(groupStart(s, k)) === ZERO && n > 1)) return false;
    if (k > g && !joined(s, k, SEP_DOT)) return false;
  }
  if ((g > 0 && joined(s, g, SEP_DOT)) || (g + 4 < count && joined(s, g + 4, SEP_DOT))) return false;
  return borderLeft(s, groupStart(s, g)) && borderRight(s, groupEnd(s, g + 3));
}

function value(s: Scanner, g: number): number {
  let v = 0;
  for (let k = groupStart(s, g); k < groupEnd(s, g); k++) v = v * 10 + s.byte(k) - ZERO;
  return v;
}

/** Whether no word, number or file name runs into i from the left. */
function borderLeft(s: Scanner, i: number): boolean {
  return i === s.floor || (!s.is(i - 1, ALNUM) && s.byte(i - 1) !== UNDERSCORE && s.byte(i - 1) !== DOT);
}

/** The same for the right. A dash before a letter belongs to a version such as 1.2.3.4-beta. */
function borderRight(s: Scanner, i: number): boolean {
  if (i >= s.length) return true;
  const c = s.byte(i);
  if (c === DASH || c === PLUS) return i + 1 >= s.length || !s.is(i + 1, ALNUM);
  if (i + GLUE_MIN <= s.length && s.is(i, LETTER) && s.is(i + 1, LETTER) && s.is(i + 2, LETTER)) return true; // "203.0.113.25port"
  return !s.is(i, ALNUM) && c !== UNDERSCORE;
}

function ipv4Score(s: Scanner, start: number, end: number): number {
  let score = V4_SCORE[end - start - 3] as number;
  if (IP_RULES.private_blocks.some((block) => s.hasPrefix(start, end, block))) score += IP_RULES.private_raise;
  if (start - 2 >= s.floor && s.byte(start - 1) === SLASH) {
    if (s.byte(start - 2) === SLASH) return score + IP_RULES.url_raise;
    if (s.is(start - 2, LETTER)) score -= IP_RULES.context_lower; // Chrome/120.0.0.0
  }
  if (end + 1 < s.length && (s.byte(end) === COLON || s.byte(end) === SLASH) && s.is(end + 1, DIGIT)) {
    score += IP_RULES.port_raise;
  }
  const says = near(s, start, end, CONTEXT_IP, false);
  if (says === RAISES) score += IP_RULES.context_raise;
  else if (says === LOWERS) score -= IP_RULES.context_lower;
  return score;
}

// Shapes of an IPv6 address, in groups and hexadecimal digits.
const V6_GROUPS = 8;
const V6_GROUP_MAX = 4;
/** Groups of a compressed address whose first group tells nothing. */
const V6_SHORT_MIN = 3;
/** Digits of a first group that tells: 2001, fe80, fd00. */
const V6_PREFIX = 4;

/** Reads the address whose first colon is at i. */
export function ipv6(s: Scanner, i: number, hi: number): number {
  let start = i;
  while (start > s.floor && i - start <= V6_GROUP_MAX && s.is(start - 1, HEX)) start--;
  if (i - start > V6_GROUP_MAX) return 0;
  if (start > s.floor && (s.is(start - 1, ALNUM) || s.byte(start - 1) === UNDERSCORE)) return 0;
  if (start === i && (i + 1 >= hi || s.byte(i + 1) !== COLON)) return 0;
  let k = start;
  let groups = 0;
  let compressed = false;
  let hasDigit = false;
  while (k < hi) {
    const g = k;
    while (k < hi && k - g < V6_GROUP_MAX && s.is(k, HEX)) {
      hasDigit = hasDigit || s.is(k, DIGIT);
      k++;
    }
    if (k > g) groups++;
    if (k + 1 >= hi || s.byte(k) !== COLON) break;
    if (s.byte(k + 1) === COLON) {
      if (compressed) break;
      compressed = true;
      k += 2;
      continue;
    }
    if (k === g || !s.is(k + 1, HEX) || groups === V6_GROUPS) break;
    k++;
  }
  if (groups > 1 && k + 1 < hi && s.byte(k) === DOT && s.is(k + 1, DIGIT)) {
    groups++;
    while (k < hi && (s.is(k, DIGIT) || (s.byte(k) === DOT && k + 1 < hi && s.is(k + 1, DIGIT)))) k++;
  }
  if (k < hi) {
    const c = s.byte(k);
    if (s.is(k, ALNUM) || c === UNDERSCORE) return 0;
    if (c === COLON && k + 1 < hi && s.is(k + 1, ALNUM) && groups !== V6_GROUPS) return 0;
  }
  if (!ipv6Counts(s, start, groups, i - start, compressed, hasDigit)) return 0;
  return s.add(start, zone(s, start, k, hi), "IP", "ip.v6");
}

/** The longest name of a network interface, in characters. */
const ZONE_MAX = 15;

/** The end of an address that ends at k, with the name of its link where it has one: fe80::1%eth0 (RFC 4007). */
function zone(s: Scanner, start: number, k: number, hi: number): number {
  if (k + 1 >= hi || s.byte(k) !== PERCENT || !s.is(k + 1, LETTER) || lower(s.byte(start)) !== 0x66) return k;
  let z = k + 1;
  while (z < hi && z - k <= ZONE_MAX && s.is(z, ALNUM)) z++;
  return z;
}

/** Tells an address from a time, a CSS pseudo-element or a C++ name. */
function ipv6Counts(s: Scanner, start: number, groups: number, firstLen: number, compressed: boolean, hasDigit: boolean): boolean {
  if (!hasDigit || groups > V6_GROUPS) return false;
  if (!compressed) return groups === V6_GROUPS;
  if (groups === V6_GROUPS) return false;
  const first = lower(s.byte(start));
  if (firstLen === V6_PREFIX && (first === 0x32 || first === 0x33 || first === 0x66)) return groups >= 2;
  return groups >= V6_SHORT_MIN;
}

/** Six pairs of hexadecimal digits. */
const MAC_PAIRS = 6;
const MAC_LENGTH = MAC_PAIRS * 3 - 1;

/** Reads the hardware address whose first separator is at i. */
export function mac(s: Scanner, i: number, hi: number): number {
  const start = i - 2;
  const end = start + MAC_LENGTH;
  if (start < s.floor || end > hi || s.byte(i + 3) !== s.byte(i)) return 0;
  let letters = s.byte(i) === COLON; // with dashes, digits alone are some other number
  for (let k = 0; k < MAC_LENGTH; k++) {
    const c = start + k;
    if (k % 3 === 2) {
      if (s.byte(c) !== s.byte(i)) return 0;
      continue;
    }
    if (!s.is(c, HEX)) return 0;
    letters = letters || s.is(c, LETTER);
  }
  if (!letters || (start > s.floor && ((s.is(start - 1, ALNUM) && !named(s, start)) || s.byte(start - 1) === s.byte(i)))) return 0;
  if (end < hi && (s.is(end, ALNUM) || (s.byte(end) === s.byte(i) && end + 1 < hi && s.is(end + 1, HEX)))) return 0;
  return s.add(start, end, "MAC", "mac.eui48");
}

/** Reads the address a4-5d-ee-b8-de-4b in whose first or a later pair the digit at i stands. */
export function dashedMAC(s: Scanner, i: number, hi: number): number {
  if (s.byte(i + 1) === DASH) i--;
  for (let n = 0; n < MAC_PAIRS - 1 && i - 3 >= s.floor && s.byte(i - 1) === DASH && s.is(i - 2, HEX) && s.is(i - 3, HEX); n++) i -= 3;
  return mac(s, i + 2, hi);
}

/** Whether the letters "mac" stand before start. */
function named(s: Scanner, start: number): boolean {
  return start - 3 >= s.floor && s.lowered(start - 3, start) === "mac";
}

/** Shape of a hardware address in three groups, as some makers of network devices write it, in characters. */
const DOTTED_GROUP = 4;
const DOTTED_LENGTH = 3 * DOTTED_GROUP + 2;

/** Reads the address 001b.4411.3ab7 whose first digit is at i. */
export function dottedMAC(s: Scanner, i: number, hi: number): number {
  let start = i;
  while (start > s.floor && i - start < DOTTED_GROUP && s.is(start - 1, HEX)) start--;
  const end = start + DOTTED_LENGTH;
  if (end > hi || s.byte(start + DOTTED_GROUP) !== DOT || s.byte(end - DOTTED_GROUP - 1) !== DOT) return 0;
  if ((start > s.floor && s.is(start - 1, ALNUM)) || (end < hi && s.is(end, ALNUM))) return 0;
  let letters = false;
  for (let k = start; k < end; k++) {
    if ((k - start) % (DOTTED_GROUP + 1) === DOTTED_GROUP) continue;
    if (!s.is(k, HEX)) return 0;
    letters = letters || s.is(k, LETTER);
  }
  return letters ? s.add(start, end, "MAC", "mac.dotted") : 0;
}
