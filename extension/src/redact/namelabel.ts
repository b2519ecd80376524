// What a label announces: a name, a username, an address. The twin of internal/redact/namelabel.go.

import { placeless } from "./addresslabel";
import { addressTail } from "./addresstail";
import { sentenceEnd } from "./context";
import {
  backWord,
  flags,
  FUNCTION,
  GIVEN,
  HONORIFIC,
  LABEL_ADDRESS,
  LABEL_BY,
  LABEL_LINE,
  LABEL_LOOSE,
  LABEL_NAME,
  LABEL_PERSON,
  LABEL_PLACE,
  LABEL_POST,
  LABEL_STRICT,
  LABEL_USER,
  LABEL_USER_TOO,
  labelBegin,
  labelEnding,
  part,
  mayBeNamed,
  NOT_ADDRESS,
  NOT_LABEL,
  NOT_USER,
  NOUN,
  sameWord,
  SESSION,
  startPhrase,
  SURNAME,
  wordBefore,
  wordBeforeEnd,
  wordEnd,
} from "./lexicon";
import { ends, isLabel } from "./namejudge";
import type { Scanner } from "./scanner";
import { ALNUM, DIGIT, LETTER, LOWER, OTHER, UPPER } from "./tables";

/** Blanks and signs between a label and its value. */
export const LABEL_GAP = 6;
const USERNAME_MIN = 2;
const USERNAME_MAX = 64;
const POSTCODE_MAX = 10;
/** Words of a name that no capital marks. */
const SPOKEN_WORDS = 4;
const SPOKEN_MIN = 2;
/** Of the label of the next field. */
const FIELD_MAX = 24;
/** Characters of an address that has no known form. */
const ADDRESS_LABEL = 160;

const SPACE = 0x20;
const COLON = 0x3a;
const DOT = 0x2e;
const DASH = 0x2d;
const AT = 0x40;
const UNDERSCORE = 0x5f;

/** What may stand between a label and its value: signs that also make a label of a word that else is none, and others. */
const LABEL_MARKS = new Uint8Array(256);
const STRICT_MARK = 2;
for (const c of " ,\"*.'!") LABEL_MARKS[c.charCodeAt(0)] = 1;
for (const c of ":\t|->") LABEL_MARKS[c.charCodeAt(0)] = STRICT_MARK;
const LINE_MARK = 3;
for (const c of "\n\r") LABEL_MARKS[c.charCodeAt(0)] = LINE_MARK;
/** What follows must be a known name. */
const KNOWN_MARK = 4;
LABEL_MARKS[0x3d] = KNOWN_MARK; // =

/** What a label directly before start announces. */
export function labelFor(s: Scanner, start: number): number {
  if (s.afterLabel && start > s.floor && s.is(start - 1, LOWER)) return LABEL_BY;
  let p = start;
  let strict = false;
  let line = false;
  let known = false;
  while (p > s.floor && start - p < LABEL_GAP && !s.is(p - 1, ALNUM)) {
    const mark = LABEL_MARKS[s.byte(p - 1)] as number;
    if (mark === 0) return 0;
    if (mark >= STRICT_MARK) strict = true;
    line = line || mark === LINE_MARK;
    known = known || mark === KNOWN_MARK;
    p--;
  }
  if (p === start || p === s.floor) return 0;
  const colon = s.byte(p) === COLON;
  if (colon && numbered(s, p)) p -= 2;
  if (!mayBeNamed(s, p)) return 0;
  const after = s.byte(p);
  if (after === 0x21) return 0;
  if (after === DOT && p + 1 < s.length && s.byte(p + 1) === SPACE && !sameWord(s, p - 4, p, "attn")) {
    if ((flags(s, backWord(s, p), p) & HONORIFIC) === 0) return 0;
  }
  let kind = labelEnding(s, p);
  const begin = labelBegin;
  if (!strict) kind &= ~LABEL_STRICT;
  if ((kind & LABEL_STRICT) !== 0) {
    const a = wordBefore(s, begin);
    const b = wordBeforeEnd;
    if (b > a && (flags(s, a, b) & NOT_LABEL) !== 0) return 0;
    if (!colon && b > a && b === begin - 1 && s.byte(b) === SPACE) kind &= ~LABEL_STRICT; // a word in the middle of a line
  }
  if ((kind & LABEL_PERSON) === 0) return 0;
  if (known) return LABEL_BY;
  if (line && (kind & LABEL_NAME) === 0 && !colon) kind |= LABEL_LINE;
  return kind & (LABEL_PERSON | LABEL_PLACE | LABEL_LINE);
}

