// Numbers that offices, banks and insurers give to people. The twin of internal/redact/identifier.go.

import table from "../../../rules/identifiers.json";
import { birthDate, numericDate } from "./birthdate";
import { card } from "./card";
import { CODE_MIN, codeAsked, codeBefore, labelledCode } from "./code";
import { codeInBrackets, codeSaid } from "./codesaid";
import { coordinate, coordinates, minutes } from "./geo";
import { CHECKS } from "./idcheck";
import { addLabel, labelBefore, OTHER_THING, type SeenLabel } from "./label";
import { lastFour, maskedCard } from "./lastfour";
import { CARD_DIGITS, fraction, groupEnd, groupLen, priced, stands } from "./number";
import type { Scanner } from "./scanner";
import { sentenceEnd } from "./context";
import {
  ALNUM,
  CLASS,
  DIGIT,
  LETTER,
  LOWER,
  SEP,
  SEP_DASH,
  SEP_DOT,
  SEP_PLUS,
  SEP_SLASH,
  SEP_SPACE,
  UPPER,
  wordSet,
} from "./tables";
import { token } from "./token";
import type { Type } from "./types";

/** One kind of identifier of rules/identifiers.json. */
interface RawKind {
  rule: string;
  type: string;
  parse?: string;
  check?: string;
  shapes?: string[];
  bare?: string[];
  least?: number;
  most?: number;
  words?: number;
  labels?: string[];
  weak?: string[];
}

interface Kind {
  rule: string;
  type: Type;
  parse: string;
  check: ((v: string) => boolean) | undefined;
  shapes: readonly string[];
  least: number;
  most: number;
  words: number;
}

/** A shape that needs no label. */
interface BareShape {
  kind: Kind;
  shape: string;
  /** What may follow its first digits: a set of FOLLOW_* classes. */
  after: number;
  /** How many digits it has up to the next letter, at least. */
  least: number;
}

// What follows the first digits of a shape.
/** No letter, or the text's end. */
const FOLLOW_SIGN = 1;
const FOLLOW_UPPER = 2;
const FOLLOW_LOWER = 4;
const FOLLOW_ANY = FOLLOW_SIGN | FOLLOW_UPPER | FOLLOW_LOWER;

// Bounds of identifiers, in characters.
/** Letters before the first digit of a bare shape; LEAD_MAX itself: two letters and a separator. */
const LEAD_MAX = 7;
/** Letters before the first digit of any identifier. */
const LETTER_MAX = 12;
/** Digits of the first run of a bare shape. */
const RUN_MAX = 18;
/** Digits of a value that only its label tells, unless its kind says otherwise. */
const ID_LEAST = 6;
/** And its letters and digits at most. */
const ID_MOST = 24;

const SPACED = LEAD_MAX;
const DATE_YEAR = 4;
/** Digits of the shortest first number of a pair of coordinates without a label. */
const GEO_DIGITS = 6;

const NINE = 0x39;
const DASH = 0x2d;
const EQUALS = 0x3d;
const LETTER_A = 0x41;
const LETTER_X = 0x58;
const DOT = 0x2e;
const FOLD_SYMBOL = 0x80;
const JOINERS = SEP_SPACE | SEP_DASH | SEP_DOT | SEP_SLASH | SEP_PLUS;

const WINDOW = table.window;
export const REACH = table.reach;
export const MONTHS = wordSet(table.months);
export const VERBS = wordSet(table.code_verbs);
export const NOUNS = wordSet(table.code_nouns);
const FILLERS = wordSet(table.fillers);

const rawKinds: RawKind[] = table.kinds;
const kinds: Kind[] = rawKinds.map((raw) => ({
  rule: raw.rule,
  type: raw.type as Type,
  parse: raw.parse ?? "",
  check: CHECKS.get(raw.check ?? ""),
  shapes: raw.shapes ?? [],
  least: raw.least ?? ID_LEAST,
  most: raw.most ?? ID_MOST,
  words: raw.words ?? table.words,
}));
/** By the letters before the first digit, and how many digits those are. */
const bare: BareShape[][][] = Array.from({ length: LEAD_MAX + 1 }, () => Array.from({ length: RUN_MAX + 1 }, () => []));
rawKinds.forEach((raw, k) => {
  for (const shape of raw.bare ?? []) addBare(kinds[k] as Kind, shape);
});

