// Streets: their names before a number, and those whose kind comes first. The twin of internal/redact/street.go.

import { finishAddress, HOUSE_DIGITS, houseEnd, STREET_WORDS } from "./address";
import { labelledHere } from "./addresslabel";
import { houseSign } from "./addresspart";
import { addressTail, cityFollows, TAIL_NAMES, tailProof } from "./addresstail";
import {
  backWord,
  BOX,
  flags,
  FUNCTION,
  LABEL,
  LABEL_BOX,
  labelBegin,
  labelEnding,
  may,
  NOT_STREET,
  NOUN,
  PART,
  part,
  PART_AREA,
  PART_HOUSE,
  PART_IN,
  PART_STREET,
  PARTICLE,
  PLACE,
  PREFIX,
  PREFIX_WEAK,
  sameWord,
  STREET,
  STREET_ENDS_NOT,
  STREET_ENDS_SURE,
  STREET_WEAK,
  streetEndsAt,
  SURNAME,
  wordBefore,
  wordBeforeEnd,
  wordEnd,
} from "./lexicon";
import { ends } from "./namejudge";
import { digitCount } from "./postcode";
import type { Scanner } from "./scanner";
import { ALNUM, DIGIT, LETTER, LOWER, OTHER, UPPER, WORD_MAX } from "./tables";

/** Letters of a street word that is no other one. */
const SURE_STREET = 5;
/** Letters of a word that is cut short, "gen." */
const TITLE_MAX = 4;
/** How far left a street word that comes first is looked for, in characters. */
const STREET_LEFT = 60;

const SPACE = 0x20;
const COMMA = 0x2c;
const DOT = 0x2e;
const DASH = 0x2d;
const SLASH = 0x2f;
const QUOTE = 0x27;
const COLON = 0x3a;
const DOLLAR = 0x24;
const PERCENT = 0x25;

/** Reads a street whose kind comes first, "rue de la Paix", and returns its end, or 0. */
export function prefixedStreet(s: Scanner, p: number, hi: number): number {
  const e = wordEnd(s, p, hi);
  if (!may(s, p, e, PREFIX | PREFIX_WEAK)) return 0;
  const f = flags(s, p, e);
  if ((f & (PREFIX | PREFIX_WEAK)) === 0) return 0;
  const weak = (f & PREFIX) === 0 || (f & (STREET | STREET_WEAK)) !== 0;
  let q = e;
  if (q < hi && s.byte(q) === DOT) q++;
  let end = 0;
  let capital = false;
  let particle = false;
  for (let words = 0; words < STREET_WORDS + 1 && q + 1 < hi && (s.byte(q) === SPACE || s.byte(q) === QUOTE); words++) {
    q++;
    const from = q;
    while (q < hi && (s.is(q, ALNUM) || (s.byte(q) === DASH && q + 1 < hi && s.is(q + 1, ALNUM)))) q++;
    if (q === from) break;
    const g = s.is(from, LETTER) ? flags(s, from, q) : 0;
    if ((g & PLACE) !== 0 && !s.is(from, UPPER)) {
      particle = particle || words === 0;
    } else if (end > 0 && isSmallWord(s, from, q, hi) && ((q - from <= 3 && !weak && (g & FUNCTION) === 0) || sameWord(s, from, q, "a"))) {
      continue; // rue du Four à Chaux
    } else if (s.is(from, UPPER | OTHER)) {
      if (words === 0 && weak && (g & (NOUN | FUNCTION)) !== 0) return 0;
      capital = true;
      end = q;
    } else if (s.is(from, DIGIT) && words > 0 && q - from <= 4 && q + 1 < hi && s.byte(q) === SPACE && s.is(q + 1, LETTER)) {
      end = q; // rue du 8 mai 1945
    } else {
      break;
    }
  }
  return checkPrefixed(s, p, end, hi, weak, capital, particle);
}

/** Whether the word from to q is in small letters and a capital one follows. */
function isSmallWord(s: Scanner, from: number, q: number, hi: number): boolean {
  return s.is(from, LOWER) && q + 1 < hi && s.byte(q) === SPACE && s.is(q + 1, UPPER);
}

/**
 * Tells whether what was read is a street's name: a weak street word in capitals ("Place Mats") needs a particle or a
 * postcode after it.
 */
