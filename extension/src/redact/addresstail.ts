// What follows a street: unit, postcode, city, state, country. The twin of internal/redact/addresstail.go.

import { AREA_WORDS, district, unit } from "./addresspart";
import { FOLD_SYMBOL, lower } from "./fold";
import {
  CITY,
  COUNTRY,
  DIRECTION,
  entry,
  entryFlags,
  flags,
  FUNCTION,
  GIVEN,
  NOT_STREET,
  NOUN,
  part,
  PART_CODE,
  PART_IN,
  PART_REGION,
  PLACE,
  startPhrase,
  STATE,
  SURNAME,
  wordEnd,
} from "./lexicon";
import { ends } from "./namejudge";
import { blanksEnd, digitCount, letterCodeForm, postcode, stateAndCode } from "./postcode";
import type { Scanner } from "./scanner";
import { measured } from "./street";
import { ALNUM, DIGIT, LETTER, LOWER, OTHER, UPPER } from "./tables";

/** Pieces after the street: unit, postcode, city, country. */
const TAIL_ROUNDS = 12;
/** Of them, names in a row that no code confirms. */
const TAIL_MAX_NAMES = 4;
const CITY_WORDS = 6;
/** Signs between two pieces. */
export const JOIN_MAX = 4;

const SPACE = 0x20;
const COMMA = 0x2c;
const DOT = 0x2e;
const DASH = 0x2d;
const QUOTE = 0x27;
const LINE = 0x0a;
const SLASH = 0x2f;

/** What keeps the pieces beside it apart. */
const APART = new Set([LINE, 0x0d, 0x09, 0x7c, DOT, FOLD_SYMBOL]);

// What an address's tail proves about the street before it.
/** Nothing: names, or nothing at all. */
export const TAIL_NAMES = 0;
/** A unit, a floor, a district. */
const TAIL_UNIT = 1;
/** A postcode. */
export const TAIL_CODE = 2;

/** What the tail proved that addressTail read last. */
export let tailProof = TAIL_NAMES;

/**
 * Where the pieces end that follow a street: unit, district, postcode, city, state, country, over commas and lines. Names
 * on the next lines count only where a postcode or a country follows.
 */
export function addressTail(s: Scanner, end: number, hi: number): number {
  let proof = TAIL_NAMES;
  let names = 0;
  let at = end;
  let city = false;
  let lies = false;
  for (let round = 0; round < TAIL_ROUNDS; round++) {
    const q = skipJoint(s, at, hi);
    const joint = wasJoint;
    if (q >= hi || q === at) break;
    let e = unit(s, q, hi);
    if (e > 0 && countryCode(s, q, hi) === 0) {
      at = end = e;
      names = 0;
      proof = Math.max(proof, TAIL_UNIT);
      continue;
    }
    e = codeHere(s, q, hi, joint, names > 0 || (lies && joint));
    if (e > 0) {
      if (names > 0 && !commits(s, at, q) && s.is(q, DIGIT) && s.is(e - 1, LETTER)) break; // the next address
      at = end = e;
      names = 0;
      city = true;
      proof = TAIL_CODE;
      continue;
    }
    e = district(s, q, hi);
    if (e > 0 && joint) {
      at = end = e;
      names = 0;
      proof = Math.max(proof, TAIL_UNIT);
      lies = true;
      continue;
    }
    e = country(s, q, hi);
    if (e > 0 && joint) {
      at = end = e;
      names = 0;
      continue;
    }
    e = namePiece(s, q, hi, city);
    if (!joint || e === 0 || names >= TAIL_MAX_NAMES) break;
    if ((at === end && (commits(s, at, q) || lies)) || knownCity(s, q, e)) end = e;
    at = e;
    names++;
  }
  tailProof = proof;
  return end;
}

/** Whether the signs between two pieces keep them together: a comma, a dash or a bracket on the same line. */
function commits(s: Scanner, p: number, q: number): boolean {
  for (let k = p; k < q; k++) if (APART.has(s.byte(k))) return false;
  return true;
}

/** Whether what ends at p is a code of digits alone, with no state or signs in it. */
function bareCode(s: Scanner, p: number): boolean {
  const q = codeStart(s, p);
  if (p - q < 4 || q - 4 < s.floor || s.byte(q - 1) === DASH) return false;
  return s.byte(q - 1) !== SPACE || s.is(q - 2, LOWER) || !s.is(q - 3, UPPER);
}

/** Where the digits begin that end at p. */
export function codeStart(s: Scanner, p: number): number {
  let q = p;
  while (q > s.floor + 2 && p - q < 7 && s.is(q - 1, DIGIT)) q--;
  return q;
}

