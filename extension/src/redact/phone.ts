// Phone numbers. The twin of internal/redact/phone.go.

import table from "../../../rules/phones.json";
import { LOWERS, near, NEUTRAL, RAISES, wordSays, wordStart } from "./context";
import { labelLeft } from "./identifier";
import { OTHER_THING } from "./label";
import { claim, fraction, groupEnd, groupLen, groupSep, groupStart, joined, PHONE_DIGITS, priced, stands } from "./number";
import type { Scanner } from "./scanner";
import { ALNUM, CONTEXT_PHONE, DIGIT, LETTER, SEP_CLOSE, SEP_DASH, SEP_DOT, SEP_LINE, SEP_OPEN, SEP_PLUS, SEP_SLASH, SEP_SPACE } from "./tables";

// Bounds of ITU-T E.164, in digits.
const PHONE_MAX = 15;
const COUNTRY_MAX = 3;
const NANP_LENGTH = 10;
/** Digits of an area code in brackets, and of the whole number that it begins. */
const AREA_MIN = 2;
const AREA_MAX = 5;
const NATIONAL_MIN = 8;

const countries: (readonly number[] | undefined)[] = [];
for (const [code, lengths] of Object.entries(table.countries)) countries[Number(code)] = lengths;

interface Form {
  starts: readonly string[];
  /** How many digits each group has. */
  lengths: readonly number[];
  score: number;
  rule: string;
}
/** Digits of the longest group of a form. */
const FORM_MAX = 12;
/** By the digits of the first group and of the second, 0 where there is none. */
const forms: (Form[] | undefined)[] = [];
for (const { starts, groups, score, region } of table.forms) {
  for (const lengths of groups) {
    (forms[formsAt(lengths[0] ?? 0, lengths[1] ?? 0)] ??= []).push({ starts, lengths, score, rule: `phone.national.${region}` });
  }
}
// The longest first: a form may be the beginning of another.
for (const list of forms) list?.sort((a, b) => b.lengths.length - a.lengths.length);

function formsAt(first: number, second: number): number {
  return first * (FORM_MAX + 1) + second;
}

/** A possible phone number: groups up to last, bytes start to end, and what it weighs by itself. */
interface Candidate {
  last: number;
  start: number;
  end: number;
  score: number;
  plain: boolean;
  rule: string;
}

/** Finds phone numbers among the groups of a cluster that no other detector claimed. */
export function phones(s: Scanner, count: number, limit: number): void {
  for (let g = 0; g < count; g++) {
    if (s.used[g] !== 0) continue;
    let free = g;
    while (free < count && s.used[free] === 0) free++;
    const last = phone(s, g, free, limit);
    if (last >= 0) g = last;
  }
}

/** Tries every way to read a number from group g on, the surest first, and returns its last group or -1. */
function phone(s: Scanner, g: number, count: number, limit: number): number {
  let c = dials(s, international(s, g, count), limit) ?? dials(s, nanp(s, g, count), limit);
  const first = groupLen(s, g);
  if (c === undefined && first <= FORM_MAX) {
    c = nationals(s, forms[formsAt(first, 0)], g, count, limit);
    if (g + 1 < count && groupLen(s, g + 1) <= FORM_MAX) c ??= nationals(s, forms[formsAt(first, groupLen(s, g + 1))], g, count, limit);
  }
  c ??= dials(s, labelled(s, g, count), limit);
  if (c === undefined) return -1;
  claim(s, g, c.last, c.start, c.end, "PHONE", c.rule);
  return c.last;
}

/** Weighs a candidate with its context. */
function dials(s: Scanner, c: Candidate | undefined, limit: number): Candidate | undefined {
  if (c === undefined) return undefined;
  // An extension may be glued to the number.
  const end = c.end < limit && s.is(c.end, LETTER) ? extension(s, c.end, limit) : c.end;
  if (!stands(s, c.start, end) || priced(s, c.start) || fraction(s, c.start)) return undefined;
  if ((c.end < s.length && s.byte(c.end) === 0x25) || selector(s, c.start)) return undefined;
  let score = c.score;
  let says = near(s, c.start, c.end, CONTEXT_PHONE, c.plain);
  if (says !== LOWERS && articleNumber(s, c.start)) {
    // What is said right before the number counts more than what is said further left.
    if (says === NEUTRAL || near(s, c.start, s.length, CONTEXT_PHONE, c.plain) === RAISES) says = LOWERS;
  }
  if (says === RAISES) score += table.context_raise;
  else if (says === LOWERS) score -= table.context_lower;
  else if (c.plain && productNumber(s, c.last)) score -= table.gtin_penalty;
  if (score < table.threshold) return undefined;
  c.end = extension(s, c.end, limit);
  return c;
}