/**
 * Looks at the colon at i: a label before it may announce a username, an address, or a name that no capital marks. Other
 * names are found by their capitals.
 */
export function labelColon(s: Scanner, i: number, hi: number): number {
  if (s.inURL || i <= s.floor) return 0;
  let end = i;
  while (end > s.floor && i - end < 2 && s.byte(end - 1) < 0x2b && " \"*'".includes(String.fromCharCode(s.byte(end - 1)))) end--;
  if (end === s.floor || !s.is(end - 1, ALNUM)) return 0;
  const counted = numbered(s, end);
  if (counted) end -= 2;
  let kind = labelEnding(s, end);
  if (counted) kind &= LABEL_PERSON;
  if (kind === 0) return 0;
  const begin = labelBegin;
  hi = Math.min(hi, s.mailStart);
  let p = i + 1;
  while (p < hi && p - i < LABEL_GAP && " \"'\n\t\r".includes(String.fromCharCode(s.byte(p)))) p++;
  if (p >= hi || (p === i + 1 && s.byte(p) === 0x2f)) return 0;
  const a = wordBefore(s, begin);
  const before = wordBeforeEnd > a ? flags(s, a, wordBeforeEnd) : 0;
  let found = 0;
  if ((kind & LABEL_ADDRESS) !== 0 && (before & NOT_ADDRESS) === 0) found = addressAfter(s, p, hi);
  if (found === 0 && (kind & LABEL_POST) !== 0) found = postcodeAfter(s, p, hi);
  if (found === 0 && (kind & (LABEL_USER | LABEL_USER_TOO)) !== 0) found = username(s, p, hi);
  if (found !== 0) return found;
  return (kind & (LABEL_LOOSE | LABEL_STRICT)) !== 0 && (before & NOT_LABEL) === 0 ? spoken(s, p, hi) : 0;
}

/** Whether a digit by itself ends at p, as in "Passenger 1". */
function numbered(s: Scanner, p: number): boolean {
  return p - 3 >= s.floor && s.is(p - 1, DIGIT) && s.byte(p - 2) === SPACE && s.is(p - 3, LETTER);
}

/** Reads the name that a person has on the site. */
function username(s: Scanner, p: number, hi: number): number {
  const start = p;
  let mixed = false;
  if (p < hi && s.byte(p) === AT) p++;
  for (; p < hi && p - start < USERNAME_MAX; p++) {
    const c = s.byte(p);
    const joint = c === UNDERSCORE || c === DASH || c === DOT;
    if (!joint && !s.is(p, ALNUM)) break;
    mixed = mixed || (p > start && (joint || s.is(p, DIGIT)));
  }
  while (p > start && (s.byte(p - 1) === DOT || s.byte(p - 1) === DASH)) p--;
  if (p - start < USERNAME_MIN || (p < hi && s.byte(p) === AT)) return 0;
  if ((flags(s, start, p) & (NOT_USER | FUNCTION)) !== 0 || (!mixed && s.byte(start) !== AT && !ends(s, p))) return 0;
  return s.add(start, p, "USERNAME", "username.label");
}

/** Reads what follows "Signed in as" and its like. */
export function session(s: Scanner, hi: number): number {
  const w = s.run[0];
  if (w === undefined || (w.flags & SESSION) === 0) return 0;
  let p = startPhrase(s, w.start, hi, w.entry, SESSION);
  if (p === 0 || p + 1 >= hi) return 0;
  if (s.byte(p) === COLON) p++;
  if (s.byte(p) !== SPACE || p + 1 >= hi || (s.is(p + 1, UPPER) && !mixedToken(s, p + 1, hi))) return 0;
  return username(s, p + 1, hi);
}

/** Whether the word at p holds a digit or a joint, as usernames do and names do not. */
function mixedToken(s: Scanner, p: number, hi: number): boolean {
  for (; p < hi && (s.is(p, ALNUM) || s.byte(p) === UNDERSCORE); p++) {
    if (s.is(p, DIGIT) || s.byte(p) === UNDERSCORE) return true;
  }
  return false;
}

