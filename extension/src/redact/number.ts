// Digits that stand close enough to be one number: clusters of groups. The twin of internal/redact/number.go.

import { address, INDIAN_CODE } from "./address";
import { indianAddress } from "./addresshead";
import { cards, oddCard } from "./card";
import { iban } from "./iban";
import { identifier } from "./identifier";
import { dashedMAC, dottedMAC, ipv4 } from "./network";
import { phones } from "./phone";
import type { Scanner } from "./scanner";
import { CODE_MAX, CODE_MIN, oneTimeCode } from "./code";
import { fours, groupedKey, mayGroup } from "./randomkey";
import { maySay, saidPassword } from "./said";
import { ALNUM, DIGIT, HEX, LETTER, LOWER, SEP, UPPER } from "./tables";
import type { Type } from "./types";

/** Groups looked at together. */
export const GROUPS_MAX = 32;
/** And of those, after which the next cluster begins, so that nothing is cut at the border. */
const GROUPS_STEP = 24;
/** Characters between two groups, such as ") -". */
export const SEP_MAX = 3;
/** The shortest number worth a look. */
export const PHONE_DIGITS = 7;
export const CARD_DIGITS = 12;
/** How many letters that touch a number make a word glued to it ("card4111…"); fewer belong to the same code. */
export const GLUE_MIN = 3;
const UUID_LENGTH = 36;

const DASH = 0x2d;
const DOT = 0x2e;
const SPACE = 0x20;
const DOLLAR = 0x24;

/** Looks at the digits that begin at i, and returns the next place to look at. */
export function number(s: Scanner, i: number, hi: number): number {
  let end = 0;
  if (i > s.floor && s.is(i - 1, UPPER | LOWER)) {
    end = iban(s, i, hi);
    if (end > 0) return end;
  }
  if (maySay(s, i)) {
    end = saidPassword(s, i, hi);
    if (end > 0) return end;
  }
  if (i >= s.keyEnd && ((i > s.floor && (s.byte(i - 1) === DASH || s.is(i - 1, UPPER))) || mayGroup(s, i, hi))) {
    end = groupedKey(s, i, hi);
    if (end > 0) return end;
  }
  if (i + 2 < hi && (s.is(i + 1, UPPER | LOWER) || (i > s.floor && s.is(i - 1, UPPER | LOWER)))) {
    end = fours(s, i, hi);
    if (end > 0) return end;
  }
  if (i + 2 < hi && (s.byte(i + 2) === DASH || s.byte(i + 1) === DASH)) {
    end = dashedMAC(s, i, hi);
    if (end > 0) return end;
  }
  const limit = Math.min(hi, s.mailStart);
  const { count, digits, next } = cluster(s, i, limit);
  const after = groupEnd(s, 0);
  if (after < hi && (s.byte(after) === DOT || s.is(after, HEX))) {
    end = dottedMAC(s, i, hi);
    if (end > 0) return end;
  }
  if (count <= 2 && digits === INDIAN_CODE && !s.inURL) {
    end = indianAddress(s, count, hi);
    if (end > 0) return end;
  }
  const first = after - i;
  if (first >= CODE_MIN && first <= CODE_MAX) {
    end = oneTimeCode(s, count);
    if (end > 0) return end;
  }
  end = identifier(s, i, limit, count, digits);
  if (end > 0) return end;
  end = address(s, count, hi);
  if (end > 0) return end;
  if (digits < PHONE_DIGITS && count < 4) return count === 1 && digits === 4 ? Math.max(next, oddCard(s, i, limit)) : next;
  end = uuid(s, i, limit);
  if (end > 0) return end;
  const mark = s.spans.length;
  if (digits >= CARD_DIGITS) cards(s, count);
  if (count >= 4) ipv4(s, count);
  if (digits >= PHONE_DIGITS) phones(s, count, limit);
  const last = s.spans.at(-1);
  if (s.spans.length === mark || last === undefined) return next;
  order(s, mark);
  s.moveFloor(s.spans.at(-1)?.end ?? s.floor);
  return s.floor;
}

const found = { count: 0, digits: 0, next: 0 };

