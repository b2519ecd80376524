// Recovery codes and seed phrases. The twin of internal/redact/recovery.go.

import { oneOf } from "./assign";
import { digitCount } from "./postcode";
import type { Scanner } from "./scanner";
import { BLANK, DIGIT, Endings, LETTER, LOWER, RECOVERY, RECOVERY_ENDS, SEEDS, TOKEN, WORD_MAX } from "./tables";

/** Characters of a code that holds a digit, and of one without, which then holds a dash, at least. */
const RECOVERY_MIN = 6;
const RECOVERY_WORD = 9;
const RECOVERY_MOST = 64;
/** Digits of each half of a code that is written in two. */
const RECOVERY_PAIR = 4;
/** How the names end. */
const RECOVERY_END = new Endings(RECOVERY_ENDS);
/** Characters between two codes. */
const RECOVERY_GAP = 4;
/** The words of BIP 39, and the letters of one. */
const SEED_WORDS = 12;
const SEED_MOST = 24;
const SEED_LETTERS_MIN = 3;
const SEED_LETTERS = 8;
/** Words of a name. */
const NAME_WORDS = 3;

const SPACE = 0x20;
const DASH = 0x2d;

/** Finds what the colon or equals sign at i gives to a name such as "recovery codes" or "seed phrase". */
export function recovery(s: Scanner, i: number, hi: number): number {
  let end = i;
  while (end > s.floor && i - end < 2 && oneOf(s, end - 1, ' ")')) end--;
  return recoveryAt(s, end, i + 1, hi);
}

/** Finds what stands from start on, on the line after such a name. */
export function recoveryListed(s: Scanner, start: number, hi: number): number {
  let end = start - 1;
  while (end > s.floor && start - end < RECOVERY_GAP && s.is(end - 1, BLANK)) end--;
  return recoveryAt(s, end, start, hi);
}

/** A quick test whether such a name may end at end; saying yes wrongly only costs time. */
export function recoveryMay(s: Scanner, end: number): boolean {
  return RECOVERY_END.may(s.byte(end - 2), s.byte(end - 1));
}

/** Reads the codes or words from k on, if a name that announces them ends at end. */
function recoveryAt(s: Scanner, end: number, k: number, hi: number): number {
  if (end - 1 <= s.floor || !s.is(end - 1, LETTER) || !recoveryMay(s, end)) return 0;
  let p = end;
  for (let n = 0; n < NAME_WORDS; n++) {
    while (p > s.floor && end - p < WORD_MAX && s.is(p - 1, LETTER)) p--;
    if (n === 0 && !RECOVERY_ENDS.has(s.lowered(p, end))) return 0;
    const name = s.lowered(p, end).replaceAll("_", " ").replaceAll("-", " ");
    if (SEEDS.has(name)) return seedPhrase(s, k, hi);
    if (RECOVERY.has(name)) return recoveryCodes(s, k, hi);
    if (p - 1 <= s.floor || !oneOf(s, p - 1, " _-")) return 0;
    p--;
  }
  return 0;
}

/** Replaces each code of a list. */
function recoveryCodes(s: Scanner, k: number, hi: number): number {
  for (let last = 0; ; ) {
    k = listItem(s, k, hi);
    let end = k;
    let digits = 0;
    let dashes = 0;
    for (; end < hi && end - k <= RECOVERY_MOST && s.is(end, TOKEN); end++) {
      if (s.is(end, DIGIT)) digits++;
      else if (s.byte(end) === DASH) dashes++;
    }
    if (digits === RECOVERY_PAIR && end - k === digits && end + RECOVERY_PAIR < hi && s.byte(end) === SPACE) {
      if (digitCount(s, end + 1, hi) === RECOVERY_PAIR) end += 1 + RECOVERY_PAIR;
    }
    const n = end - k;
    if (n < RECOVERY_MIN || n > RECOVERY_MOST || (digits === 0 && (dashes === 0 || n < RECOVERY_WORD))) return last;
    last = s.add(k, end, "SECRET", "secret.recovery");
    k = end;
  }
}

/** Skips blanks, quotes, commas and the number of a list's item. */
function listItem(s: Scanner, k: number, hi: number): number {
  let p = k;
  while (p < hi && p - k < RECOVERY_GAP && (s.is(p, BLANK) || oneOf(s, p, "\",[-'"))) p++;
  let n = p;
  while (n < hi && n - p < 2 && s.is(n, DIGIT)) n++;
  if (n === p || n + 1 >= hi || !oneOf(s, n, ".):")) return p;
  n++;
  while (n < hi && s.byte(n) === SPACE && n - p < RECOVERY_GAP) n++;
  return n;
}

/** Replaces twelve words or more, each of three to eight small letters. */
function seedPhrase(s: Scanner, k: number, hi: number): number {
  let first = 0;
  let last = 0;
  let words = 0;
  while (words < SEED_MOST) {
    k = listItem(s, k, hi);
    let end = k;
    while (end < hi && s.is(end, LOWER)) end++;
    if (end - k < SEED_LETTERS_MIN || end - k > SEED_LETTERS) break;
    if (words === 0) first = k;
    words++;
    last = k = end;
  }
  return words < SEED_WORDS ? 0 : s.add(first, last, "SECRET", "secret.seed");
}