/** Reads a name in small letters or in a script without capitals, which is all that stands there. */
export function spoken(s: Scanner, p: number, hi: number): number {
  if (s.is(p, UPPER) || !s.is(p, LETTER)) return 0;
  const start = p;
  let end = p;
  let known = false;
  for (let words = 0; words < SPOKEN_WORDS && p < hi && s.is(p, LETTER); words++) {
    const from = p;
    while (p < hi && (s.is(p, LETTER) || ((s.byte(p) === DASH || s.byte(p) === 0x27) && p + 1 < hi && s.is(p + 1, LETTER)))) p++;
    const f = flags(s, from, p);
    const name = (f & (GIVEN | SURNAME)) !== 0;
    if (((f & (NOUN | FUNCTION | NOT_USER)) !== 0 && !name) || (words === 0 && (f & FUNCTION) !== 0)) return 0;
    known = known || name || s.is(from, OTHER);
    end = p;
    if (p + 1 >= hi || s.byte(p) !== SPACE || !s.is(p + 1, LOWER | OTHER)) break;
    p++;
  }
  if (isLabel(s, start, end) || end - start < SPOKEN_MIN || (!ends(s, end) && !nextField(s, end, hi)) || !known) return 0;
  return s.add(start, end, "PERSON", "name.label");
}

/** Whether the label of the next field follows place i: "First name: anna Last name: berg". */
function nextField(s: Scanner, i: number, hi: number): boolean {
  for (let p = i + 1; p < hi && p - i < FIELD_MAX && (s.is(p, LETTER) || s.byte(p) === SPACE); p++) {
    if (p + 1 < hi && s.byte(p + 1) === COLON) return s.is(i + 1, UPPER) && isLabel(s, i + 1, p + 1);
  }
  return false;
}

/** Reads the code that follows its label. */
function postcodeAfter(s: Scanner, p: number, hi: number): number {
  const start = p;
  let digits = 0;
  for (; p < hi && p - start < POSTCODE_MAX; p++) {
    const joint = (s.byte(p) === SPACE || s.byte(p) === DASH) && p + 1 < hi && s.is(p + 1, DIGIT);
    if (!joint && !s.is(p, UPPER | DIGIT)) break;
    if (s.is(p, DIGIT)) digits++;
  }
  if (digits < 2 || (p < hi && s.is(p, ALNUM)) || p - start < 4) return 0;
  return s.add(start, Math.max(p, addressTail(s, start, hi)), "ADDRESS", "address.postcode");
}

/**
 * Reads the address that follows its label: by its form, or all of the line where it has a number or several capital
 * words.
 */
function addressAfter(s: Scanner, p: number, hi: number): number {
  let line = p;
  let digit = -1;
  let capitals = 0;
  const limit = Math.min(hi, p + ADDRESS_LABEL);
  for (; line < limit && !'\n\r[|";<\t{'.includes(String.fromCharCode(s.byte(line))); line++) {
    if (s.byte(line) === COLON) {
      // The next label: what stands before it is not a part of this value.
      while (line > p && s.byte(line - 1) !== SPACE && s.byte(line - 1) !== 0x2c) line--;
      break;
    }
    if (s.is(line, DIGIT) && digit < 0) digit = line;
    if (s.is(line, UPPER) && (line === p || !s.is(line - 1, ALNUM))) capitals++;
    if (sentenceEnd(s, line) && line - p > 2 && s.is(line - 1, LOWER) && !abbreviated(s, line)) break;
  }
  while (line > p && !s.is(line - 1, ALNUM)) line--;
  if (line - p < 4 || (s.is(p, LETTER) && (flags(s, p, wordEnd(s, p, hi)) & FUNCTION) !== 0 && digit < 0)) return 0;
  if (placeless(s, p, line)) return 0;
  if ((digit < 0 && capitals < 2 && !s.is(p, OTHER)) || (digit >= line && capitals < 2)) return 0;
  if (digit === p && wordless(s, p, line)) return 0;
  return s.add(p, Math.max(line, addressTail(s, line, hi)), "ADDRESS", "address.label");
}

/** Whether the dot at i ends a short word such as "St." or "Hauptstr.". */
function abbreviated(s: Scanner, i: number): boolean {
  let w = i;
  while (w > s.floor && s.is(w - 1, LETTER)) w--;
  return i - w <= 4 || sameWord(s, i - 3, i, "str") || part(s, w, i) !== 0;
}

/** Whether bytes p to end hold no letters. */
function wordless(s: Scanner, p: number, end: number): boolean {
  for (; p < end; p++) if (s.is(p, LETTER)) return false;
  return true;
}