/** Fills the groups from i on: how many groups and digits there are, and where to look next. */
function cluster(s: Scanner, i: number, limit: number): typeof found {
  const b = s.b;
  let sep = 0;
  let sepLen = 0;
  found.count = found.digits = 0;
  for (let p = i; ; ) {
    const start = p;
    while (p < limit && isDigit(b[p] as number)) p++;
    s.groupStart[found.count] = start;
    s.groupEnd[found.count] = p;
    s.groupSep[found.count] = sep;
    s.groupSepLen[found.count] = sepLen;
    s.used[found.count] = 0;
    found.count++;
    found.digits += p - start;
    if (found.count === GROUPS_MAX) {
      found.next = groupStart(s, GROUPS_STEP);
      return found;
    }
    let q = p;
    sep = 0;
    while (q < limit && q - p <= SEP_MAX && SEP[b[q] as number] !== 0) sep |= SEP[b[q++] as number] as number;
    sepLen = q - p;
    if (sepLen === 0 || sepLen > SEP_MAX || q >= limit || !isDigit(b[q] as number)) {
      found.next = p;
      return found;
    }
    p = q;
  }
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

export function groupStart(s: Scanner, g: number): number {
  return s.groupStart[g] as number;
}

export function groupEnd(s: Scanner, g: number): number {
  return s.groupEnd[g] as number;
}

export function groupSep(s: Scanner, g: number): number {
  return s.groupSep[g] as number;
}

export function groupLen(s: Scanner, g: number): number {
  return groupEnd(s, g) - groupStart(s, g);
}

/** Records what the groups from g to last are. */
export function claim(s: Scanner, g: number, last: number, start: number, end: number, type: Type, rule: string): void {
  for (let k = g; k <= last; k++) s.used[k] = 1;
  s.spans.push({ start, end, type, rule });
}

/** Sorts the spans that one cluster added; there are few, and they do not overlap. */
function order(s: Scanner, mark: number): void {
  if (s.spans.length - mark < 2) return;
  const tail = s.spans.splice(mark);
  tail.sort((a, b) => a.start - b.start);
  s.spans.push(...tail);
}

/** Whether group g follows the one before with exactly this one separator. */
export function joined(s: Scanner, g: number, sep: number): boolean {
  return s.groupSep[g] === sep && s.groupSepLen[g] === 1;
}

/** Whether the number is not a part of a code such as a hash or a class name. */
export function stands(s: Scanner, start: number, end: number): boolean {
  let left = 0;
  let right = 0;
  while (left < GLUE_MIN && start - left - 1 >= s.floor && s.is(start - left - 1, LETTER)) left++;
  while (right < GLUE_MIN && end + right < s.length && s.is(end + right, LETTER)) right++;
  return (left === 0 || left === GLUE_MIN) && (right === 0 || right === GLUE_MIN);
}

/** Whether the digits at start are what follows a decimal point. */
export function fraction(s: Scanner, start: number): boolean {
  return start - 2 >= s.floor && s.byte(start - 1) === DOT && s.is(start - 2, DIGIT);
}

/** Whether a currency sign stands before start. */
export function priced(s: Scanner, start: number): boolean {
  let k = start - 1;
  if (k >= s.floor && s.byte(k) === SPACE) k--;
  return k >= s.floor && s.byte(k) === DOLLAR;
}

/** The end of the UUID that the digits at i stand in, or 0. */
function uuid(s: Scanner, i: number, limit: number): number {
  let u = i;
  while (u > s.floor && i - u < UUID_LENGTH && (s.is(u - 1, HEX) || s.byte(u - 1) === DASH)) u--;
  const end = u + UUID_LENGTH;
  if (end > s.length || (end > limit && limit < s.length)) return 0;
  return uuidAt(s, u) && end > i ? end : 0;
}

export function uuidAt(s: Scanner, u: number): boolean {
  const end = u + UUID_LENGTH;
  if (end > s.length) return false;
  for (let k = 0; k < UUID_LENGTH; k++) {
    const dash = k === 8 || k === 13 || k === 18 || k === 23;
    if (dash ? s.byte(u + k) !== DASH : !s.is(u + k, HEX)) return false;
  }
  return end === s.length || !s.is(end, ALNUM);
}

export { UUID_LENGTH };
