// One hash table for the words of rules/names.json and rules/places.json, so that a word of the text is looked up once.
// The twin of internal/redact/lexicon.go.

import names from "../../../rules/names.json";
import places from "../../../rules/places.json";
import { FOLD_DROP, FOLD_UNSPACED, foldPoint, foldWord, lower } from "./fold";
import type { Scanner } from "./scanner";
import { ALNUM, ALWAYS, CLASS, Endings, HINT_SIZE, hintOf, HintSet, LETTER, nameEnd, TRIGGER, WORD_MAX, wordSet } from "./tables";

// What a word may be.
export const GIVEN = 1 << 0;
export const GIVEN_WEAK = 1 << 1;
export const SURNAME = 1 << 2;
export const NOUN = 1 << 3;
export const FUNCTION = 1 << 4;
export const HONORIFIC = 1 << 5;
export const DOTTED = 1 << 6;
export const HONORIFIC_WEAK = 1 << 7;
export const PARTICLE = 1 << 8;
/** Begins the name of a brand. */
export const BRAND = 1 << 9;
/** Ends a label. */
export const LABEL = 1 << 10;
export const STREET = 1 << 11;
export const STREET_WEAK = 1 << 12;
export const PREFIX = 1 << 13;
export const PREFIX_WEAK = 1 << 14;
export const NOT_STREET = 1 << 15;
export const DIRECTION = 1 << 16;
export const UNIT = 1 << 17;
export const STATE = 1 << 18;
export const CITY = 1 << 19;
/** Begins the name of a country. */
export const COUNTRY = 1 << 20;
/** A particle of a street's or a city's name. */
export const PLACE = 1 << 21;
export const OWNED = 1 << 22;
export const NOT_LABEL = 1 << 23;
export const NOT_ADDRESS = 1 << 24;
export const NOT_USER = 1 << 25;
export const INWARD_NOT = 1 << 26;
export const AREA = 1 << 27;
/** Begins a phrase such as "Signed in as". */
export const SESSION = 1 << 28;
/** Ends a label of a post box. */
export const BOX = 1 << 29;
/** Ends a label of a person. */
export const NAMED = 1 << 30;
/** Is a part of an address, or ends a label that one follows: its part says which. */
export const PART = 1 << 31;

// Parts of an address, by the word that marks them.
/** Before a number or a letter: "кв. 5". */
export const PART_UNIT = 1;
/** After a number: "2. tv", "3rd floor". */
export const PART_FLOOR = 2;
/** By itself: "bajo", "st. th.". */
export const PART_DOOR = 4;
/** Before a name or a number: "Col. Centro". */
export const PART_DISTRICT = 8;
/** After a name: "Kadıköy Mah.". */
export const PART_AREA = 16;
/** Before a house number: "No: 12", "д. 5". */
export const PART_HOUSE = 32;
/** Before a postcode: "CEP 01310-100". */
export const PART_CODE = 64;
/** A street word after the name and before the number: "Váci út 5". */
export const PART_STREET = 128;
/** Names a region. */
export const PART_REGION = 256;
/** Before the name of a street, which nothing else marks: "An der Eiche 5". */
export const PART_IN = 512;

// What a label announces.
/** A name, directly after it. */
export const LABEL_LOOSE = 1;
/** A name, after a colon or a line end. */
export const LABEL_STRICT = 2;
/** A name, if it is a known one. */
export const LABEL_BY = 4;
/** A username, after a colon. */
export const LABEL_USER = 8;
/** A username, directly after it. */
export const LABEL_USER_TOO = 16;
export const LABEL_ADDRESS = 32;
export const LABEL_POST = 64;
export const LABEL_BOX = 128;
/** The number and street of an address, directly after it. */
export const LABEL_AT = 256;
/** A name or a place: "Ship to". */
export const LABEL_PLACE = 512;
/** A name, also where it stands alone on the next line. */
export const LABEL_NAME = 1024;
/** Of a label found in a text: only the end of its line stands between it and its value. */
export const LABEL_LINE = 2048;
export const LABEL_PERSON = LABEL_LOOSE | LABEL_STRICT | LABEL_BY;

/** The multiplier of the polynomial hash. */
const FACTOR = 31;
const SPACE = 0x20;

interface Phrase {
  text: string;
  kind: number;
}

