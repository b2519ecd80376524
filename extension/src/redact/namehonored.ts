// The name before an honorific of a script without spaces. The twin of internal/redact/namehonored.go.

import names from "../../../rules/names.json";
import { foldWord } from "./fold";
import { entry, entryFlags, flags, FUNCTION, NAMED, NOUN } from "./lexicon";
import { unspaced } from "./said";
import type { Scanner } from "./scanner";
import { ALNUM, ALWAYS, TRIGGER, wordSet } from "./tables";

// Bounds of a name before an honorific such as 様, in letters.
export const HONORED_MIN = 2;
const HONORED_MAX = 6;
/** How far back a label without a space before a name is looked for: 尊敬的. */
export const HONORED_LABEL_MAX = 12;
/** The longest family name before a space. */
const FAMILY_MAX = 3;

const SPACE = 0x20;

/** Honorifics after a name, by their folded letters. */
const HONORIFICS = names.honorifics_after.map(foldWord);
const NOT_HONORED = wordSet(names.not_honored);
/** By the first letter of an honorific. */
export const HONOR_AFTER = new Uint8Array(256);
for (const h of HONORIFICS) {
  HONOR_AFTER[h.charCodeAt(0)] = 1;
  TRIGGER[h.charCodeAt(0)] = ALWAYS;
}

/** Finds the name before an honorific that stands at i: "佐藤様". The letters before it are all of their run. */
export function honored(s: Scanner, i: number, hi: number): number {
  if (s.inURL || !honorificAt(s, i, hi)) return 0;
  let end = i;
  if (end - 1 > s.floor && s.byte(end - 1) === SPACE) end--;
  let start = end;
  while (start > s.floor && end - start <= HONORED_LABEL_MAX && unspaced(s, start - 1)) start--;
  start = honoredStart(s, start, end);
  const n = end - start;
  const family = familyBefore(s, start);
  if ((n < HONORED_MIN && family === start) || n > HONORED_MAX) return 0;
  if (start > s.floor && s.is(start - 1, ALNUM) && !unspaced(s, start - 1)) return 0;
  return notHonored(s, start, end) ? 0 : s.add(family, end, "PERSON", "name.honored");
}

/** Whether bytes start to end end as a word that no person is named by: "顾客". */
export function notHonored(s: Scanner, start: number, end: number): boolean {
  for (let k = start; k <= end - HONORED_MIN; k++) if (NOT_HONORED.has(s.slice(k, end))) return true;
  return false;
}

/** Where the family name begins that stands before a given name at start and a space: "塚本 涼太さん". */
function familyBefore(s: Scanner, start: number): number {
  if (start - 2 <= s.floor || s.byte(start - 1) !== SPACE) return start;
  let from = start - 1;
  while (from > s.floor && start - from <= FAMILY_MAX && unspaced(s, from - 1)) from--;
  const n = start - 1 - from;
  if (n === 0 || n > FAMILY_MAX || (from > s.floor && s.is(from - 1, ALNUM))) return start;
  return (flags(s, from, start - 1) & (NOUN | FUNCTION | NAMED)) !== 0 ? start : from;
}

/** Skips a label at the start of bytes start to end. */
export function honoredStart(s: Scanner, start: number, end: number): number {
  for (let p = start + 1; p < end; p++) if ((entryFlags(entry(s, start, p)) & NAMED) !== 0) return p;
  return start;
}

/** Whether an honorific stands at i, and nothing after it that makes it a part of a word. */
function honorificAt(s: Scanner, i: number, hi: number): boolean {
  const h = HONORIFICS.find((word) => s.hasPrefix(i, hi, word));
  if (h === undefined) return false;
  const e = i + h.length;
  return e >= hi || !s.is(e, ALNUM) || e + 1 >= hi || !s.is(e + 1, ALNUM);
}