/** Fills the table of labels. */
export function loadLabels(): void {
  rawKinds.forEach((raw, k) => {
    for (const word of raw.labels ?? []) addLabel(word, k, false);
    for (const word of raw.weak ?? []) addLabel(word, k, true);
  });
  for (const word of table.others) addLabel(word, OTHER_THING, false);
}

/** Files a shape under what stands where its first digit is. */
function addBare(kind: Kind, shape: string): void {
  const lead = shape.indexOf("9");
  const least = digitsOf(shape.slice(lead));
  const file = (letters: number, run: number): void => {
    bare[letters]?.[run]?.push({ kind, shape, after: after(shape, run), least });
  };
  let run = lead;
  while (shape[run] === "9") run++;
  const first = run - lead;
  let all = first;
  for (let k = run; shape[k] === "9" || shape[k] === "-"; k++) if (shape[k] === "9") all++;
  let letters = lead;
  if (lead > 0 && shape[lead - 1] === "-") {
    letters--;
    if (letters === 2) file(SPACED, first);
  }
  file(letters, first);
  if (shape[run] === "X") file(letters, first + 1); // which may be a digit
  if (all !== first) file(letters, all);
}

/** Counts the digits up to the first character of a shape that may be a letter. */
function digitsOf(shape: string): number {
  let n = 0;
  for (const c of shape) {
    if (c >= "0" && c <= "9") n++;
    else if (((CLASS[c.charCodeAt(0)] as number) & LETTER) !== 0) break;
  }
  return n;
}

/** What may follow the first digits of a shape, where they are so many. */
function after(shape: string, digits: number): number {
  let follows = 0;
  for (const c of shape.slice(shape.indexOf("9"))) {
    if (digits > 0 && (c === "9" || c === "X")) digits--;
    else if (c === "-") follows |= FOLLOW_SIGN; // which may be missing
    else if (c === "9" || c === "=") return follows | FOLLOW_SIGN;
    else if (c === "A" || c === "X") return follows | FOLLOW_UPPER;
    else return FOLLOW_ANY;
  }
  return FOLLOW_ANY;
}

/** The kind that a label names. */
export function parseOf(seen: Readonly<SeenLabel> | undefined): string {
  return seen === undefined || seen.kind === OTHER_THING ? "" : (kinds[seen.kind] as Kind).parse;
}

/** Whether a kind is that of one-time codes. */
export function isCodeKind(kind: number): boolean {
  return kind >= 0 && (kinds[kind] as Kind).parse === "code";
}

/** Whether a kind is one of secrets. */
export function isSecretKind(kind: number): boolean {
  return kind >= 0 && (kinds[kind] as Kind).type === "SECRET";
}

/** The nearest label left of i. */
export function labelLeft(s: Scanner, i: number): Readonly<SeenLabel> | undefined {
  return labelBefore(s, i, WINDOW);
}

/**
 * Looks for what the digits at i, the first of a cluster, identify: by the label before them, or by a shape that nothing
 * else has. The end of what it found, or 0.
 */
export function identifier(s: Scanner, i: number, limit: number, count: number, digits: number): number {
  const run = groupLen(s, 0);
  const after = groupEnd(s, 0);
  const symbol = run <= 3 && after < limit && s.byte(after) === FOLD_SYMBOL;
  if (digits < DATE_YEAR && count < 3 && !symbol && alone(s, i, after, limit) && !spacedLetters(s, i)) return 0;
  let end = token(s, i, limit);
  if (end > 0) return end;
  if (symbol) {
    end = minutes(s, i, limit);
    if (end > 0) return end;
  }
  let lead = 0;
  while (lead < LETTER_MAX && i - lead > s.floor && s.is(i - lead - 1, UPPER | LOWER)) lead++;
  const touches = lead > 0 || (after < limit && s.is(after, LETTER));
  if (digits < DATE_YEAR && !touches && count < 3 && !spacedLetters(s, i)) return 0;
  const seen = labelLeft(s, i);
  if (seen !== undefined && seen.kind !== OTHER_THING) {
    end = labelledID(s, i, limit, lead, count, digits, seen);
    if (end > 0) return end;
  }
  end = unlabelled(s, i, limit, count, digits);
  if (end > 0) return end;
  if ((seen !== undefined && seen.kind === OTHER_THING && i - seen.end <= REACH) || run > RUN_MAX) return 0;
  return bareID(s, i, limit, lead, run, digits);
}