/** Whether the name i to j begins with a known city or region, or has its region after a slash. */
export function knownCity(s: Scanner, i: number, j: number): boolean {
  const e = wordEnd(s, i, j);
  if ((e > i && (flags(s, i, e) & CITY) !== 0) || (part(s, i, e) & PART_REGION) !== 0) return true;
  return j + 1 < s.length && s.byte(j) === SLASH && s.is(j + 1, UPPER);
}

/**
 * Reads a postcode with what belongs to it and returns its end, or 0. After a name, a code of four digits needs no city.
 */
function codeHere(s: Scanner, q: number, hi: number, joint: boolean, named: boolean): number {
  let word = wordEnd(s, q, hi);
  if ((part(s, q, word) & PART_CODE) !== 0) {
    const second = word + 1 < hi && s.byte(word) === SPACE ? wordEnd(s, word + 1, hi) : word;
    if ((part(s, word + 1, second) & PART_CODE) !== 0) word = second; // cod postal
    let p = word;
    while (p < hi && p - word < JOIN_MAX && " :.-".includes(String.fromCharCode(s.byte(p)))) p++;
    if (p > word && p < hi && s.is(p, DIGIT)) {
      const code = plainCode(s, p, hi);
      if (code > 0) return cityAfter(s, code, hi);
    }
  }
  let e = Math.max(countryCode(s, q, hi), postcode(s, q, hi), letterCodeForm(s, q, hi));
  if (e > 0) return cityAfter(s, e, hi);
  e = cityThenCode(s, q, hi, joint);
  if (e > 0) return bareCode(s, e) && e < hi && s.byte(e) === SPACE ? cityAfter(s, e, hi) : e; // Bornova 34847 Izmir
  e = joint ? codeAfterComma(s, q, hi) : 0;
  if (e > 0) return e;
  if (!named && !(joint && digitCount(s, q, hi) === 4 && !yearLike(s, q, q + 4))) return 0;
  e = plainCode(s, q, hi);
  return e > 0 && ends(s, e) ? e : 0;
}

/** Reads "London B25 8XL" and "48 864 Hyères", which need their street, and returns the end, or 0. */
function codeAfterComma(s: Scanner, q: number, hi: number): number {
  const c = cityAt(s, q, hi, true);
  const e = c > q ? letterCodeForm(s, skipJoint(s, c, hi), hi) : 0;
  if (e > 0) return e;
  if (q + 3 >= hi || digitCount(s, q, hi) !== 2 || s.byte(q + 2) !== SPACE || digitCount(s, q + 3, hi) !== 3) return 0;
  const city = cityAt(s, blanksEnd(s, q + 6, hi), hi, false);
  return city > 0 && s.byte(q + 6) === SPACE ? city : 0;
}

/**
 * Reads a code of four to six digits with its country's letters ("D-10115", "LV-1010"), or of three after two letters
 * ("IS-101"), and returns its end, or 0.
 */
export function countryCode(s: Scanner, p: number, hi: number): number {
  let q = p;
  while (q < hi && q - p < 2 && s.is(q, UPPER)) q++;
  if (q === p || q >= hi || s.byte(q) !== DASH) return 0;
  const n = digitCount(s, q + 1, hi);
  const end = q + 1 + n;
  if ((n < 5 - (q - p) && n !== 4) || n > 6 || (end < hi && s.is(end, ALNUM))) return 0;
  const swedish = n === 3 && end < hi && s.byte(end) === SPACE && digitCount(s, end + 1, hi) === 2; // SE-111 22
  return swedish ? end + 3 : end;
}

/** Reads a code of four to six digits, or two parts of three, and returns its end, or 0. */
function plainCode(s: Scanner, p: number, hi: number): number {
  const n = digitCount(s, p, hi);
  const q = p + n;
  if (n === 3 && q < hi && (s.byte(q) === SPACE || s.byte(q) === DASH)) {
    const d = digitCount(s, q + 1, hi);
    if (d === 2 || d === 3) return q + 1 + d;
  }
  if (n === 5 && q < hi && s.byte(q) === DASH && digitCount(s, q + 1, hi) === 3) return q + 4;
  return n < 4 || n > 6 || (q < hi && s.is(q, ALNUM)) || measured(s, q, hi) ? 0 : q;
}

/**
 * Reads a name that stands between commas or line ends: a city, a region, a house. A number of a city's district may
 * follow it ("Dublin 4").
 */
export function namePiece(s: Scanner, p: number, hi: number, city: boolean): number {
  let e = cityAt(s, p, hi, false);
  if (e === 0 && p + 2 < hi && s.is(p, UPPER) && s.is(p + 1, UPPER) && (flags(s, p, p + 2) & STATE) !== 0) e = p + 2;
  if (e === 0) return 0;
  const n = cityNumber(s, e, hi);
  if (n > e && !city) return n;
  if (e + 1 < hi && s.byte(e) === SPACE && (part(s, e + 1, wordEnd(s, e + 1, hi)) & PART_CODE) !== 0) return e;
  const q = e < hi && s.byte(e) === DOT ? e + 1 : e;
  if (q + 1 < hi && s.byte(q) === DASH) return e;
  return ends(s, e) || (e + 1 < hi && s.byte(e) === SLASH && s.is(e + 1, UPPER)) ? e : 0;
}

