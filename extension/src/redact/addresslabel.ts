// Postal addresses that a label announces, whatever their form. The twin of internal/redact/addresslabel.go.

import { houseSign } from "./addresspart";
import { addressTail, JOIN_MAX } from "./addresstail";
import {
  backWord,
  CITY,
  DIRECTION,
  flags,
  FUNCTION,
  LABEL,
  LABEL_ADDRESS,
  LABEL_AT,
  LABEL_LOOSE,
  labelEnding,
  NOUN,
  part,
  PLACE,
  PREFIX,
  PREFIX_WEAK,
  STREET,
  STREET_WEAK,
  wordEnd,
} from "./lexicon";
import { LABEL_GAP } from "./namelabel";
import { digitCount } from "./postcode";
import type { Scanner } from "./scanner";
import { measured } from "./street";
import { ALNUM, DIGIT, LETTER, LOWER, OTHER, UPPER } from "./tables";

/** Characters of an address before one of its numbers. */
export const BLOCK_LEFT = 60;
/** Characters of one of its lines. */
const BLOCK_RIGHT = 120;
const BLOCK_LINES = 5;
/** Lines of it above its first number. */
const BLOCK_ABOVE = 2;
/** Digits of a number in it. */
const BLOCK_NUMBER = 7;
/** From so many digits on, a number may be a postcode. */
const CODE_DIGITS = 4;

const SPACE = 0x20;
const DOT = 0x2e;
const COLON = 0x3a;
const HASH = 0x23;
const LINE = 0x0a;

/**
 * Takes in what stands directly after the label of an address, on one line or some, whatever its form: "Adresas: Kauno g.
 * 5-12, Vilnius". Each further line must bring a number, and none comes after the one with the postcode.
 */
export function labelledBlock(s: Scanner, start: number, digits: number, hi: number): number {
  const from = blockBefore(s, start);
  if (from < 0) {
    s.blockless = start;
    return 0;
  }
  if (measured(s, digits, hi)) return 0;
  let end = 0;
  let coded = false;
  for (let n = 0, p = from; n < BLOCK_LINES; n++) {
    const last = addressLine(s, p, hi);
    const whole = last > p && lineEnds(s, last);
    if (!whole && (p > start || last < digits)) break;
    if (last >= digits && (end === 0 || (lineNumber && !coded))) end = last;
    coded = coded || lineCode;
    p = nextLine(s, last, hi);
    if (!whole || p === 0 || (coded && end > 0)) break;
  }
  return end === 0 ? 0 : s.add(from, addressTail(s, end, hi), "ADDRESS", "address.label");
}

/** Where the label's block begins that the number at start stands in, or -1. */
function blockBefore(s: Scanner, start: number): number {
  const low = Math.max(s.floor, start - BLOCK_LEFT, s.blockless);
  let p = start;
  for (let line = 0; line <= BLOCK_ABOVE; line++) {
    while (p > low && (s.is(p - 1, ALNUM) || inAddress(s.byte(p - 1)) || (s.byte(p - 1) === COLON && houseSign(s, p) < p))) p--;
    if (p === low) return -1;
    let from = p;
    while (from < start && s.byte(from) === SPACE) from++;
    if (!s.is(from, UPPER | OTHER | DIGIT) && s.byte(from) !== HASH) return -1;
    if (labelledHere(s, from)) return from;
    if (s.byte(--p) !== LINE) return -1;
  }
  return -1;
}

/** What may stand between the words of an address. */
const IN_ADDRESS = new Uint8Array(256);
for (const c of " ,.-/#'()") IN_ADDRESS[c.charCodeAt(0)] = 1;
IN_ADDRESS[0x80] = 1; // FOLD_SYMBOL

/** Whether the sign c may stand between the words of an address. */
export function inAddress(c: number): boolean {
  return IN_ADDRESS[c] === 1;
}

/** Whether nothing but signs follows p on its line. */
function lineEnds(s: Scanner, p: number): boolean {
  while (p < s.length && ",. )".includes(String.fromCharCode(s.byte(p)))) p++;
  return p >= s.length || s.byte(p) === LINE;
}

/** Where the line after p begins, or 0. */
function nextLine(s: Scanner, p: number, hi: number): number {
  for (let q = p; q < hi && q - p < JOIN_MAX; q++) {
    if (s.byte(q) === LINE && q + 1 < hi && s.is(q + 1, UPPER | OTHER | DIGIT)) return q + 1;
  }
  return 0;
}