/** Whether no letter or digit touches bytes i to end. */
function alone(s: Scanner, i: number, end: number, limit: number): boolean {
  return (i <= s.floor || !s.is(i - 1, ALNUM)) && (end >= limit || !s.is(end, ALNUM));
}

/** Whether letters and one separator stand before i, as in a number plate. */
function spacedLetters(s: Scanner, i: number): boolean {
  return i - 2 >= s.floor && ((SEP[s.byte(i - 1)] as number) & (SEP_SPACE | SEP_DASH)) !== 0 && s.is(i - 2, UPPER);
}

/** Tries the shapes that need no label. The cluster has so many digits. */
function bareID(s: Scanner, i: number, limit: number, lead: number, run: number, digits: number): number {
  if (lead === 0 && i - 3 >= s.floor && s.is(i - 3, UPPER) && spacedLetters(s, i)) {
    const end = bareShapes(s, i - 3, i + run, limit, digits, (bare[SPACED] as BareShape[][])[run] as BareShape[]);
    if (end > 0) return end;
  }
  return lead >= LEAD_MAX ? 0 : bareShapes(s, i - lead, i + run, limit, digits, (bare[lead] as BareShape[][])[run] as BareShape[]);
}

/** Tries the shapes at start, whose first digits end at run. */
function bareShapes(s: Scanner, start: number, run: number, limit: number, digits: number, shapes: readonly BareShape[]): number {
  if (shapes.length === 0) return 0;
  const follows = run >= limit || !s.is(run, LETTER) ? FOLLOW_SIGN : s.is(run, UPPER) ? FOLLOW_UPPER : FOLLOW_LOWER;
  for (const { kind, shape, after, least } of shapes) {
    if (digits < least || (after & follows) === 0) continue;
    const end = matchShape(s, start, limit, shape, true);
    if (end === 0 || !free(s, start, end) || priced(s, start) || fraction(s, start) || runsFurther(s, start, end)) continue;
    if (kind.check === undefined || kind.check(s.id)) return s.add(start, end, kind.type, kind.rule);
  }
  return 0;
}

/** Whether a sign or more groups of digits make the match a piece of a longer number. */
function runsFurther(s: Scanner, start: number, end: number): boolean {
  if (start > s.floor && s.byte(start - 1) === 0x2b && s.is(start, DIGIT)) return true;
  if (end + 1 >= s.length || !s.is(end + 1, DIGIT) || !s.is(end - 1, DIGIT)) return false;
  let p = end - 1;
  while (p > start && s.is(p, ALNUM)) p--;
  return s.byte(end) === s.byte(p);
}

/** Whether the match is not a part of a longer code. */
export function free(s: Scanner, start: number, end: number): boolean {
  if (start > s.floor) {
    const c = s.byte(start - 1);
    if (s.is(start - 1, ALNUM) && (!s.is(start, DIGIT) || !stands(s, start, end))) return false;
    if (c === 0x5f || (c === DASH && start - 2 >= s.floor && s.is(start - 2, ALNUM))) return false;
  }
  if (end >= s.length) return true;
  const c = s.byte(end);
  if (s.is(end, ALNUM) && (!s.is(end - 1, DIGIT) || !stands(s, start, end))) return false;
  if (c === 0x5f || c === 0x25) return false;
  return (c !== DASH && c !== DOT && c !== 0x2f) || end + 1 >= s.length || !s.is(end + 1, ALNUM);
}