/** How many characters may stand between the label of another number and that number. */
const ARTICLE_GAP = 4;

/** Whether the number at start directly follows the label of something else: "Order code 020 9231 4498". */
function articleNumber(s: Scanner, start: number): boolean {
  const seen = labelLeft(s, start);
  if (seen?.kind !== OTHER_THING || start - seen.end > ARTICLE_GAP) return false;
  // The label of a phone is one of something else to identifiers.
  for (let p = seen.end; p > seen.start; ) {
    if (!s.is(p - 1, LETTER)) {
      p--;
      continue;
    }
    const end = p;
    p = wordStart(s, p, seen.start);
    if (wordSays(s, p, end, CONTEXT_PHONE, false) === RAISES) return false;
  }
  return true;
}

/** Whether start follows a word and a dash or underscore, as in "part-415-555-2671". */
function selector(s: Scanner, start: number): boolean {
  if (start - 2 < s.floor) return false;
  const c = s.byte(start - 1);
  return (c === 0x2d || c === 0x5f) && s.is(start - 2, ALNUM);
}

/** Moves start over the bracket that belongs to the number. */
function openLeft(s: Scanner, g: number, start: number): number {
  if (start - 1 < s.floor || s.byte(start - 1) !== 0x28) return start;
  return g === 0 || (groupSep(s, g) & SEP_OPEN) !== 0 || groupStart(s, g) === start ? start - 1 : start;
}

/** Whether group g may continue a phone number. */
function phoneSep(s: Scanner, g: number): boolean {
  const sep = groupSep(s, g);
  if ((sep & (SEP_LINE | SEP_PLUS)) !== 0) return false;
  return (sep & SEP_DOT) === 0 || s.groupSepLen[g] === 1;
}

/** Reads +49 30 123456 and 0049 30 123456. */
function international(s: Scanner, g: number, count: number): Candidate | undefined {
  const start = groupStart(s, g);
  let plus = start - 1 >= s.floor && s.byte(start - 1) === 0x2b;
  let sign = start - 1;
  if (!plus && start - 2 >= s.floor && s.byte(start - 2) === 0x2b && (s.byte(start - 1) === 0x28 || s.byte(start - 1) === 0x20)) {
    plus = true;
    sign = start - 2;
  }
  let skip = 0;
  if (!plus) {
    const n = groupLen(s, g);
    if ((n < 3 && !(n === 2 && g + 1 < count)) || s.byte(start) !== 0x30 || s.byte(start + 1) !== 0x30) return undefined;
    skip = 2;
    sign = start;
  }
  let last = internationalEnd(s, g, count, skip);
  let score = table.international;
  if (last < 0 && plus) {
    last = isRun(s, g) ? g : anyLength(s, g, count);
    score = isRun(s, g) ? table.international_run : table.international_any;
  }
  if (last < 0) return undefined;
  // +12.3456789 is a coordinate.
  if (last === g + 1 && joined(s, last, SEP_DOT) && groupLen(s, g) - skip <= COUNTRY_MAX) return undefined;
  const plain = !plus && last === g;
  return {
    last,
    start: openLeft(s, g, sign),
    end: groupEnd(s, last),
    score: plus ? score : plain ? table.international_00_plain : table.international_00,
    plain,
    rule: "phone.international",
  };
}

const head = [0, 0, 0, 0];

/** The last group with which the digits from group g on, after skip of them, make a number of its country's length. */
function internationalEnd(s: Scanner, g: number, count: number, skip: number): number {
  let best = -1;
  let total = -skip;
  let zero = 0;
  let n = 0;
  for (let k = g; k < count && (k === g || phoneSep(s, k)); k++) {
    const start = groupStart(s, k);
    const end = groupEnd(s, k);
    // The (0) that is dialled only within the country.
    if (k > g && end - start === 1 && s.byte(start) === 0x30 && (groupSep(s, k) & SEP_OPEN) !== 0) zero = 1;
    for (let i = k === g ? start + skip : start; i < end && n < COUNTRY_MAX; i++) {
      head[n + 1] = (head[n] as number) * 10 + s.byte(i) - 0x30;
      n++;
    }
    total += end - start;
    if (total - zero > PHONE_MAX) break;
    if (countryFits(n, total - zero)) best = k;
  }
  return best;
}

/** The least of digits after a "+" that are a number by themselves, without a label: fewer are an amount. */
const RUN_MIN = 10;

/** Whether group g is an unbroken number that makes none of its country: mistyped, or of a plan that is not known. */
function isRun(s: Scanner, g: number): boolean {
  const n = groupLen(s, g);
  return n >= RUN_MIN && n <= PHONE_MAX && s.byte(groupStart(s, g)) !== 0x30;
}