export const SURNAME_ENDS = names.suffixes;
/** Words of a company's or an institute's name. */
export const ORGANISATIONS = wordSet(names.organisations.split(" "));
/** Words before the name of a saint, which is a place. */
export const SAINTS = wordSet(names.saints);
/** What may stand after "Ship to:" and is no name. */
export const TOWNS = wordSet(names.towns.split(" "));
/** Small words that have a capital in the title of a work. */
export const TITLE_WORDS = wordSet(names.titles);
export const STREET_ENDS_SURE = wordSet(places.suffixes_sure);
export const STREET_ENDS_NOT = wordSet(places.suffix_not);

/** How many words there may be. The table of slots is then half full. */
const ENTRIES_MAX = 1 << 16;
/** How many letters they may have together. */
const LETTERS_MAX = 1 << 19;

// The words, by their entry. Of fixed sizes, so that they are there before they are filled (see loading).
const FLAGS = new Uint32Array(ENTRIES_MAX);
/** Which parts of an address they mark. */
const PARTS = new Uint32Array(ENTRIES_MAX);
const WORD_START = new Uint32Array(ENTRIES_MAX + 1);
const LETTERS = new Uint8Array(LETTERS_MAX);
/** By hash: an entry plus one, or 0. */
const SLOTS = new Uint16Array(2 * ENTRIES_MAX);
const MASK = SLOTS.length - 1;
let entries = 0;

/** By hint: the flags of all words with these ends and this length. */
const HINTS = new Uint32Array(HINT_SIZE);

/** By the entry of their last word, longest first. Few of the words have any. */
const labels = new Map<number, Phrase[]>();
/** Brands, countries and sessions, by the entry of their first word. */
const starts = new Map<number, Phrase[]>();

/** The phrases of an entry, to add one. */
function phrasesOf(of: Map<number, Phrase[]>, n: number): Phrase[] {
  let list = of.get(n);
  if (list === undefined) of.set(n, (list = []));
  return list;
}

/** Adds a flag to the words of a text with blanks between them. */
function addText(flag: number, text: string): void {
  for (let i = 0; i < text.length; ) {
    const blank = text.indexOf(" ", i);
    const end = blank < 0 ? text.length : blank;
    addWord(flag, text, i, end);
    i = end + 1;
  }
}

function addWords(flag: number, list: readonly string[]): void {
  for (const word of list) addWord(flag, word, 0, word.length);
}

/** Adds a flag to the word that stands in a text from i to end. */
function addWord(flag: number, text: string, i: number, end: number): void {
  let to = roomFor(end - i);
  for (; i < end; i++) {
    let c = text.charCodeAt(i);
    if (c >= 0x80) {
      const point = text.codePointAt(i) ?? c;
      if (point > 0xffff) i++;
      c = foldPoint(point);
      if (c === FOLD_DROP) continue;
    }
    LETTERS[to++] = lower(c);
  }
  enter(flag, to);
}

/** The same for a folded word; returns its entry. */
function addFolded(flag: number, word: string): number {
  let to = roomFor(word.length);
  for (let i = 0; i < word.length; i++) LETTERS[to++] = word.charCodeAt(i);
  return enter(flag, to);
}

/** Where the letters of the next word go. */
function roomFor(size: number): number {
  const from = WORD_START[entries] as number;
  if (entries + 1 >= ENTRIES_MAX || from + size >= LETTERS_MAX) throw new RangeError("too many words in rules/");
  return from;
}

/** Adds a flag to the word whose letters end at to, behind those of all others, and returns its entry. */
function enter(flag: number, to: number): number {
  const from = WORD_START[entries] as number;
  let h = 0;
  for (let k = from; k < to; k++) h = (Math.imul(h, FACTOR) + (LETTERS[k] as number)) | 0;
  let at = h & MASK;
  while (SLOTS[at] !== 0 && !sameLetters(LETTERS, from, to, (SLOTS[at] as number) - 1)) at = (at + 1) & MASK;
  if (SLOTS[at] === 0) {
    WORD_START[entries + 1] = to;
    SLOTS[at] = ++entries;
  }
  const n = (SLOTS[at] as number) - 1;
  FLAGS[n] = (FLAGS[n] as number) | flag;
  if (to > from) {
    const k = hintOf(LETTERS[from] as number, LETTERS[to - 1] as number, to - from);
    HINTS[k] = (HINTS[k] as number) | flag;
  }
  return n;
}

