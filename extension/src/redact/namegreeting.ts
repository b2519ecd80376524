// Names after a greeting in small letters or in a script without capitals. The twin of internal/redact/namegreeting.go.

import names from "../../../rules/names.json";
import { flags, FUNCTION, GIVEN, LABEL, LABEL_LOOSE, LABEL_NAME, labelEnding, NAMED, NOT_USER, NOUN, wordEnd } from "./lexicon";
import { HONORED_LABEL_MAX, HONORED_MIN, honoredStart, notHonored } from "./namehonored";
import { ends } from "./namejudge";
import { spoken } from "./namelabel";
import { word } from "./namerun";
import { unspaced } from "./said";
import type { Scanner } from "./scanner";
import { ALNUM, LOWER, UPPER, wordSet } from "./tables";

/** The longest name directly after a greeting, in letters: two of a surname and two of a given name. */
const GLUED_MAX = 4;
/** What follows a greeting or label in a script without spaces, and is no name. */
const NOT_GREETED = wordSet(names.not_greeted);

const LF = 0x0a;
const SPACE = 0x20;
const COMMA = 0x2c;

/**
 * Looks at a word of a script without capitals at i, which may greet a person: "Здравствуйте, Иван!", or be a label with the
 * name on the next line.
 */
export function greeting(s: Scanner, i: number, hi: number): number {
  if (s.inURL || (i > s.floor && s.is(i - 1, ALNUM))) return 0;
  hi = Math.min(hi, s.mailStart);
  let p = wordEnd(s, i, hi);
  if ((flags(s, i, p) & LABEL) === 0) return gluedGreeting(s, i, p);
  const kind = labelEnding(s, p);
  const start = p;
  while (p < hi && p - start < 2 && joins(s.byte(p), kind)) p++;
  if (p === start || p >= hi || s.is(p, UPPER) || (unspaced(s, p) && NOT_GREETED.has(s.slice(p, wordEnd(s, p, hi))))) return 0;
  return spoken(s, p, hi);
}

/**
 * Reads the name between a greeting in a script without spaces, which begins at i, and the end of its letters: "亲爱的林鹤轩，".
 */
function gluedGreeting(s: Scanner, i: number, end: number): number {
  if (!unspaced(s, i) || end - i > HONORED_LABEL_MAX || !ends(s, end)) return 0;
  const start = honoredStart(s, i, end);
  const n = end - start;
  if (start === i || n < HONORED_MIN || n > GLUED_MAX || notHonored(s, start, end) || NOT_GREETED.has(s.slice(start, end))) return 0;
  if ((labelEnding(s, start) & LABEL_LOOSE) === 0 || (flags(s, start, end) & (NOUN | FUNCTION | NOT_USER)) !== 0) return 0;
  return s.add(start, end, "PERSON", "name.greeting");
}

/** Whether the character c may stand between what announced a name and the name. */
function joins(c: number, kind: number): boolean {
  if ((kind & LABEL_LOOSE) !== 0 && (c === SPACE || c === COMMA)) return true;
  return (kind & LABEL_NAME) !== 0 && (c === LF || c === COMMA);
}

/** Finds a name in small letters after a greeting: "Hi anna,". */
export function smallName(s: Scanner, n: number, hi: number): number {
  const w = word(s, n - 1);
  if ((w.flags & NAMED) === 0) return 0;
  let p = w.end;
  if (p < hi && s.byte(p) === COMMA) p++;
  if (p + 1 >= hi || s.byte(p) !== SPACE || !s.is(p + 1, LOWER)) return 0;
  const e = wordEnd(s, p + 1, hi);
  const f = flags(s, p + 1, e);
  if ((labelEnding(s, w.end) & LABEL_LOOSE) === 0 || (f & GIVEN) === 0 || (f & (FUNCTION | NOUN)) !== 0 || !ends(s, e)) return 0;
  return s.add(p + 1, e, "PERSON", "name.greeting");
}