/** Whether what skipJoint skipped last is more than a blank. */
export let wasJoint = false;

/** Skips what stands between two pieces. */
export function skipJoint(s: Scanner, p: number, hi: number): number {
  const start = p;
  wasJoint = false;
  for (; p < hi && p - start < JOIN_MAX; p++) {
    const c = s.byte(p);
    if (c === SPACE) continue;
    if (c !== 0x80 && !",\n\r\t-|()/.".includes(String.fromCharCode(c))) break;
    wasJoint = true;
  }
  return p;
}

/**
 * Reads the name of a city at p, by its form alone, and returns its end, or 0. Where lenient, what follows decides, and
 * the name may be an ordinary word ("Reading RG1 4AB").
 */
export function cityAt(s: Scanner, p: number, hi: number, lenient: boolean): number {
  let end = 0;
  if (p + 3 < hi && s.byte(p) === QUOTE && s.is(p + 1, LOWER) && (s.byte(p + 2) === DASH || s.byte(p + 2) === SPACE)) p += 3; // 's-Hertogenbosch
  for (let words = 0; words < CITY_WORDS && p < hi; words++) {
    let e = p;
    while (e < hi && (s.is(e, LETTER) || ((s.byte(e) === DASH || s.byte(e) === QUOTE) && e + 1 < hi && e > p && s.is(e + 1, LETTER)))) e++;
    if (e === p || (e < hi && s.is(e, DIGIT))) break;
    const word = wordEnd(s, p, hi);
    const kind = part(s, p, word);
    if (words > 0 && (kind & PART_CODE) !== 0) break;
    let f = word < e && s.byte(word) === QUOTE ? 0 : flags(s, p, word); // O'Connell
    if (s.is(p, UPPER | OTHER)) {
      const strict = !lenient && (kind & PART_IN) === 0;
      const plain = strict && (f & FUNCTION) !== 0 && (f & (PLACE | CITY)) === 0;
      const thing = strict && (f & NOUN) !== 0 && words === 0 && (f & (DIRECTION | GIVEN | SURNAME | CITY)) === 0;
      if (plain || thing || (e - p < 2 && words === 0)) return end;
      end = e;
    } else if (words > 0 && e - p === 1 && e < hi && s.byte(e) === DOT) {
      f |= PLACE; // a. d. Aisch
    } else if (words === 0 || (f & PLACE) === 0) {
      return end;
    }
    if (e < hi && s.byte(e) === DOT && ((f & PLACE) !== 0 || shortened(s, p, e))) e++;
    if (e + 1 >= hi || s.byte(e) !== SPACE) break;
    p = e + 1;
  }
  return end;
}

/** Whether the letters p to e can only be short for a word: "Kgs. Lyngby". */
function shortened(s: Scanner, p: number, e: number): boolean {
  if (e - p > 4 || e + 2 >= s.length || s.byte(e + 1) !== SPACE || !s.is(e + 2, UPPER)) return false;
  for (let k = p; k < e; k++) if (!s.is(k, UPPER | LOWER) || "aeiouy".includes(String.fromCharCode(lower(s.byte(k))))) return false;
  return true;
}

/** Where the city ends that follows a postcode which ends at e. */
function cityAfter(s: Scanner, e: number, hi: number): number {
  const q = skipJoint(s, e, hi);
  if (q === e || q >= hi || s.byte(q - 1) === DOT || s.byte(q - 1) === DASH) return e;
  if (s.byte(e) === LINE && country(s, q, hi) === 0) return e;
  const c = cityAt(s, q, hi, false);
  return c > 0 && s.byte(e) !== COMMA ? Math.max(cityNumber(s, c, hi), provinceAfter(s, c, hi)) : e;
}

/** The end of the number of a city's part at c, "Praha 5", or c. */
function cityNumber(s: Scanner, c: number, hi: number): number {
  if (c + 1 >= hi || s.byte(c) !== SPACE) return c;
  const n = digitCount(s, c + 1, hi);
  return n > 0 && n <= 2 && ends(s, c + 1 + n) ? c + 1 + n : c;
}

/**
 * Whether a comma or a line end, a postcode and a city follow place p, or a city and its code; units, districts and a name
 * may stand between. After a house number and a name, as in English, and after a code of four digits the city must be a
 * known one.
 */
