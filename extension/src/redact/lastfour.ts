// The last digits of a card, as shops show them. The twin of internal/redact/lastfour.go.

import { near, RAISES } from "./context";
import { FOLD_SYMBOL } from "./fold";
import { direct, free } from "./identifier";
import type { SeenLabel } from "./label";
import { fraction, groupEnd, groupLen, priced } from "./number";
import type { Scanner } from "./scanner";
import { ALNUM, CONTEXT_CARD, CONTEXT_IBAN, CONTEXT_PHONE } from "./tables";

const LAST_DIGITS = 4;
/** Signs before the digits that make a mask. */
const MASK_MIN = 2;
/** Of them, that make one without a word about cards. */
const MASK_SURE = 8;
/** Looked at, in characters. */
const MASK_MAX = 24;

/** Reads the last digits of a card (or an account, or a phone) after "ending in". */
export function lastFour(s: Scanner, i: number, seen: Readonly<SeenLabel>): number {
  const end = groupEnd(s, 0);
  if (groupLen(s, 0) !== LAST_DIGITS || !direct(s, seen, i) || priced(s, i) || fraction(s, i) || !free(s, i, end)) return 0;
  const start = seen.start;
  if (near(s, start, end, CONTEXT_CARD, false) === RAISES || near(s, start, end, CONTEXT_IBAN, false) === RAISES) {
    return s.add(i, end, "CARD", "card.last");
  }
  return near(s, start, end, CONTEXT_PHONE, false) === RAISES ? s.add(i, end, "PHONE", "phone.last") : 0;
}

/** Reads the digits after "**** **** ****" or "xxxx-". */
export function maskedCard(s: Scanner, i: number, limit: number): number {
  const end = groupEnd(s, 0);
  if (groupLen(s, 0) !== LAST_DIGITS || i - 1 <= s.floor || (end < limit && s.is(end, ALNUM))) return 0;
  let masks = 0;
  let times = 0;
  let symbols = 0;
  let p = i;
  for (; p > s.floor && i - p < MASK_MAX; p--) {
    const c = s.byte(p - 1);
    const time = c === 0x78 || c === 0x58;
    if (time) times++;
    if (time || c === 0x2a || c === 0x23) masks++;
    else if (c === FOLD_SYMBOL || c === 0x2e) symbols++;
    else if (c !== 0x20 && c !== 0x2d) break;
  }
  if (masks + symbols === 0 || (p > s.floor && s.is(p - 1, ALNUM) && s.is(p, ALNUM))) return 0;
  if (masks === 1 && times === 1) return 0; // 2560 x 1440
  if (masks < MASK_SURE) {
    if (masks === 0 && symbols < MASK_MIN) return 0;
    if (near(s, i, end, CONTEXT_CARD, false) !== RAISES) return 0;
  }
  return s.add(i, end, "CARD", "card.last");
}
