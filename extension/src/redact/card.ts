// Card numbers: issuer, length, Luhn. The twin of internal/redact/card.go.

import table from "../../../rules/cards.json";
import { LOWERS, near, RAISES } from "./context";
import { CARD_DIGITS, claim, fraction, groupEnd, groupLen, groupSep, groupStart, SEP_MAX, stands } from "./number";
import type { Scanner } from "./scanner";
import { ALNUM, CONTEXT_CARD, DIGIT, SEP_CLOSE, SEP_DOT, SEP_OPEN, SEP_PLUS, SEP_SLASH } from "./tables";

/** The longest card number of ISO/IEC 7812, in digits. */
const CARD_MAX = 19;

interface Prefix {
  lo: number;
  hi: number;
  length: number;
}

const issuers = table.issuers.map((issuer) => ({
  lengths: new Set(issuer.lengths),
  prefixes: issuer.ranges.map((range): Prefix => {
    const [lo = "", hi = lo] = range.split("-");
    return { lo: Number(lo), hi: Number(hi), length: lo.length };
  }),
}));
const plainScore = new Map(Object.entries(table.plain_score).map(([n, score]) => [Number(n), score]));
const groupings: readonly (readonly number[])[] = table.groupings;

/** Finds card numbers among the groups of a cluster: alone, or grouped as cards are embossed. */
export function cards(s: Scanner, count: number): void {
  for (let g = 0; g < count; g++) {
    const last = card(s, g, count);
    if (last < 0) continue;
    claim(s, g, last, groupStart(s, g), groupEnd(s, last), "CARD", "card.luhn");
    g = last;
  }
}

/** The last group of the card number that begins with group g, or -1. */
export function card(s: Scanner, g: number, count: number): number {
  const n = groupLen(s, g);
  if (n >= CARD_DIGITS) return n <= CARD_MAX && isCard(s, g, g, n) ? g : -1;
  if (n === 1) return spreadCard(s, g, count);
  for (const form of groupings) {
    if (g + form.length > count || n !== form[0]) continue;
    let digits = n;
    let k = 1;
    while (k < form.length && groupLen(s, g + k) === form[k] && cardSep(s, g + k)) digits += form[k++] as number;
    if (k === form.length && isCard(s, g, g + k - 1, digits)) return g + k - 1;
  }
  return -1;
}

/**
 * Finds the card whose digits begin at i and whose groups one other mark joins: 4111_1111_1111_1111,
 * 4111 | 1111 | 1111 | 1111. Returns its end, or 0.
 */
export function oddCard(s: Scanner, i: number, limit: number): number {
  const end = groupEnd(s, 0);
  if (end - i !== 4 || end + 1 >= limit || (i > s.floor && s.is(i - 1, ALNUM))) return 0;
  let joint = end;
  while (joint < limit && joint - end < SEP_MAX && !s.is(joint, ALNUM)) joint++;
  const sep = s.slice(end, joint);
  if (joint === limit || !ODD_MARKS.some((c) => sep.includes(c))) return 0;
  for (const form of groupings) {
    if (form[0] !== 4) continue;
    let p = end;
    let n = 1;
    let digits = 4;
    for (; n < form.length && s.hasPrefix(p, limit, sep); n++) {
      const start = p + sep.length;
      const size = form[n] as number;
      for (p = start; p < limit && p - start < size && s.is(p, DIGIT); ) p++;
      if (p - start !== size) break;
      s.groupStart[n] = start;
      s.groupEnd[n] = p;
      digits += size;
    }
    if (n < form.length || (p < limit && s.is(p, ALNUM)) || digits < CARD_DIGITS) continue;
    if (luhn(s, 0, n - 1, digits) && issued(s, i, p, digits)) return s.add(i, p, "CARD", "card.luhn");
  }
  return 0;
}

/** What may join the groups of such a card, besides blanks; the last is how the view shows a symbol. */
const ODD_MARKS = ["_", "|", ",", ";", ":", "/", "*", "\x80"];

/** The last group of the card that is written digit by digit from group g on, or -1. */
function spreadCard(s: Scanner, g: number, count: number): number {
  let last = g;
  while (last + 1 < count && groupLen(s, last + 1) === 1 && cardSep(s, last + 1) && s.groupSepLen[last + 1] === 1) last++;
  const digits = last - g + 1;
  if (digits < CARD_DIGITS || digits > CARD_MAX) return -1;
  return luhn(s, g, last, digits) && issued(s, groupStart(s, g), groupEnd(s, last), digits) ? last : -1;
}

/** Whether group g may continue a card number. */
function cardSep(s: Scanner, g: number): boolean {
  const sep = groupSep(s, g);
  if ((sep & (SEP_DOT | SEP_PLUS)) !== 0) return s.groupSepLen[g] === 1;
  return (sep & (SEP_OPEN | SEP_CLOSE | SEP_SLASH)) === 0 || (sep === SEP_SLASH && s.groupSepLen[g] === 1);
}

function isCard(s: Scanner, g: number, last: number, digits: number): boolean {
  const start = groupStart(s, g);
  const end = groupEnd(s, last);
  if (!luhn(s, g, last, digits) || !issued(s, start, end, digits) || !stands(s, start, end)) return false;
  let score = table.grouped_score;
  if (last === g) {
    if (fraction(s, start)) return false;
    score = plainScore.get(digits) ?? 0;
    for (const weak of table.weak_prefixes) {
      if (digits < 15 && s.hasPrefix(start, end, weak)) score -= table.weak_penalty;
    }
  }
  const says = near(s, start, end, CONTEXT_CARD, false);
  if (says === RAISES) score += table.context_raise;
  else if (says === LOWERS) score -= table.context_lower;
  return score >= table.threshold;
}

/** The check digit of ISO/IEC 7812-1, Annex B. */
function luhn(s: Scanner, g: number, last: number, digits: number): boolean {
  let sum = 0;
  let double = digits % 2 === 0;
  for (let k = g; k <= last; k++) {
    for (let i = groupStart(s, k); i < groupEnd(s, k); i++) {
      let d = s.byte(i) - 0x30;
      if (double) {
        d *= 2;
        if (d > 9) d -= 9;
      }
      sum += d;
      double = !double;
    }
  }
  return sum % 10 === 0;
}

/** Whether an issuer has numbers with this beginning and length. */
function issued(s: Scanner, start: number, end: number, digits: number): boolean {
  const head = [0, 0, 0, 0, 0, 0, 0]; // head[n] is the number that the first n digits make
  let n = 0;
  for (let i = start; i < end && n < 6; i++) {
    if (!s.is(i, DIGIT)) continue;
    head[n + 1] = (head[n] as number) * 10 + s.byte(i) - 0x30;
    n++;
  }
  return issuers.some(
    (issuer) =>
      issuer.lengths.has(digits) &&
      issuer.prefixes.some((p) => {
        const value = head[p.length] as number;
        return value >= p.lo && value <= p.hi;
      }),
  );
}