/** Whether the line that addressLine read last holds a number. */
let lineNumber = false;
/** Whether it holds one that may be a postcode. */
let lineCode = false;

/**
 * Reads the words, numbers and signs of an address from p to the end of its line, and returns the end of the last word or
 * number; p where there is none. A word in small letters that is no part of addresses ends it, and so does a sentence's end.
 */
function addressLine(s: Scanner, p: number, hi: number): number {
  const from = p;
  let end = p;
  let named = false;
  lineNumber = lineCode = false;
  while (p < hi && p - from < BLOCK_RIGHT) {
    const c = s.byte(p);
    if (s.is(p, LETTER)) {
      const e = wordEnd(s, p, hi);
      if (!addressWord(s, p, e) || (p === from && (flags(s, p, e) & (NOUN | LABEL)) !== 0 && !addressPart(s, p, e))) break;
      named = named || e - p > 1;
      p = end = e;
      continue;
    }
    const n = digitCount(s, p, hi);
    if (n > 0) {
      if (n > BLOCK_NUMBER) break;
      lineNumber = true;
      lineCode = lineCode || n >= CODE_DIGITS;
      p = end = p + n;
      continue;
    }
    if (!inAddress(c) && (c !== COLON || houseSign(s, p + 1) === p + 1)) break;
    if (c === DOT && sentenceEnds(s, p)) break;
    p++;
  }
  return named || lineCode ? end : from;
}

/** What a word is that addresses are made of. */
const ADDRESS_SAYS = PLACE | PREFIX | PREFIX_WEAK | STREET | STREET_WEAK | DIRECTION | CITY;

function addressPart(s: Scanner, i: number, j: number): boolean {
  return (flags(s, i, j) & ADDRESS_SAYS) !== 0 || part(s, i, j) !== 0;
}

/** Whether the word i to j may stand in an address. */
export function addressWord(s: Scanner, i: number, j: number): boolean {
  if (j - i === 1 || addressPart(s, i, j)) return true;
  const formed = !s.is(i, LOWER) || j - i <= 3 || (i > s.floor && s.is(i - 1, DIGIT));
  return formed && (flags(s, i, j) & (FUNCTION | LABEL)) === 0;
}

/**
 * Whether the value i to j of an address's label is none: it begins with an ordinary small word, "choose one of 3", or is a
 * thing with its number, "Store 12".
 */
export function placeless(s: Scanner, i: number, j: number): boolean {
  const e = wordEnd(s, i, j);
  if (e === i || e >= j || addressPart(s, i, e) || (flags(s, i, e) & (FUNCTION | NOUN)) === 0) return false;
  return s.is(i, LOWER) || (s.byte(e) === SPACE && e + 1 + digitCount(s, e + 1, j) === j);
}

/** Whether the full stop at p ends a sentence: a word that is no abbreviation stands before it. */
function sentenceEnds(s: Scanner, p: number): boolean {
  const w = backWord(s, p);
  return p - w > 3 && s.is(p - 1, LOWER) && p + 1 < s.length && s.byte(p + 1) === SPACE && !addressPart(s, w, p);
}

/** Whether the word before start speaks of an address. */
export function labelledAddress(s: Scanner, start: number): boolean {
  if ((labelOf(s, start) & (LABEL_ADDRESS | LABEL_AT | LABEL_LOOSE)) !== 0) return true;
  return ["at", "to", "in"].includes(s.lowered(backWord(s, labelOfEnd), labelOfEnd));
}

/** Whether a label directly before start announces an address: "Deliver to", or "Street" with a colon or a line end. */
export function labelledHere(s: Scanner, start: number): boolean {
  const kind = labelOf(s, start);
  return (kind & LABEL_AT) !== 0 || ((kind & LABEL_ADDRESS) !== 0 && s.byte(labelOfEnd) !== SPACE);
}

/** Where the label ends that labelOf looked for last. */
let labelOfEnd = 0;

/** The kind of the label before start. */
function labelOf(s: Scanner, start: number): number {
  let p = start;
  while (p > s.floor && start - p < LABEL_GAP && !s.is(p - 1, ALNUM)) p--;
  labelOfEnd = p;
  return p === s.floor ? 0 : labelEnding(s, p);
}