function checkPrefixed(s: Scanner, p: number, end: number, hi: number, weak: boolean, capital: boolean, particle: boolean): number {
  if (end === 0 || !capital || (weak && !particle && !ends(s, end))) return 0;
  if (weak && !particle && s.is(p, UPPER)) {
    addressTail(s, end, hi);
    if (tailProof === TAIL_NAMES) return 0;
  }
  return end;
}

/** Finds "Hauptstraße 12", "Calle Mayor, 12" and "PO Box 12". */
export function streetBefore(s: Scanner, start: number, digits: number, hi: number): number {
  let p = start;
  while (p > s.floor && start - p < 3 && (s.byte(p - 1) === SPACE || s.byte(p - 1) === COMMA)) p--;
  if (p === s.floor || (p === start && s.is(p - 1, ALNUM))) return 0;
  const sign = houseSign(s, start);
  if (sign < start) for (p = sign; p > s.floor && sign - p < 3 && (s.byte(p - 1) === SPACE || s.byte(p - 1) === COMMA); ) p--;
  if (p === s.floor) return 0;
  const end = p;
  const dot = s.byte(p - 1) === DOT;
  if (dot) p--;
  if (p === s.floor || !s.is(p - 1, LETTER)) return 0;
  let begin = backWord(s, p);
  if (may(s, begin, p, BOX) && (labelEnding(s, p) & LABEL_BOX) !== 0) {
    const box = labelBegin;
    while (digits + 3 <= hi && s.byte(digits) === SPACE && digitCount(s, digits + 1, hi) === 2) digits += 3; // Postfach 10 20 30
    return finishAddress(s, box, digits, hi, "address.box");
  }
  while (begin > s.floor && p - begin < WORD_MAX && (s.is(begin - 1, LETTER) || isJointBefore(s, begin))) begin--;
  let from = compoundStreet(s, begin, p, dot);
  if (from < 0 && mayBePrefixed(s, begin) && (!s.is(begin, LOWER) || may(s, begin, wordEnd(s, begin, p), PLACE))) from = prefixedBefore(s, begin, end);
  const house = houseEnd(s, digits, hi);
  if (from < 0 && (part(s, begin, p) & PART_STREET) !== 0) {
    from = capitalsBefore(s, begin, p);
    if (from === begin) from = -1;
  }
  if (from < 0 && (s.is(begin, UPPER | OTHER) || isStreetEnd(s, begin, p))) {
    const closed = ends(s, house);
    if (closed || cityFollows(s, house, hi, false)) {
      const at = capitalsBefore(s, begin, p);
      if (at >= 0 && (!closed || labelledHere(s, at) || placed(s, at, begin) || cityFollows(s, house, hi, false))) from = at;
    }
  }
  if (from < 0 || measured(s, digits, hi)) return 0;
  return finishAddress(s, from, house, hi, "address.street");
}

function isJointBefore(s: Scanner, i: number): boolean {
  const c = s.byte(i - 1);
  return (c === DASH || c === QUOTE) && i - 1 > s.floor && s.is(i - 2, LETTER);
}

/** Whether the number that ends at p counts something: "12 %", "12 cm", "12:30", "1,50". */
export function measured(s: Scanner, p: number, hi: number): boolean {
  if (p >= hi) return false;
  const c = s.byte(p);
  if (c === PERCENT || c === COLON || c === DOLLAR || c === QUOTE || c === 0x22) return true;
  if (c === DOT || c === COMMA) return p + 1 < hi && s.is(p + 1, DIGIT);
  if (c !== SPACE || p + 1 >= hi) return false;
  if (s.byte(p + 1) === PERCENT || s.byte(p + 1) === DOLLAR) return true;
  const e = wordEnd(s, p + 1, hi);
  return e > p + 1 && s.is(p + 1, LOWER) && (flags(s, p + 1, e) & NOT_STREET) !== 0;
}

