// Bank account numbers of ISO 13616. The twin of internal/redact/iban.go.

import table from "../../../rules/ibans.json";
import { LOWERS, near } from "./context";
import { lower } from "./fold";
import type { Scanner } from "./scanner";
import { ALNUM, CONTEXT_IBAN, DIGIT, LETTER, LOWER, SEP, SEP_DASH, SEP_DOT, SEP_LINE, SEP_PLUS, SEP_SPACE, UPPER } from "./tables";

/** Separators inside one. */
const SEPS_MAX = 12;
/** Fewer digits are words that pass the check by chance. */
const DIGITS_MIN = 8;
const SEPARATORS = SEP_SPACE | SEP_DASH | SEP_DOT | SEP_PLUS | SEP_LINE;

const lengths = new Map(Object.entries(table.lengths));

/** Reads the account number whose check digits begin at i, after the two letters of its country. */
export function iban(s: Scanner, i: number, hi: number): number {
  const start = i - 2;
  if (start < s.floor || i + 1 >= hi || !s.is(start + 1, UPPER | LOWER) || !s.is(start, UPPER | LOWER) || !s.is(i + 1, DIGIT)) {
    return 0;
  }
  const length = lengths.get(String.fromCharCode(s.byte(start) & ~0x20, s.byte(start + 1) & ~0x20));
  if (length === undefined || !begins(s, start)) return 0;
  const end = ibanEnd(s, start, hi, length);
  if (end === 0 || !counts(s, start, end)) return 0;
  return s.add(start, end, "IBAN", "iban.mod97");
}

/** Whether the country's letters begin a word, or follow the word IBAN itself. */
function begins(s: Scanner, start: number): boolean {
  if (start === s.floor || !s.is(start - 1, ALNUM)) return true;
  return start - 4 >= s.floor && s.lowered(start - 4, start) === "iban";
}

/** Collects letters and digits with single separators between them. */
function ibanEnd(s: Scanner, start: number, hi: number, length: number): number {
  let k = start;
  let seps = 0;
  for (let n = 0; n < length; k++) {
    if (k >= hi) return 0;
    if (s.is(k, DIGIT | UPPER | LOWER)) {
      n++;
    } else if (seps < SEPS_MAX && n > 1 && ((SEP[s.byte(k)] as number) & SEPARATORS) !== 0 && s.is(k - 1, ALNUM)) {
      seps++;
    } else {
      return 0;
    }
  }
  if (k < hi && (s.is(k, DIGIT) || (s.is(k, LETTER) && !s.is(k - 1, DIGIT)))) return 0;
  return k;
}

/** The check of ISO/IEC 7064 MOD 97-10 over the rearranged number, and the look at what surrounds it. */
function counts(s: Scanner, start: number, end: number): boolean {
  const chars: number[] = [];
  let digits = 0;
  for (let k = start; k < end; k++) {
    if (s.is(k, ALNUM)) chars.push(lower(s.byte(k)));
    if (s.is(k, DIGIT)) digits++;
  }
  if (digits < DIGITS_MIN) return false;
  let sum = 0;
  for (let k = 0; k < chars.length; k++) {
    const c = chars[(k + 4) % chars.length] as number;
    sum = c <= 0x39 ? (sum * 10 + c - 0x30) % 97 : (sum * 100 + c - 0x61 + 10) % 97;
  }
  return sum === 1 && near(s, start, end, CONTEXT_IBAN, false) !== LOWERS;
}
