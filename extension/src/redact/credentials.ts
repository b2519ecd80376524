// Usernames beside their passwords. The twin of internal/redact/credentials.go.

import { bareEnd, isSecretValue, oneOf } from "./assign";
import { looksSecret } from "./believe";
import { allDigits } from "./birthdate";
import { backWord, sameWord } from "./lexicon";
import { unspaced } from "./said";
import type { Scanner } from "./scanner";
import { BLANK, DIGIT, Endings, LETTER, MAIL, PAIR_LABELS, TOKEN, USER_LABELS } from "./tables";

// Bounds of a pair of a username and its password, in characters.
const USER_MIN = 3;
const USER_MAX = 40;
/** Between both. */
const GAP = 3;
const HOST_MAX = 64;

const SPACE = 0x20;
const DOT = 0x2e;
const COLON = 0x3a;
const AT = 0x40;
const OPEN = 0x5b;

const PAIR_ENDS = new Endings(PAIR_LABELS);

/** Finds the pair that the colon at i gives to a name such as "login" or "credentials": admin / Hunter22. */
export function credentials(s: Scanner, i: number, hi: number): number {
  let end = i;
  if (end > s.floor && s.byte(end - 1) === SPACE) end--;
  if (i + 2 >= hi || !s.is(i + 1, BLANK) || end - 1 <= s.floor || !PAIR_ENDS.may(s.byte(end - 2), s.byte(end - 1))) return 0;
  if (!PAIR_LABELS.has(s.lowered(backWord(s, end), end))) return 0;
  const user = i + 2;
  let p = user;
  if (s.byte(p) === OPEN) p = Math.max(p, s.placeholder(p, hi));
  else while (p < hi && p - user < USER_MAX && s.is(p, MAIL)) p++;
  if (p - user < USER_MIN || (p >= s.mailStart && s.mailStart >= user)) return 0;
  let k = p;
  let sign = false;
  for (; k < hi && k - p < GAP && (s.byte(k) === SPACE || (!sign && oneOf(s, k, "/:,|"))); k++) sign ||= s.byte(k) !== SPACE;
  end = bareEnd(s, k, hi, false);
  if (!sign || !looksSecret(s, k, end) || !isSecretValue(s, k, end) || allDigits(s, k, end)) return 0;
  if (s.byte(user) !== OPEN) s.add(user, p, "USERNAME", "username.pair");
  return s.add(k, end, "SECRET", "secret.pair");
}

/** Adds the username that stands before the label of its password, which begins at p: "user tester01 pw …". */
export function userBefore(s: Scanner, p: number): void {
  let end = p;
  while (end > s.floor && p - end < GAP && (s.is(end - 1, BLANK) || oneOf(s, end - 1, ",;/"))) end--;
  let start = end;
  while (start > s.floor && end - start < USER_MAX && s.is(start - 1, MAIL) && !unspaced(s, start - 1)) start--;
  let label = start;
  while (label > s.floor && start - label < GAP && oneOf(s, label - 1, " :=\t")) label--;
  if (end === p || end - start < USER_MIN || label === start || label === s.floor) return;
  if (USER_LABELS.has(s.lowered(backWord(s, label), label))) s.add(start, end, "USERNAME", "username.pair");
}

/**
 * Finds the password of user:password@host without a scheme, whose colon is at i. A host that has a domain is read as that of a
 * mail address, which covers the password.
 */
export function userInfo(s: Scanner, i: number, hi: number): number {
  if (i === s.floor || i + 1 >= hi || !s.is(i - 1, TOKEN) || s.is(i + 1, BLANK)) return 0;
  const at = s.indexOf(AT, i + 1, Math.min(hi, i + 1 + USER_MAX));
  if (at < 0) return 0;
  let start = i;
  while (start > s.floor && i - start < USER_MAX && s.is(start - 1, TOKEN)) start--;
  if (start > s.floor && !s.is(start - 1, BLANK) && !oneOf(s, start - 1, "\"'")) return 0;
  for (let k = i + 1; k < at; k++) if (oneOf(s, k, " \t\n/")) return 0;
  return isSecretValue(s, i + 1, at) && isHost(s, at + 1, hi) ? s.add(i + 1, at, "SECRET", "secret.userinfo") : 0;
}

/** Whether a network address, "localhost" or a name with a port begins at k. */
function isHost(s: Scanner, k: number, hi: number): boolean {
  let p = k;
  let dots = 0;
  let letters = 0;
  for (; p < hi && p - k < HOST_MAX && (s.is(p, TOKEN) || s.byte(p) === DOT); p++) {
    if (s.byte(p) === DOT) dots++;
    else if (s.is(p, LETTER)) letters++;
  }
  if (p === k) return s.hasPrefix(k, hi, "[IP]");
  if (letters === 0) return dots === 3;
  return (p + 1 < hi && s.byte(p) === COLON && s.is(p + 1, DIGIT)) || sameWord(s, k, p, "localhost");
}