/** Where a street's name begins whose last word, begin to p, ends as they do ("Hauptstraße", "Berliner Str."); or -1. */
function compoundStreet(s: Scanner, begin: number, p: number, dot: boolean): number {
  for (const end of streetEndsAt(s, begin, p)) {
    const n = end.length;
    if (p - begin < n || !sameWord(s, p - n, p, end) || (end === "str" && !dot && p - begin === n)) continue;
    const sure = STREET_ENDS_SURE.has(end) || (end === "str" && dot);
    if (p - begin === n || (p - begin === n + 1 && s.byte(begin) === DASH)) return adjective(s, begin);
    if (p - begin < n + 2) continue;
    if (!sure && (!s.is(begin, UPPER) || STREET_ENDS_NOT.has(s.lowered(begin, p)) || flags(s, begin, p) !== 0)) continue;
    const before = wordBefore(s, begin);
    const capital = wordBeforeEnd > before && wordBeforeEnd === begin - 1 && s.byte(wordBeforeEnd) === SPACE && s.is(before, UPPER);
    // Södra Förstadsgatan
    return capital && (part(s, before, wordBeforeEnd) & PART_IN) !== 0 ? before : wordsOfName(s, dutchParticles(s, begin));
  }
  return -1;
}

/** What a word may be that is a part of a street's name without being one of a known form. */
const NAME_SAYS = PLACE | SURNAME | PART | PARTICLE;

/**
 * Where the capital word before the one at begin begins that nothing else is known of, or that is short for one:
 * "Burgemeester de Vlugtlaan", "Gl. Kongevej"; or begin.
 */
function wordsOfName(s: Scanner, begin: number): number {
  let p = begin - 1;
  if (p <= s.floor || s.byte(p) !== SPACE) return begin;
  if (s.byte(p - 1) === DOT) p--;
  const w = backWord(s, p);
  if (p - w < 2 || !s.is(w, UPPER) || (w > s.floor && s.is(w - 1, ALNUM)) || (s.byte(p) === DOT && p - w > TITLE_MAX)) return begin;
  const f = flags(s, w, p);
  const person = (f & SURNAME) !== 0 && s.byte(p) === SPACE && w > s.floor && s.byte(w - 1) === SPACE;
  return (f & ~NAME_SAYS) !== 0 || person ? begin : w;
}

/** Where "van der" begins before the name at begin, or begin. */
function dutchParticles(s: Scanner, begin: number): number {
  let at = begin;
  for (let n = 0; n < 2; n++) {
    const a = wordBefore(s, at);
    const b = wordBeforeEnd;
    if (a === b || b !== at - 1 || s.byte(b) !== SPACE || !s.is(a, LOWER) || (flags(s, a, b) & PLACE) === 0) break;
    at = a;
    if (s.hasPrefix(a, b, "van")) return a;
  }
  return begin;
}

/** Where the words before "Straße" begin that name it, or -1 where there are none. */
function adjective(s: Scanner, begin: number): number {
  let at = begin;
  let words = 0;
  for (; words < 3 && at - 1 > s.floor && s.byte(at - 1) === SPACE && s.is(at - 2, LETTER); words++) {
    let w = at - 1;
    while (w > s.floor && (s.is(w - 1, LETTER) || s.byte(w - 1) === DASH)) w--;
    const f = flags(s, w, at - 1);
    if ((f & PLACE) === 0 && (!s.is(w, UPPER) || (f & (FUNCTION | NOUN)) !== 0)) break;
    at = w;
  }
  return words === 0 || !s.is(at, UPPER) ? -1 : at;
}

/**
 * Tells quickly whether prefixedBefore may find something: the word before the one at begin is not a small word without a
 * part in streets.
 */
export function mayBePrefixed(s: Scanner, begin: number): boolean {
  if (begin - 1 <= s.floor) return false;
  const joint = s.byte(begin - 1);
  const c = s.byte(begin - 2);
  if (joint !== SPACE && joint !== SLASH && joint !== QUOTE) return false;
  if (c !== SLASH && c !== DOT && c !== DASH && !s.is(begin - 2, ALNUM)) return false;
  if (joint !== SPACE || !s.is(begin - 2, LOWER)) return true;
  const w = backWord(s, begin - 1);
  if (begin - 1 - w < 2 || !s.is(w, LOWER) || (w > s.floor && (s.byte(w - 1) === DASH || s.byte(w - 1) === DOT))) return true;
  return may(s, w, begin - 1, PLACE | PREFIX | PREFIX_WEAK);
}