function addParts(part: number, list: string): void {
  for (const word of list.split(" ")) {
    const folded = foldWord(word);
    const n = addFolded(PART, folded);
    PARTS[n] = (PARTS[n] as number) | part;
    if ((part & (PART_UNIT | PART_HOUSE | PART_STREET)) !== 0) LEAD_WORDS.add(folded);
  }
}

function isClass(c: number, mask: number): boolean {
  return ((CLASS[c] as number) & mask) !== 0;
}

function addLabels(kind: number, list: readonly string[]): void {
  for (const label of list) {
    const text = foldWord(label);
    let last = text.length;
    while (last > 0 && isClass(text.charCodeAt(last - 1), LETTER)) last--;
    const person = (kind & LABEL_PERSON) !== 0;
    const flag = (kind === LABEL_AT ? PART : LABEL) | (kind === LABEL_BOX ? BOX : 0) | (person ? NAMED : 0);
    const n = addFolded(flag, text.slice(last));
    if (person) NAMED_ENDS.add(text);
    if (kind === LABEL_BOX) LEAD_WORDS.add(text.slice(last));
    const c = text.charCodeAt(last);
    if (kind === LABEL_LOOSE && c >= FOLD_UNSPACED) TRIGGER[c] = ALWAYS;
    else if ((kind & LABEL_NAME) !== 0 && c >= FOLD_UNSPACED && text.length - last > 1) {
      TRIGGER[c] = (TRIGGER[c] as number) | (1 << (text.charCodeAt(last + 1) & 31));
    }
    const phrases = phrasesOf(labels, n);
    const same = phrases.find((p) => p.text === text);
    if (same === undefined) phrases.push({ text, kind });
    else same.kind |= kind;
  }
}

/** Of the labels of persons. */
const NAMED_ENDS = new Endings();

/** Whether a label of a person may end at p, by its last letters. */
export function mayBeNamed(s: Scanner, p: number): boolean {
  if (p - 2 >= s.floor && !NAMED_ENDS.may(s.byte(p - 2), s.byte(p - 1))) return false;
  return may(s, backWord(s, p), p, NAMED);
}

function addStarts(flag: number, list: readonly string[]): void {
  for (const name of list) {
    const text = foldWord(name);
    let first = 0;
    while (first < text.length && isClass(text.charCodeAt(first), LETTER)) first++;
    const n = addFolded(flag, text.slice(0, first));
    phrasesOf(starts, n).push({ text, kind: flag });
  }
}

function longest(a: Phrase, b: Phrase): number {
  return b.text.length - a.text.length || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);
}

/** What fills the lexicon, in pieces of a few milliseconds. */
export const loading: readonly (() => void)[] = [
  () => {
    addText(GIVEN, names.given);
  },
  () => {
    addText(SURNAME, names.surnames);
  },
  () => {
    addText(GIVEN_WEAK, names.given_weak);
    addText(NOUN, names.nouns);
    addText(FUNCTION, `${names.functions} ${names.months_days}`);
    addWords(HONORIFIC, names.honorifics);
    addWords(DOTTED, names.honorifics_dotted);
    addWords(HONORIFIC_WEAK, names.honorifics_weak);
    addWords(PARTICLE, names.particles);
    addWords(OWNED, names.possessed);
    addWords(NOT_LABEL, names.labels_not);
    addWords(NOT_USER, names.not_usernames);
    addText(STREET, places.streets);
    addText(STREET_WEAK, places.streets_weak);
    addText(PREFIX, places.prefixes);
    addText(PREFIX_WEAK, places.prefixes_weak);
    addText(NOT_STREET, places.not_names);
    addText(DIRECTION, places.directions);
    addText(UNIT, places.units);
    addText(STATE, places.states);
    addText(CITY, places.cities);
    addText(PLACE, places.particles);
    addText(INWARD_NOT, places.inward_not);
    addText(AREA, places.areas);
    addWords(NOT_ADDRESS, places.labels_not);
  },
  () => {
    addLabels(LABEL_LOOSE, names.labels_loose);
    addLabels(LABEL_STRICT, names.labels_strict);
    addLabels(LABEL_BY, names.labels_by);
    addLabels(LABEL_PLACE, names.labels_place);
    addLabels(LABEL_NAME, names.labels_name);
    addLabels(LABEL_USER, names.usernames);
    addLabels(LABEL_USER_TOO, names.usernames_loose);
    addLabels(LABEL_ADDRESS, places.labels);
    addLabels(LABEL_POST, places.labels_post);
    addLabels(LABEL_BOX, places.po_box_loose);
    addLabels(LABEL_AT, places.labels_at);
    addParts(PART_UNIT, `${places.parts.unit} ${places.units}`);
    addParts(PART_FLOOR, places.parts.floor);
    addParts(PART_DOOR, places.parts.door);
    addParts(PART_DISTRICT, places.parts.district);
    addParts(PART_AREA, places.parts.area);
    addParts(PART_HOUSE, places.parts.house);
    addParts(PART_CODE, places.parts.code);
    addParts(PART_STREET, places.parts.street);
    addParts(PART_REGION, places.parts.region);
    addParts(PART_IN, places.parts.in);
    addStarts(BRAND, names.brands);
    addStarts(COUNTRY, places.countries);
    addStarts(SESSION, names.usernames_loose);
    for (const list of [...labels.values(), ...starts.values()]) list.sort(longest);
  },
];

