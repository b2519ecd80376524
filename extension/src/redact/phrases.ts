// The phrases of rules/fields.json, and which of them a text holds. The longest phrase counts, and takes its words from
// the others: the code of a "discount code" is no other code.

import table from "../../../rules/fields.json";
import { isUnspacedWord, partsOf, wordsIn } from "./fieldwords";
import { Steps } from "./steps";
import type { Type } from "./types";

/** What a private value is, as far as its field tells. */
export type Kind = Type | "STREET" | "CITY" | "POSTCODE" | "COUNTRY" | "SENSITIVE";

/** What a phrase says of a field. */
export type Says = "password" | "never" | "card" | "not" | "search" | "harmless" | Kind;

/** Strictest first: where two languages have the same phrase, and where several kinds are named, the first counts. */
export const ORDER: readonly Says[] = [
  "password",
  "never",
  "EMAIL",
  "PHONE",
  "IBAN",
  "BANK_ACCOUNT",
  "NATIONAL_ID",
  "TAX_ID",
  "PASSPORT",
  "DRIVER_LICENSE",
  "HEALTH_ID",
  "LICENSE_PLATE",
  "VIN",
  "DATE_OF_BIRTH",
  "USERNAME",
  "SENSITIVE",
  "PERSON",
  "STREET",
  "POSTCODE",
  "CITY",
  "COUNTRY",
  "PRIVATE",
  "card",
  "not",
  "search",
  "harmless",
];

interface Phrases {
  /** Phrases of whole words, by these words with single spaces between. */
  words: Map<string, Says>;
  /** In words. */
  longest: number;
  /** Phrases of scripts without spaces. */
  unspaced: Map<string, Says>;
  /** In UTF-16 units. */
  longestUnspaced: number;
  /** Ends of words. */
  ends: Map<string, Says>;
  /** Phrases that count only as the whole text. */
  wholes: Map<string, Says>;
  /** Words that a name may be run together from. */
  parts: Set<string>;
}

/** Says that it is an id, as some frameworks do with each. */
const ID_PREFIX = "id_";
const WHOLE = "=";
const END = "*";
/** Shorter words are in too many others by chance; those that names are made of are in the table. */
const PART_MIN = 4;
/** What must stand before the end of a word, in letters. */
const STEM_MIN = 3;

/** One word of the table may be written as so many, if it has so many letters. */
const COMPACT_MAX = 2;
const COMPACT_LETTERS_MIN = 6;

/** Letters from here on are of other alphabets than the Latin one. */
const OTHERS = 0x370;

type Language = Partial<Record<Says, readonly string[]>>;

const languages = Object.values(table.words) as Language[];
/** Those that are written in the Latin alphabet, told by the first phrase of each kind. */
const latinLanguages = languages.filter((language) => Object.values(language).every(([first = ""]) => isLatin(first)));
const latin = noPhrases();
let all: Phrases | undefined;

/** What fills the phrases of the Latin alphabet, which most pages are content with; those of the others take long. */
export const latinPhrases = new Steps(
  ORDER.map((says) => () => {
    for (const language of latinLanguages) fill(latin, language, says);
  }),
);

/** The phrases that a text may hold, made when they are first asked for. */
function phrasesFor(text: string): Phrases {
  if (all !== undefined) return all;
  if (isLatin(text)) {
    latinPhrases.run();
    return latin;
  }
  all = noPhrases();
  for (const says of ORDER) for (const language of languages) fill(all, language, says);
  return all;
}


function isLatin(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= OTHERS) return false;
  return true;
}

function noPhrases(): Phrases {
  return {
    words: new Map(),
    longest: 1,
    unspaced: new Map(),
    longestUnspaced: 1,
    ends: new Map(),
    wholes: new Map(),
    parts: new Set(table.parts),
  };
}

function fill(out: Phrases, language: Language, says: Says): void {
  for (const phrase of language[says] ?? []) put(out, phrase, says);
}

function put(out: Phrases, phrase: string, says: Says): void {
  const words = wordsIn(phrase);
  const joined = words.join(" ");
  if (phrase.startsWith(WHOLE)) {
    putFirst(out.wholes, joined, says);
  } else if (words.length === 1 && isUnspacedWord(joined)) {
    out.longestUnspaced = Math.max(out.longestUnspaced, joined.length);
    putFirst(out.unspaced, joined, says);
  } else {
    if (phrase.startsWith(END)) putFirst(out.ends, joined, says);
    out.longest = Math.max(out.longest, words.length);
    putFirst(out.words, joined, says);
    if (says !== "not") for (const word of words) if (word.length >= PART_MIN) out.parts.add(word);
  }
}

function putFirst(map: Map<string, Says>, phrase: string, says: Says): void {
  if (!map.has(phrase)) map.set(phrase, says);
}

/** What the phrases of a text say, in their order. */
export function phrasesIn(text: string): Says[] {
  const known = phrasesFor(text);
  // People write Zipcode and Cardholder, too; other words must not fall apart by chance.
  const words = wordsIn(text).flatMap((word) => {
    const parts = known.words.has(word) ? undefined : partsOf(word, known.parts);
    return parts !== undefined && known.words.has(parts.join(" ")) ? parts : word;
  });
  return match(words, known);
}

/** The same for a name or an id, which may be run together. */
export function phrasesInName(name: string): Says[] {
  const known = phrasesFor(name);
  const said = name.startsWith(ID_PREFIX) ? name.slice(ID_PREFIX.length) : name;
  const words = wordsIn(said).flatMap((word) => (known.words.has(word) ? word : (partsOf(word, known.parts) ?? word)));
  return match(words, known);
}

function match(words: readonly string[], known: Phrases): Says[] {
  const whole = known.wholes.get(words.join(" "));
  if (whole !== undefined) return [whole];
  const out: Says[] = [];
  for (let i = 0; i < words.length; ) {
    const { says, size } = longestAt(words, i, known);
    if (says !== undefined) out.push(says);
    else if (isUnspacedWord(words[i] as string)) matchUnspaced(words[i] as string, known, out);
    i += size;
  }
  return out;
}

function longestAt(words: readonly string[], i: number, known: Phrases): { says: Says | undefined; size: number } {
  for (let size = Math.min(known.longest, words.length - i); size > 0; size--) {
    const slice = words.slice(i, i + size);
    const says = known.words.get(slice.join(" ")) ?? (size <= COMPACT_MAX ? compact(slice, known) : undefined);
    if (says !== undefined) return { says, size };
  }
  return { says: endOf(words[i] as string, known), size: 1 };
}

/** What words say that the table writes as one: zip code, WhatsApp. */
function compact(words: readonly string[], known: Phrases): Says | undefined {
  const joined = words.join("");
  return words.length > 1 && joined.length >= COMPACT_LETTERS_MIN ? known.words.get(joined) : undefined;
}

function endOf(word: string, known: Phrases): Says | undefined {
  for (let start = STEM_MIN; start < word.length; start++) {
    const says = known.ends.get(word.slice(start));
    if (says !== undefined) return says;
  }
  return undefined;
}

function matchUnspaced(text: string, known: Phrases, out: Says[]): void {
  for (let i = 0; i < text.length; ) {
    let size = Math.min(known.longestUnspaced, text.length - i);
    while (size > 0 && !known.unspaced.has(text.slice(i, i + size))) size--;
    const says = known.unspaced.get(text.slice(i, i + size));
    if (says !== undefined) out.push(says);
    i += Math.max(size, 1);
  }
}