/** Walks left from the word at begin to a street word that comes first: "Via Giuseppe Verdi", "ul. Długa". */
function prefixedBefore(s: Scanner, begin: number, end: number): number {
  let at = begin;
  let particle = false;
  let capital = false;
  for (let words = 0; words <= STREET_WORDS && end - at < STREET_LEFT; ) {
    let e = wordEnd(s, at, end);
    const short = words > 0 && e - at <= TITLE_MAX && s.byte(e) === DOT;
    if (s.is(at, LOWER) && e - at > 1 && !short && !may(s, at, e, PLACE | PREFIX | PREFIX_WEAK)) return -1;
    if (e < end && s.byte(e) === DASH && s.is(e + 1, LETTER)) {
      const k = wordEnd(s, e + 1, end); // пр-т, б-р
      if (k < begin && (flags(s, at, k) & PREFIX) !== 0) e = k;
    }
    const f = flags(s, at, e);
    const calle = e - at === 1 && (s.byte(at) | 0x20) === 0x63 && s.byte(e) === SLASH;
    if (words > 0 && ((f & (PREFIX | PREFIX_WEAK)) !== 0 || calle)) {
      const initial = e - at === 1 && !s.is(at, OTHER);
      const weak = (f & (PREFIX_WEAK | STREET)) !== 0 && s.byte(e) !== SLASH && (s.byte(e) !== DOT || initial);
      const small = s.is(at, LOWER) && s.byte(e) !== DOT && s.hasPrefix(at, e, "via");
      return capital && !small && (!weak || particle) ? at : -1;
    }
    if ((f & PLACE) !== 0 && !s.is(at, UPPER) && words > 0) {
      particle = true;
    } else if (s.is(at, UPPER | OTHER)) {
      const shout = e - at > 1 && s.is(at + 1, UPPER) && e - at <= 5 && f === 0 && words === 0;
      if (shout && !capsBefore(s, at) && !romanNumber(s, at, e)) return -1; // Via UPS 2
      capital = true;
    } else if (!short) {
      return -1; // but "ul. gen. Bema"
    }
    words++;
    let q = at - 1;
    if (at <= s.floor || (s.byte(q) !== SPACE && s.byte(q) !== SLASH && s.byte(q) !== QUOTE)) return -1;
    if (s.byte(q) === SPACE && q > s.floor && s.byte(q - 1) === SLASH) q--;
    if (q > s.floor && s.byte(q) === SLASH && s.is(q - 1, LETTER)) {
      at = q - 1;
      continue;
    }
    if (q > s.floor && s.byte(q - 1) === DOT) q--;
    if (q > s.floor + 2 && s.is(q - 1, DIGIT)) {
      if ((f & (NOUN | FUNCTION)) === NOUN) return -1;
      q = numberBefore(s, q); // ul. 3 Maja
      if (q < 0) return -1;
    }
    let w = q;
    while (w > s.floor && (s.is(w - 1, LETTER) || (s.byte(w - 1) === DASH && w - 1 > s.floor && s.is(w - 2, LETTER)))) w--;
    if (w === q) return -1;
    if (q - w <= 3 && w - 2 >= s.floor && s.byte(w - 1) === DOT && s.is(w, LOWER) && contracted(s, w - 2, q)) {
      w -= 2;
      if (capital) return w;
    }
    at = w;
  }
  return -1;
}

/** Where the word ends that stands before the short number which ends at q, or -1. */
function numberBefore(s: Scanner, q: number): number {
  let k = q - 1;
  while (k > s.floor && q - k < 3 && s.is(k - 1, DIGIT)) k--;
  if (k - 1 <= s.floor || s.byte(k - 1) !== SPACE) return -1;
  return s.byte(k - 2) === DOT ? k - 2 : k - 1;
}

/** Short forms of Italian street words. */
const CONTRACTED = ["v.le", "p.zza", "p.za", "p.le", "c.so", "l.go", "v.lo"];

/** Whether the letters i to j are short for an Italian street word: "V.le", "P.zza". */
function contracted(s: Scanner, i: number, j: number): boolean {
  return (i === s.floor || !s.is(i - 1, ALNUM)) && CONTRACTED.some((short) => sameWord(s, i, j, short));
}

/** Whether the word i to j is a number in Roman digits: "Jana Pawła II 5". */
function romanNumber(s: Scanner, i: number, j: number): boolean {
  while (i < j && "IVX".includes(String.fromCharCode(s.byte(i)))) i++;
  return i === j;
}