export function cityFollows(s: Scanner, p: number, hi: number, houseFirst: boolean): boolean {
  for (let names = 0, districts = 0; names < 3; ) {
    const q = skipJoint(s, p, hi);
    const joint = wasJoint;
    if (q >= hi || q === p) return false;
    let e = countryCode(s, q, hi);
    if (e > 0) {
      const c = blanksEnd(s, e, hi);
      return joint && c > e && cityAt(s, c, hi, false) > c;
    }
    e = unit(s, q, hi);
    if (e > 0) {
      p = e;
      continue;
    }
    e = district(s, q, hi);
    if (e > 0) {
      if (++districts > 1) return true;
      p = e;
      continue;
    }
    if (!joint) return false;
    e = cityThenCode(s, q, hi, true);
    if (e > 0 && ((s.byte(p) === COMMA && s.is(codeStart(s, e) - 2, LETTER)) || !bareCode(s, e) || knownCity(s, q, e))) return true;
    e = postcode(s, q, hi);
    if (e > 0) return codeAndCity(s, q, e, hi, houseFirst);
    p = namePiece(s, q, hi, false);
    if (p === 0) return false;
    names++;
  }
  return false;
}

/** Whether a city follows the code q to code, as cityFollows asks. */
function codeAndCity(s: Scanner, q: number, code: number, hi: number, houseFirst: boolean): boolean {
  if (code === hi || s.byte(code) !== SPACE) return !s.is(q, DIGIT);
  const name = blanksEnd(s, code, hi);
  const city = cityAt(s, name, hi, false);
  if (city === 0 || ((houseFirst || code - q === 4) && !knownCity(s, name, city))) return false;
  return city > name && (flags(s, name, wordEnd(s, name, hi)) & (FUNCTION | NOUN | NOT_STREET)) === 0;
}

/** Reads "Springfield, IL 62704", "London SW1A 1AA", "Sydney NSW 2000", "Madrid 28013". */
function cityThenCode(s: Scanner, p: number, hi: number, joint: boolean): number {
  const c = cityAt(s, p, hi, joint);
  if (c === 0) return stateAndCode(s, p, hi);
  // The words may end with the state, or the code's letters stand apart.
  const q = skipJoint(s, c, hi);
  let e = stateAndCode(s, q, hi);
  if (e > 0) return e;
  e = postcode(s, q, hi);
  // Over a line end or a comma, what came before was a house or a district.
  if (e > 0 && q > c) return commits(s, c, q) && s.byte(c) !== COMMA ? e : cityAfter(s, e, hi);
  e = plainCode(s, q, hi);
  if (e > 0 && q === c + 1 && ends(s, e) && !yearLike(s, q, e)) return e;
  e = shortState(s, q, hi);
  if (e > 0) return e;
  for (let k = c; k > p; k--) {
    if (s.byte(k - 1) !== SPACE) continue;
    e = Math.max(stateAndCode(s, k, hi), shortState(s, k, hi));
    if (e > 0) return e;
  }
  return joint ? provinceAfter(s, c, hi) : 0;
}

/** Whether the digits i to j may be a year of our time. */
function yearLike(s: Scanner, i: number, j: number): boolean {
  return j - i === 4 && (s.hasPrefix(i, j, "19") || s.hasPrefix(i, j, "20"));
}

/** Reads an Australian state of two letters with its code, "WA 6000". */
function shortState(s: Scanner, p: number, hi: number): number {
  if (p + 7 > hi || s.byte(p + 2) !== SPACE || (s.byte(p + 1) !== 0x41 && s.byte(p + 1) !== 0x54)) return 0; // A, T
  return (flags(s, p, p + 2) & STATE) === 0 || digitCount(s, p + 3, hi) !== 4 || !ends(s, p + 7) ? 0 : p + 7;
}

/** Reads "(RM)" after a city that ends at c; the city's name may end with small words. */
function provinceAfter(s: Scanner, c: number, hi: number): number {
  for (let words = 0; words < AREA_WORDS && c + 1 < hi && s.byte(c) === SPACE && s.is(c + 1, LOWER); words++) {
    c = wordEnd(s, c + 1, hi);
    if (c + 1 < hi && s.byte(c) === QUOTE && s.is(c + 1, LOWER)) c = wordEnd(s, c + 1, hi);
  }
  if (!s.hasPrefix(c, hi, " (") || c + 4 >= hi || !s.is(c + 2, UPPER)) return 0;
  const e = wordEnd(s, c + 2, hi);
  return e > c + 3 && e < hi && s.byte(e) === 0x29 ? e + 1 : 0;
}

function country(s: Scanner, p: number, hi: number): number {
  const e = wordEnd(s, p, hi);
  if (e === p || !s.is(p, UPPER)) return 0;
  const n = entry(s, p, e);
  return (entryFlags(n) & COUNTRY) === 0 ? 0 : startPhrase(s, p, hi, n, COUNTRY);
}