/** Units, house signs, street words and post boxes, which may stand before a house number. */
export const LEAD_WORDS = new HintSet();

/** Whether the letters i to j may have one of the flags, told without a look-up. */
export function may(s: Scanner, i: number, j: number, mask: number): boolean {
  return j > i && ((HINTS[hintOf(s.byte(i), s.byte(j - 1), j - i)] as number) & mask) !== 0;
}

/** The endings of street names by nameEnd of their last two letters, in their order. */
const STREET_BY_END: (string[] | undefined)[] = [];
/** By nameEnd: their third last letters. */
const STREET_THIRD = new Int32Array(1 << 10);
for (const end of places.suffixes) {
  const last = end.length - 1;
  const at = nameEnd(end.charCodeAt(last - 1), end.charCodeAt(last));
  (STREET_BY_END[at] ??= []).push(end);
  STREET_THIRD[at] = (STREET_THIRD[at] as number) | (1 << (end.charCodeAt(last - 2) & 31));
}

/** Tells quickly whether the word begin to p may end as the name of a street does. */
export function mayEndStreet(s: Scanner, begin: number, p: number): boolean {
  return p - begin > 2 && (((STREET_THIRD[nameEnd(s.byte(p - 2), s.byte(p - 1))] as number) >>> (s.byte(p - 3) & 31)) & 1) !== 0;
}

/** The endings of street names that the word that ends at p may have. */
export function streetEndsAt(s: Scanner, begin: number, p: number): readonly string[] {
  return (p - begin < 2 ? undefined : STREET_BY_END[nameEnd(s.byte(p - 2), s.byte(p - 1))]) ?? [];
}

/** Looks the letters i to j up, in small letters; -1 where they are no word of the lexicon. */
export function entry(s: Scanner, i: number, j: number): number {
  return j - i > WORD_MAX || j <= i ? -1 : entryOf(s.b, i, j);
}

function entryOf(b: Uint8Array, i = 0, j = b.length): number {
  let h = 0;
  for (let k = i; k < j; k++) h = (Math.imul(h, FACTOR) + lower(b[k] as number)) | 0;
  for (let at = h & MASK; ; at = (at + 1) & MASK) {
    const n = SLOTS[at] as number;
    if (n === 0) return -1;
    if (sameLetters(b, i, j, n - 1)) return n - 1;
  }
}

function sameLetters(b: Uint8Array, i: number, j: number, n: number): boolean {
  const from = WORD_START[n] as number;
  if ((WORD_START[n + 1] as number) - from !== j - i) return false;
  for (let k = i; k < j; k++) if (lower(b[k] as number) !== LETTERS[from + k - i]) return false;
  return true;
}

export function sameWord(s: Scanner, i: number, j: number, word: string): boolean {
  if (j - i !== word.length || i < 0) return false;
  for (let k = 0; k < word.length; k++) if (lower(s.byte(i + k)) !== word.charCodeAt(k)) return false;
  return true;
}

export function entryFlags(n: number): number {
  return n < 0 ? 0 : (FLAGS[n] as number);
}

