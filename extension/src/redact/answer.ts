// Secrets of several words: answers to security questions, and passphrases. The twin of internal/redact/answer.go.

import { isSecretValue, oneOf } from "./assign";
import { backWord, wordEnd } from "./lexicon";
import { LABEL_GAP } from "./namelabel";
import type { Scanner } from "./scanner";
import {
  ALNUM,
  ANSWER_TELLS,
  ANSWERS,
  ANSWERS_SURE,
  BLANK,
  Endings,
  LETTER,
  LOWER,
  NOT_SECRETS,
  OTHER,
  PHRASES,
  QUESTIONS,
  SECRET_FOR,
  SECRETLY,
} from "./tables";

// Bounds of secrets of several words, in characters and words.
const ANSWER_MIN = 3;
const ANSWER_MAX = 48;
const ANSWER_WORDS = 6;
/** Words before "answer" that tell that it is one to a security question. */
const ANSWER_BEFORE = 3;
/** How far the question itself may stand, in characters. */
const QUESTION_FAR = 160;
/** How many words stand between "question" and "security" at most: "pregunta de seguridad". */
const QUESTION_WORDS = 2;

const SPACE = 0x20;
const COLON = 0x3a;

const ENDS = new Endings([...ANSWERS, ...ANSWERS_SURE, ...PHRASES, ...SECRETLY]);

// What a word before a colon announces.
const NO_ANSWER = 0;
/** An answer, if what was asked is a security question. */
const ANSWER_ASKED = 1;
/** One to a security question. */
const ANSWER_SECRET = 2;
/** Several words that are a password. */
const ANSWER_PHRASE = 3;

function answerKind(word: string): number {
  if (PHRASES.has(word)) return ANSWER_PHRASE;
  if (ANSWERS_SURE.has(word)) return ANSWER_SECRET;
  return ANSWERS.has(word) ? ANSWER_ASKED : NO_ANSWER;
}

/**
 * Finds what the colon or equals sign at i gives to a security question or a passphrase: "Security answer: Mrs. Hathaway",
 * "Passphrase: correct horse battery staple".
 */
export function answer(s: Scanner, i: number, hi: number): number {
  let end = i;
  if (end > s.floor && s.byte(end - 1) === SPACE) end--;
  if (end - 1 <= s.floor || !ENDS.may(s.byte(end - 2), s.byte(end - 1))) return 0;
  const start = backWord(s, end);
  if (start === end) return 0;
  const word = s.lowered(start, end);
  let is = answerKind(word);
  if (is === NO_ANSWER && SECRETLY.has(word) && answerFor(s, start)) is = ANSWER_SECRET;
  if (is === NO_ANSWER || (is === ANSWER_ASKED && !secretly(s, start) && !questioned(s, start))) return 0;
  let k = i + 1;
  while (k < hi && k - i < LABEL_GAP && (s.is(k, BLANK) || oneOf(s, k, "\"'"))) k++;
  if (k === i + 1 && s.byte(i) === COLON) return 0;
  let p = k;
  let words = 0;
  for (; p < hi && p - k <= ANSWER_MAX && !oneOf(s, p, '\n;,"<|['); p++) if (p === k || s.byte(p - 1) === SPACE) words++;
  s.marks.sawFar(p - k);
  while (p > k && (s.is(p - 1, BLANK) || oneOf(s, p - 1, ".'"))) p--;
  if (p - k < ANSWER_MIN || p - k > ANSWER_MAX || words > ANSWER_WORDS || !s.is(k, ALNUM)) return 0;
  if (tells(s, k, p) || !isSecretValue(s, k, p) || (is === ANSWER_PHRASE && (words < 2 || !smallWords(s, k, p)))) return 0;
  return s.add(k, p, "SECRET", "secret.answer");
}

/** Whether "answer" and a small word stand before p: "respuesta de seguridad". */
function answerFor(s: Scanner, p: number): boolean {
  for (let n = 0; n < ANSWER_BEFORE; n++) {
    if (p === s.floor || s.byte(p - 1) !== SPACE) return false;
    const end = p - 1;
    p = backWord(s, end);
    const word = s.lowered(p, end);
    if (!SECRET_FOR.has(word)) return answerKind(word) === ANSWER_ASKED;
  }
  return false;
}

/** Whether one of the words before p says that an answer is one to a security question. */
function secretly(s: Scanner, p: number): boolean {
  for (let n = 0; n < ANSWER_BEFORE; n++) {
    if (p === s.floor || !oneOf(s, p - 1, " _-")) return false;
    const end = p - 1;
    p = backWord(s, end);
    if (SECRETLY.has(s.lowered(p, end))) return true;
  }
  return false;
}

/** Whether a security question stands before p. */
function questioned(s: Scanner, p: number): boolean {
  const from = p;
  const limit = Math.max(s.floor, p - QUESTION_FAR);
  let asks = -QUESTION_FAR; // by the word
  let secret = QUESTION_FAR;
  for (let n = 0; p > limit; ) {
    if (!s.is(p - 1, LETTER)) {
      p--;
      continue;
    }
    const end = p;
    p = backWord(s, end);
    if (p === end) break;
    const word = s.lowered(p, end);
    if (QUESTIONS.has(word)) asks = n;
    if (SECRETLY.has(word)) secret = n;
    if (Math.abs(asks - secret) <= QUESTION_WORDS) {
      s.marks.sawFar(from - p);
      return true;
    }
    n++;
  }
  s.marks.sawFar(from - p);
  return false;
}

/** Whether bytes k to end hold words of a sentence about the answer. */
function tells(s: Scanner, k: number, end: number): boolean {
  for (let p = k; p < end; ) {
    const w = wordEnd(s, p, end);
    if (w === p) {
      p++;
      continue;
    }
    const word = s.lowered(p, w);
    if (NOT_SECRETS.has(word) || ANSWER_TELLS.has(word)) return true;
    p = w;
  }
  return false;
}

/** Whether bytes k to end are words of small letters. */
function smallWords(s: Scanner, k: number, end: number): boolean {
  for (; k < end; k++) if (!s.is(k, LOWER | OTHER) && !oneOf(s, k, " -")) return false;
  return true;
}