/** The last group of such a number in groups. */
function anyLength(s: Scanner, g: number, count: number): number {
  let best = -1;
  let total = 0;
  for (let k = g; k < count && (k === g || phoneSep(s, k)); k++) {
    total += groupLen(s, k);
    if (total > PHONE_MAX) break;
    if (total >= NATIONAL_MIN) best = k;
  }
  return best;
}

function countryFits(n: number, total: number): boolean {
  for (let size = Math.min(n, COUNTRY_MAX); size >= 1; size--) {
    const code = head[size] as number;
    const lengths = countries[code];
    if (lengths === undefined || code < ([0, 1, 10, 100][size] as number)) continue;
    const [least = 0, most = 0] = lengths;
    return total - size >= least && total - size <= most;
  }
  return false;
}

/** Reads the forms of North America: (415) 555-2671, 1-415-555-2671, 415.555.2671, 4155552671. */
function nanp(s: Scanner, g: number, count: number): Candidate | undefined {
  let first = g;
  if (groupLen(s, g) === 1 && s.byte(groupStart(s, g)) === 0x31 && g + 1 < count && phoneSep(s, g + 1)) first = g + 1;
  const start = groupStart(s, first);
  const n = groupLen(s, first);
  if (first === g && (n === NANP_LENGTH || (n === NANP_LENGTH + 1 && s.byte(start) === 0x31))) {
    const end = groupEnd(s, first);
    if (!nanpValid(s, end - NANP_LENGTH, end - NANP_LENGTH + 3)) return undefined;
    return { last: g, start, end, score: table.nanp.plain, plain: true, rule: "phone.nanp" };
  }
  const last = first + 2;
  if (n !== 3 || last >= count || groupLen(s, first + 1) !== 3 || groupLen(s, last) !== 4) return undefined;
  if (!phoneSep(s, first + 1) || !phoneSep(s, last) || !nanpValid(s, start, groupStart(s, first + 1))) return undefined;
  if (runsOn(s, g, last, count)) return undefined;
  const seps = groupSep(s, first + 1) | groupSep(s, last);
  let score = 0;
  if ((seps & SEP_CLOSE) !== 0) score = table.nanp.paren;
  else if ((seps & SEP_DASH) !== 0) score = table.nanp.dash;
  else if (seps === SEP_DOT) score = table.nanp.dot;
  else if (seps === SEP_SPACE || (seps & SEP_SLASH) !== 0) score = table.nanp.space;
  else return undefined;
  if (first > g) score += 10;
  const end = groupEnd(s, last);
  return { last, start: openLeft(s, first, groupStart(s, g)), end, score, plain: false, rule: "phone.nanp" };
}

/** Checks the first digits of area code and exchange. */
function nanpValid(s: Scanner, area: number, exchange: number): boolean {
  return s.byte(area) >= 0x32 && s.byte(exchange) >= 0x32 && !(s.byte(area + 1) === 0x31 && s.byte(area + 2) === 0x31);
}

/** Whether the number from g to last is a piece of a longer one with the same single separator. */
function runsOn(s: Scanner, g: number, last: number, count: number): boolean {
  const sep = groupSep(s, last);
  if (sep !== SEP_DASH && sep !== SEP_DOT) return false;
  return (g > 0 && joined(s, g, sep)) || (last + 1 < count && joined(s, last + 1, sep));
}

/** Tries the groupings of national forms in their order. */
function nationals(s: Scanner, forms: readonly Form[] | undefined, g: number, count: number, limit: number): Candidate | undefined {
  if (forms === undefined) return undefined;
  for (const form of forms) {
    if (form.lengths.length > 2 && (g + 2 >= count || groupLen(s, g + 2) !== form.lengths[2])) continue;
    const c = dials(s, national(s, g, count, form), limit);
    if (c !== undefined) return c;
  }
  return undefined;
}

/** Reads the groups of one form. */
function national(s: Scanner, g: number, count: number, form: Form): Candidate | undefined {
  const lengths = form.lengths;
  if (g + lengths.length > count) return undefined;
  for (let k = 1; k < lengths.length; k++) {
    if (groupLen(s, g + k) !== lengths[k] || !phoneSep(s, g + k)) return undefined;
  }
  const last = g + lengths.length - 1;
  if (!starts(s, g, last, form.starts) || mixedDots(s, g, last) || runsOn(s, g, last, count)) return undefined;
  return {
    last,
    start: openLeft(s, g, groupStart(s, g)),
    end: groupEnd(s, last),
    score: form.score,
    plain: last === g,
    rule: form.rule,
  };
}

