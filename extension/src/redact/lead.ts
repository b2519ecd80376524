// What stands before a number, read once: most numbers of a page stand after a small word ("set of 2"), a sign or another
// number, and are told here to be no part of an address before the rules of addresses are asked. The twin of
// internal/redact/lead.go.

import { FOLD_SYMBOL } from "./fold";
import { backWord, LEAD_WORDS, may, mayEndStreet, PLACE } from "./lexicon";
import type { Scanner } from "./scanner";
import { mayBePrefixed } from "./street";
import { LETTER, LOWER } from "./tables";

/** Characters between a number and the word before it, at most. */
const LEAD_GAP = 5;
const SPACE = 0x20;
const COMMA = 0x2c;
const DOT = 0x2e;
const COLON = 0x3a;
const HASH = 0x23;
const DASH = 0x2d;
const QUOTE = 0x27;

/**
 * Tells quickly whether what stands before the number at start may be a street, a unit or a house sign; saying yes wrongly
 * only costs time.
 */
export function mayLead(s: Scanner, start: number): boolean {
  const b = s.b;
  const low = Math.max(s.floor, start - LEAD_GAP);
  let p = start;
  let c = 0;
  for (; p > low; p--) {
    c = b[p - 1] as number;
    if (c !== SPACE && c !== COMMA && c !== DOT && c !== COLON) break;
  }
  if (p === s.floor) return false;
  if (!s.is(p - 1, LOWER)) return s.is(p - 1, LETTER) || c === HASH || c === FOLD_SYMBOL;
  const w = backWord(s, p);
  if (!s.is(w, LOWER) || LEAD_WORDS.has(b, w, p) || mayEndStreet(s, w, p)) return true;
  if (w > 0 && (b[w - 1] === DASH || b[w - 1] === QUOTE || (p - w === 1 && b[w - 1] === DOT))) return true; // Karl-marx 5, n.o 5
  return may(s, w, p, PLACE) && mayBePrefixed(s, w);
}
