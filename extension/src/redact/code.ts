// One-time codes that words around them tell. The twin of internal/redact/code.go.

import { direct, free, NOUNS, VERBS } from "./identifier";
import { LABELS, OTHER_THING, type SeenLabel } from "./label";
import { fraction, groupEnd, groupLen, groupSep, priced } from "./number";
import type { Scanner } from "./scanner";
import { DIGIT, LETTER, SEP_DASH, SEP_SPACE, UPPER } from "./tables";

// Lengths of a one-time code, in characters.
const LABELLED_MIN = 4;
const LABELLED_MAX = 8;
/** How many words after a number may tell that it is a code: "482913 is your Example verification code". */
const WORDS_AFTER = 6;
const SPACE = 0x20;

/** Reads the code that a label stands directly before: digits, in two groups or not, or capitals and digits. */
export function labelledCode(
  s: Scanner,
  i: number,
  limit: number,
  lead: number,
  count: number,
  seen: Readonly<SeenLabel>,
): number {
  const start = i - lead;
  let end = codeEnd(s, count);
  while (end < limit && s.is(end, UPPER | DIGIT)) end++;
  if (start < seen.end || !direct(s, seen, start) || priced(s, start) || fraction(s, start)) return 0;
  for (let k = start; k < i; k++) if (!s.is(k, UPPER)) return 0;
  const n = end - start;
  if (n < LABELLED_MIN || n > LABELLED_MAX + 1 || !free(s, start, end) || codeGoesOn(s, end)) return 0;
  return s.add(start, end, "SECRET", "secret.code");
}

/** The end of the first group of the cluster, or of the second where both are halves of a code. */
function codeEnd(s: Scanner, count: number): number {
  const n = groupLen(s, 0);
  const halves = count === 2 && n >= 3 && n <= 4 && groupLen(s, 1) === n && s.groupSepLen[1] === 1;
  return halves && (groupSep(s, 1) & (SEP_SPACE | SEP_DASH)) !== 0 ? groupEnd(s, 1) : groupEnd(s, 0);
}

/** Whether a percent sign, colon or symbol after the number makes it a measure or a time. */
function codeGoesOn(s: Scanner, end: number): boolean {
  if (end >= s.length) return false;
  const c = s.byte(end);
  return c === 0x25 || c === 0x24 || (c === 0x3a && end + 1 < s.length && s.is(end + 1, DIGIT));
}

/** Reads a one-time code that is followed by what it is. */
export function codeBefore(s: Scanner, i: number, limit: number, count: number): number {
  const end = codeEnd(s, count);
  const size = end - i;
  if (size < LABELLED_MIN || size > LABELLED_MAX + 1 || count > 2 || end + 4 > limit) return 0;
  if (s.byte(end) !== SPACE || !free(s, i, end)) return 0;
  let p = end;
  for (let n = 0; n < WORDS_AFTER; n++) {
    while (p < limit && s.byte(p) === SPACE) p++;
    const start = p;
    while (p < limit && s.is(p, LETTER)) p++;
    if (p === start) return 0;
    const word = s.lowered(start, p);
    if (n === 0) {
      if (!VERBS.has(word)) return 0;
      continue;
    }
    if (LABELS.get(word)?.kind === OTHER_THING) return 0;
    if (NOUNS.has(word)) return s.add(i, end, "SECRET", "secret.code");
  }
  return 0;
}