/** Whether the digits of the groups begin as one of the patterns. */
function starts(s: Scanner, g: number, last: number, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    let k = g;
    let i = groupStart(s, g);
    for (let n = 0; n < pattern.length; n++, i++) {
      if (i === groupEnd(s, k)) {
        if (k === last) return false;
        i = groupStart(s, ++k);
      }
      const c = pattern.charCodeAt(n);
      if (c !== 0x3f && c !== s.byte(i)) return false;
    }
    return true;
  });
}

/** Whether dots stand between some groups only, as in a date and a time. */
function mixedDots(s: Scanner, g: number, last: number): boolean {
  let dots = 0;
  for (let k = g + 1; k <= last; k++) if (groupSep(s, k) === SEP_DOT) dots++;
  return dots > 0 && dots < last - g;
}

/** Reads any digits in groups; only a label beside them makes them a phone number. */
function labelled(s: Scanner, g: number, count: number): Candidate | undefined {
  // In the middle of something, unless a bracket or sign begins a number here.
  if (g > 0 && s.used[g - 1] === 0 && phoneSep(s, g) && (groupSep(s, g) & (SEP_OPEN | SEP_PLUS)) === 0) return undefined;
  let best = -1;
  let total = 0;
  for (let k = g; k < count && (k === g || phoneSep(s, k)); k++) {
    total += groupLen(s, k);
    if (total > PHONE_MAX) break;
    if (total >= PHONE_DIGITS) best = k;
  }
  if (best < 0 || dateLike(s, g, best) || mixedDots(s, g, best)) return undefined;
  const start = openLeft(s, g, groupStart(s, g));
  const bracketed = start < groupStart(s, g) && areaInBrackets(s, g, best);
  return {
    last: best,
    start,
    end: groupEnd(s, best),
    score: bracketed ? table.area_in_brackets : table.context_only,
    plain: best === g,
    rule: bracketed ? "phone.brackets" : "phone.labelled",
  };
}

/**
 * Whether group g is an area code that its brackets close, and one or two long groups follow. A code of more than three
 * digits begins with 0.
 */
function areaInBrackets(s: Scanner, g: number, last: number): boolean {
  const area = groupLen(s, g);
  if (last === g || last > g + 2 || (groupSep(s, g + 1) & SEP_CLOSE) === 0 || area < AREA_MIN || area > AREA_MAX) return false;
  if (area > 3 && s.byte(groupStart(s, g)) !== 0x30) return false;
  let digits = area;
  for (let k = g + 1; k <= last; k++) {
    if (groupLen(s, k) < 3) return false;
    digits += groupLen(s, k);
  }
  return digits >= NATIONAL_MIN;
}

/** Tells 12/31/2026 and 2026-12-31. */
function dateLike(s: Scanner, g: number, last: number): boolean {
  if (last - g < 2) return false;
  const a = groupLen(s, g);
  const b = groupLen(s, g + 1);
  const c = groupLen(s, g + 2);
  return (a === 4 && b <= 2 && c <= 2) || (a <= 2 && b <= 2 && c === 4 && last === g + 2);
}

/** The longest extension, in digits. */
const EXTENSION_MAX = 6;
const EXTENSION_WORDS = new Set(["x", "ext", "extn", "extension", "durchwahl", "poste"]);

/** Moves end over " x123", " ext. 123". */
function extension(s: Scanner, end: number, limit: number): number {
  let k = end;
  while (k < limit && k - end < 2 && (s.byte(k) === 0x20 || s.byte(k) === 0x2c)) k++;
  const word = k;
  while (k < limit && s.is(k, LETTER) && k - word <= 9) k++;
  if (!EXTENSION_WORDS.has(s.lowered(word, k))) return end;
  while (k < limit && (s.byte(k) === 0x2e || s.byte(k) === 0x20 || s.byte(k) === 0x3a) && k - word < 12) k++;
  const digits = k;
  while (k < limit && s.is(k, DIGIT)) k++;
  return k === digits || k - digits > EXTENSION_MAX ? end : k;
}

/** Whether a plain number passes the check of GTIN-12, -13 or -14, or of ISBN-10, and so is as likely to be on a label. */
function productNumber(s: Scanner, g: number): boolean {
  const start = groupStart(s, g);
  const n = groupLen(s, g);
  let sum = 0;
  if (n === 10) {
    for (let k = 0; k < n; k++) sum += (n - k) * (s.byte(start + k) - 0x30);
    return sum % 11 === 0;
  }
  if (n < 12 || n > 14) return false;
  for (let k = 0; k < n; k++) sum += ((n - 1 - k) % 2 === 1 ? 3 : 1) * (s.byte(start + k) - 0x30);
  return sum % 10 === 0;
}