/** Matches a shape: where the match ends; s.id holds its letters and digits. strict takes capitals only. */
function matchShape(s: Scanner, start: number, limit: number, shape: string, strict: boolean): number {
  let p = start;
  let id = "";
  for (let k = 0; k < shape.length; k++) {
    const want = shape.charCodeAt(k);
    if (want === DASH || want === EQUALS) {
      if (p < limit && ((SEP[s.byte(p)] as number) & JOINERS) !== 0) p++;
      else if (want === EQUALS) return 0;
      continue;
    }
    if (p >= limit) return 0;
    const c = s.byte(p);
    const kind = CLASS[c] as number;
    const letters = strict ? UPPER : UPPER | LOWER;
    if (want === NINE) {
      if ((kind & DIGIT) === 0) return 0;
    } else if (want === LETTER_A) {
      if ((kind & letters) === 0) return 0;
    } else if (want === LETTER_X) {
      if ((kind & (letters | DIGIT)) === 0) return 0;
    } else if (c !== want) {
      return 0;
    } else if (want === DOT || want === 0x2f || want === 0x28 || want === 0x29 || want === 0x2b) {
      p++;
      continue;
    }
    id += String.fromCharCode(upper(c));
    p++;
  }
  s.id = id;
  return p;
}

export function upper(c: number): number {
  return c >= 0x61 && c <= 0x7a ? c - 0x20 : c;
}

/** Reads what the label seen before i names. */
function labelledID(
  s: Scanner,
  i: number,
  limit: number,
  lead: number,
  count: number,
  digits: number,
  seen: Readonly<SeenLabel>,
): number {
  const kind = kinds[seen.kind] as Kind;
  switch (kind.parse) {
    case "birth":
      return birthDate(s, i, limit, seen);
    case "code":
      return labelledCode(s, i, limit, lead, count, seen);
    case "last":
      return lastFour(s, i, seen);
    case "geo":
      return coordinate(s, i, limit, seen);
    case "wallet":
    case "vin":
      return 0; // by token()
  }
  const start = i - lead < seen.end ? i : i - lead;
  if (priced(s, start) || fraction(s, start) || (digits >= CARD_DIGITS && card(s, 0, count) >= 0)) return 0;
  const starts: number[] = [];
  for (let back = start; back >= seen.end && starts.length <= GROUPS_BEFORE; back = groupBefore(s, back, seen.end)) {
    starts.push(back);
  }
  const earliest = starts.at(-1);
  if (earliest === undefined) return 0;
  const straight = direct(s, seen, earliest);
  if (seen.weak && !straight) return 0;
  for (let k = starts.length - 1; k >= 0; k--) {
    const end = labelledShape(s, starts[k] as number, limit, kind, straight && !seen.weak);
    if (end > 0) return end;
  }
  return !straight || seen.weak ? 0 : labelledToken(s, earliest, limit, kind);
}

/** How many groups of capitals may stand before the first digits of a value. */
const GROUPS_BEFORE = 2;
const NO_GROUPS = new Set(["NO", "NR", "ID", "IS", "NUM", "OF", "THE"]);

/** Where the letters begin that stand before start and one separator, or -1. */
function groupBefore(s: Scanner, start: number, floor: number): number {
  if (start - 2 < floor || ((SEP[s.byte(start - 1)] as number) & (SEP_SPACE | SEP_DASH)) === 0) return -1;
  let p = start - 1;
  while (p > floor && s.is(p - 1, UPPER)) p--;
  const n = start - 1 - p;
  if (n === 0 || n > 3 || (p > s.floor && s.is(p - 1, ALNUM))) return -1;
  return NO_GROUPS.has(s.slice(p, start - 1)) ? -1 : p;
}

function labelledShape(s: Scanner, start: number, limit: number, kind: Kind, unchecked: boolean): number {
  let best = 0;
  for (const shape of kind.shapes) {
    const end = matchShape(s, start, limit, shape, false);
    if (end <= best) continue;
    if (end < s.length && (s.is(end, DIGIT) || (s.is(end, ALNUM) && !stands(s, start, end)))) continue;
    if (unchecked || kind.check === undefined || kind.check(s.id)) best = end;
  }
  return best === 0 ? 0 : s.add(start, best, kind.type, kind.rule);
}