/** Whether a name of a street begins at i with two words that say where it lies: "An der Eiche". */
function placed(s: Scanner, i: number, last: number): boolean {
  const e = wordEnd(s, i, last);
  if (e + 1 >= last || (part(s, i, e) & PART_IN) === 0 || s.byte(e) !== SPACE || !s.is(e + 1, LOWER)) return false;
  return (flags(s, e + 1, wordEnd(s, e + 1, last)) & PLACE) !== 0;
}

/**
 * Where the capital words begin that end with the word begin to p, or -1: the name of a street of no known form, where
 * something else says that it is one. In a script without capitals it is one word.
 */
function capitalsBefore(s: Scanner, begin: number, p: number): number {
  let at = -1;
  let area = false;
  let long = false;
  for (let words = 0; words < STREET_WORDS; words++) {
    const f = flags(s, begin, p);
    const kind = part(s, begin, p);
    const street = words === 0 && ((kind & PART_STREET) !== 0 || isStreetEnd(s, begin, p));
    const named = words === 1 && long && (f & LABEL) === 0; // Moda Caddesi
    long = street && p - begin >= SURE_STREET;
    const plain = (f & (FUNCTION | NOUN | LABEL)) === 0 || (f & PLACE) !== 0 || (kind & PART_IN) !== 0;
    if (words > 0 && (kind & PART_AREA) !== 0) {
      at = begin;
      area = true;
    } else if (area && s.is(begin, UPPER)) {
      at = begin;
      area = false;
    } else if (s.is(begin, OTHER)) {
      if (!street) return at >= 0 ? at : begin;
    } else if (s.is(begin, UPPER) && (plain || street || named)) {
      at = begin;
    } else if (!(words > 0 && (f & PLACE) !== 0) && !street) {
      return at;
    }
    if (isJointBefore(s, begin)) {
      p = begin - 1;
      begin = backWord(s, p);
      continue;
    }
    if (begin <= s.floor || s.byte(begin - 1) !== SPACE) return at;
    p = begin - 1;
    if (p > s.floor && s.byte(p - 1) === DOT) p--;
    begin = backWord(s, p);
    if (begin === p) return at;
    if (s.byte(p) === DOT && (part(s, begin, p) & PART_AREA) === 0 && (flags(s, begin, p) & PLACE) === 0) return at;
  }
  return at;
}

/** Whether a word by itself is what street names end with: "Karl Johans gate". */
function isStreetEnd(s: Scanner, begin: number, p: number): boolean {
  return streetEndsAt(s, begin, p).some((end) => sameWord(s, begin, p, end));
}

/** Whether the word before i is in capitals too. */
function capsBefore(s: Scanner, i: number): boolean {
  const a = wordBefore(s, i);
  const b = wordBeforeEnd;
  return b - a > 1 && s.is(a, UPPER) && s.is(b - 1, UPPER);
}

/** Lets the number after a run of capital words decide whether they are a street: "Via Giuseppe Verdi 3". */
export function streetAhead(s: Scanner, end: number, hi: number): number {
  const p = houseSignEnd(s, streetWordEnd(s, end, hi), hi);
  const n = digitCount(s, p, hi);
  return p === end || n === 0 || n > HOUSE_DIGITS ? 0 : streetBefore(s, p, p + n, hi);
}

/** Skips a street word in small letters after the name that ends at p: "Karl Johans gate". */
function streetWordEnd(s: Scanner, p: number, hi: number): number {
  if (p + 1 >= hi || s.byte(p) !== SPACE || !s.is(p + 1, LOWER)) return p;
  const e = wordEnd(s, p + 1, hi);
  return (part(s, p + 1, e) & PART_STREET) !== 0 ? e : p;
}

/** Skips what may stand between a street and its number: ", ", " No. ", ", nº ", " #". */
function houseSignEnd(s: Scanner, p: number, hi: number): number {
  const q = gapEnd(s, p, hi);
  const e = wordEnd(s, q, hi);
  if (e === q || q === p) return q;
  if (e - q === 1 && e + 1 < hi && s.byte(e) === DOT && s.byte(e + 1) === 0x6f) return gapEnd(s, e + 2, hi); // o
  return (part(s, q, e) & PART_HOUSE) !== 0 ? gapEnd(s, e, hi) : q;
}

/** Skips up to three blanks and signs. */
function gapEnd(s: Scanner, p: number, hi: number): number {
  let q = p;
  while (q < hi && q - p < 3 && " ,.:#".includes(String.fromCharCode(s.byte(q)))) q++;
  return q;
}