/** What the letters i to j may be. */
export function flags(s: Scanner, i: number, j: number): number {
  return entryFlags(entry(s, i, j));
}

/** Which part of an address the letters i to j mark. */
export function part(s: Scanner, i: number, j: number): number {
  if (!may(s, i, j, PART)) return 0;
  const n = entry(s, i, j);
  return n < 0 ? 0 : (PARTS[n] as number);
}

const COMMON = NOUN | FUNCTION | GIVEN_WEAK | STREET | STREET_WEAK | UNIT | DIRECTION;

/** Whether a word says something besides naming a person or a place: "Rose", "May", "Street". */
export function isCommonWord(word: string): boolean {
  const f = entryFlags(entryOf(Uint8Array.from(foldWord(word), (c) => c.charCodeAt(0))));
  return (f & COMMON) !== 0 && (f & GIVEN) === 0;
}

/** The end of the longest brand or country (flag) that begins at i, whose first word is an entry, or 0. */
export function startPhrase(s: Scanner, i: number, hi: number, n: number, flag: number): number {
  for (const p of starts.get(n) ?? []) {
    if (p.kind !== flag) continue;
    const end = phraseAt(s, i, hi, p.text);
    if (end > 0) return end;
  }
  return 0;
}

/** Matches a phrase forwards; a blank in it also stands for "&" and dashes between blanks. */
function phraseAt(s: Scanner, i: number, hi: number, text: string): number {
  let k = i;
  for (let n = 0; n < text.length; n++) {
    const c = text.charCodeAt(n);
    if (c === SPACE) {
      const start = k;
      while (k < hi && k - start < 4 && " &-+.".includes(String.fromCharCode(s.byte(k)))) k++;
      if (k === start) return 0;
      continue;
    }
    if (k >= hi || lower(s.byte(k)) !== c) return 0;
    k++;
  }
  return k < hi && s.is(k, ALNUM) ? 0 : k;
}

/** Where the label begins that labelEnding found last. */
export let labelBegin = 0;

/** The kinds of the longest label that ends at end; it begins at labelBegin. */
export function labelEnding(s: Scanner, end: number): number {
  labelBegin = end;
  const w = backWord(s, end);
  if (!may(s, w, end, LABEL | PART)) return 0;
  const n = entry(s, w, end);
  if (n < 0) return 0;
  const before = w - 2 < s.floor ? 0 : lower(s.byte(w - 2));
  for (const p of labels.get(n) ?? []) {
    const last = p.text.length - (end - w) - 2;
    if (last >= 0 && p.text.charCodeAt(last) !== before && p.text.charCodeAt(last) !== SPACE) continue; // most are told by it
    const start = phraseEnding(s, end, p.text);
    if (start >= 0) {
      labelBegin = start;
      return p.kind;
    }
  }
  return 0;
}

/** Matches a phrase backwards and returns where it begins, or -1. */
function phraseEnding(s: Scanner, end: number, text: string): number {
  let k = end;
  for (let n = text.length - 1; n >= 0; n--) {
    if (k <= s.floor) return -1;
    k--;
    const c = s.byte(k);
    if (text.charCodeAt(n) === SPACE) {
      if (c !== SPACE && c !== 0x5f && c !== 0x2d) return -1;
    } else if (lower(c) !== text.charCodeAt(n)) {
      return -1;
    }
  }
  return k > s.floor && s.is(k - 1, ALNUM) ? -1 : k;
}

/** Where the word ends that wordBefore found last. */
export let wordBeforeEnd = 0;

/** Where the letters begin that end before i, after at most one blank or joint; they end at wordBeforeEnd. */
export function wordBefore(s: Scanner, i: number): number {
  let end = i;
  if (end > s.floor) {
    const c = s.byte(end - 1);
    if (c === SPACE || c === 0x5f || c === 0x2d || c === 0x27) end--; // _ - '
  }
  wordBeforeEnd = end;
  return backWord(s, end);
}

/** Where the word ends that begins at k. */
export function wordEnd(s: Scanner, k: number, hi: number): number {
  while (k < hi && s.is(k, LETTER)) k++;
  return k;
}

/** Where the word begins that ends at p. */
export function backWord(s: Scanner, p: number): number {
  let w = p;
  while (w > s.floor && p - w < WORD_MAX && s.is(w - 1, LETTER)) w--;
  return w;
}