/** How far from a weak label its value may stand, in characters. */
const WEAK_REACH = 8;

/** Whether only a few words stand between a label and the value at start, and no number or sentence's end. */
export function direct(s: Scanner, seen: Readonly<SeenLabel>, start: number): boolean {
  if (start < seen.end || start - seen.end > REACH) return false;
  let words = 0;
  for (let p = seen.end; p < start; p++) {
    if (s.is(p, DIGIT) || (sentenceEnd(s, p) && s.byte(p) !== 0x0a && !dotOfLabel(s, p, seen))) return false;
    if (s.is(p, LETTER) && (p === seen.end || !s.is(p - 1, LETTER))) {
      let end = p;
      while (end < start && s.is(end, LETTER)) end++;
      if (!FILLERS.has(s.lowered(p, end))) words++;
    }
  }
  if (seen.weak) return words === 0 && start - seen.end <= WEAK_REACH;
  return words <= (kinds[seen.kind] as Kind).words;
}

/** Whether the dot at p abbreviates the label ("Geb.") or a word such as "No." rather than ending a sentence. */
function dotOfLabel(s: Scanner, p: number, seen: Readonly<SeenLabel>): boolean {
  if (s.byte(p) !== DOT) return false;
  let n = 0;
  while (p > seen.start && s.is(p - 1, LETTER) && n < 4) {
    p--;
    n++;
  }
  return n < 4 || p <= seen.start;
}

/**
 * Reads what stands directly after a label, whatever its shape: groups of letters and digits with single separators, the
 * first of which begins at start.
 */
function labelledToken(s: Scanner, start: number, limit: number, kind: Kind): number {
  let end = 0;
  let digits = 0;
  let chars = 0;
  for (let p = start; p < limit; ) {
    const g = p;
    let groupDigits = 0;
    while (p < limit && s.is(p, UPPER | LOWER | DIGIT)) if (s.is(p++, DIGIT)) groupDigits++;
    const n = p - g;
    if (n === 0 || chars + n > kind.most || (groupDigits === 0 && chars > 0 && !codeLetters(s, g, p))) break;
    chars += n;
    digits += groupDigits;
    end = p;
    if (p + 1 >= limit || ((SEP[s.byte(p)] as number) & JOINERS) === 0) break;
    p++;
  }
  if (digits < kind.least || chars < Math.max(4, kind.least) || numericDate(s, start, end) > 0 || decimal(s, start, end)) return 0;
  return s.add(start, end, kind.type, kind.rule);
}

/** Whether bytes g to p are three capitals at most that do not begin another label. */
function codeLetters(s: Scanner, g: number, p: number): boolean {
  if (p - g > 3) return false;
  for (let k = g; k < p; k++) if (!s.is(k, UPPER)) return false;
  return p >= s.length || (s.byte(p) !== 0x3a && s.byte(p) !== EQUALS);
}

/** Whether it is a number with decimals, such as a price. */
function decimal(s: Scanner, start: number, end: number): boolean {
  let dots = 0;
  for (let p = start; p < end; p++) {
    if (s.byte(p) === DOT) dots++;
    else if (!s.is(p, DIGIT)) return false;
  }
  return dots === 1 && end - start >= 3 && s.byte(end - 3) === DOT;
}

/** Looks for what its surroundings tell apart from a label. */
function unlabelled(s: Scanner, i: number, limit: number, count: number, digits: number): number {
  let end = groupLen(s, 0) < CODE_MIN ? 0 : codeBefore(s, i, limit, count) || codeAsked(s, i, limit, count);
  end ||= codeInBrackets(s, i, limit, count) || codeSaid(s, i, count) || maskedCard(s, i, limit);
  return end || (digits >= GEO_DIGITS ? coordinates(s, i, limit) : 0);
}
