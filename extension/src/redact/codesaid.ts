// One-time codes, which the sentence before them or what stands in brackets behind them tells. The twin of
// internal/redact/codesaid.go.

import { oneOf } from "./assign";
import { codeEnd, codeGoesOn, LABELLED_MAX, LABELLED_MIN, otherWord } from "./code";
import { sentenceEnd } from "./context";
import { free, isCodeKind, labelLeft, NOUNS, VERBS } from "./identifier";
import { LABELS, OTHER_THING } from "./label";
import { backWord } from "./lexicon";
import { priced } from "./number";
import type { Scanner } from "./scanner";
import { CODE_ASK, CODE_PROVE, Endings, LETTER, SECRET_OWNERS } from "./tables";

/** Bounds the sentence before a code, in words. */
const SAID_WORDS = 10;
/** Bounds what stands in brackets behind one, in characters. */
const BRACKET_MAX = 24;
/** Characters between the sentence and its code. */
const ANNOUNCE_GAP = 3;

const COLON = 0x3a;
const OPEN = 0x28;
const CLOSE = 0x29;

/** How the words end that stand directly before a code. */
let announceEnds: Endings | undefined;

/**
 * Reads the code that the sentence before it announces: "your code for today is 4471", "to finish signing in, type 602931",
 * "enter this code to sign in: 88 21 45".
 */
export function codeSaid(s: Scanner, i: number, count: number): number {
  const end = codeEnd(s, count);
  const n = end - i;
  if (n < LABELLED_MIN || n > LABELLED_MAX + 1 || priced(s, i) || codeGoesOn(s, end)) return 0;
  let p = i;
  let colon = false;
  while (p > s.floor && i - p < ANNOUNCE_GAP && oneOf(s, p - 1, " :\n")) {
    p--;
    colon ||= s.byte(p) === COLON;
  }
  if (p === i || p - 1 <= s.floor || !s.is(p - 1, LETTER)) return 0;
  let says = false;
  let asks = false;
  if (!colon) {
    announceEnds ??= new Endings([...VERBS, ...CODE_ASK]); // identifier.ts is in the same cycle
    if (!announceEnds.may(s.byte(p - 2), s.byte(p - 1))) return 0;
    const word = s.lowered(backWord(s, p), p);
    says = VERBS.has(word);
    asks = CODE_ASK.has(word);
  }
  if ((!colon && !says && !asks) || !free(s, i, end) || !speaksOfCode(s, p, says, asks)) return 0;
  if (!says && labelLeft(s, i)?.kind === OTHER_THING) return 0;
  return s.add(i, end, "SECRET", "secret.code");
}

/**
 * Whether the sentence that ends at p speaks of a code: with a verb at its end (says), of one that is somebody's or proves
 * something, or with a verb that asks for it (asks), of what it proves.
 */
function speaksOfCode(s: Scanner, p: number, says: boolean, asks: boolean): boolean {
  let noun = false;
  let proves = false;
  let yours = false;
  let other = false;
  for (let n = 0; n < SAID_WORDS && p > s.floor; ) {
    if (!s.is(p - 1, LETTER)) {
      if (sentenceEnd(s, p - 1)) break;
      p--;
      continue;
    }
    const w = backWord(s, p);
    if (w === p) break;
    const word = s.lowered(w, p);
    if (noun && !yours && n > 0 && otherWord(word)) other = true;
    noun ||= NOUNS.has(word);
    proves ||= CODE_PROVE.has(word);
    yours ||= SECRET_OWNERS.has(word);
    p = w;
    n++;
  }
  if (asks && !noun) return proves;
  return noun && !other && (says || yours || proves);
}

/** Reads a code that is followed by what it is in brackets: 883120（登录验证码). */
export function codeInBrackets(s: Scanner, i: number, limit: number, count: number): number {
  const end = codeEnd(s, count);
  const n = end - i;
  if (n < LABELLED_MIN || n > LABELLED_MAX + 1 || end + 1 >= limit || s.byte(end) !== OPEN || !free(s, i, end)) return 0;
  const close = s.indexOf(CLOSE, end + 1, Math.min(limit, end + BRACKET_MAX));
  for (let k = end + 1; k < close; k++) {
    const label = LABELS.get(s.lowered(k, close));
    if (label !== undefined) return isCodeKind(label.kind) ? s.add(i, end, "SECRET", "secret.code") : 0;
  }
  return 0;
}
