// The words of what a form says of a field: of a label that people read, and of a name that programs read. Small letters
// without accents; camelCase, address1 and user[zip] are several words, and so is firstname, where its parts are known.

import { FOLD_ALPHABET, FOLD_DROP, FOLD_UNSPACED, foldPoint, isUnspaced } from "./fold";

/** What a character is to the splitting of words. Other: a letter of another alphabet; unspaced: of a script without spaces. */
type Sort = "none" | "lower" | "upper" | "digit" | "other" | "unspaced";

interface Letter {
  sort: Sort;
  text: string;
}

/**
 * The words of a text. Neighbouring letters of a script without spaces are one word, also where spaces stand between
 * them: Korean forms write the same label with and without.
 */
export function wordsIn(text: string): string[] {
  if (isPlain(text)) return text.split(" ").filter((word) => word !== "");
  const words: string[] = [];
  let word = "";
  const close = (): void => {
    const last = words.at(-1);
    if (last !== undefined && word !== "" && isUnspacedWord(last) && isUnspacedWord(word)) words[words.length - 1] = last + word;
    else if (word !== "") words.push(word);
    word = "";
  };
  const letters = lettersOf(text);
  for (let i = 0; i < letters.length; i++) {
    const { sort, text: letter } = letters[i] as Letter;
    if (sort === "none" || isBoundary(letters, i)) close();
    word += letter;
  }
  close();
  return words;
}

/** Whether a text is small letters and spaces only, as half of the phrases are. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c !== 0x20 && (c < 0x61 || c > 0x7a)) return false;
  }
  return true;
}

/** Small letters without accents, words apart by single spaces. */
export function normalise(text: string): string {
  return wordsIn(text).join(" ");
}

/** Whether a word is of a script without spaces. */
export function isUnspacedWord(word: string): boolean {
  return isUnspaced(foldPoint(word.codePointAt(0) ?? 0));
}

function lettersOf(text: string): Letter[] {
  const out: Letter[] = [];
  for (const char of text) {
    const letter = letterOf(char);
    if (letter !== undefined) out.push(letter);
  }
  return out;
}

/** The letters of the commonest characters: the first field of a page asks for those of all phrases. */
const common = new Map<string, Letter>();
const COMMON_MAX = 4096;

/** The letter that a character stands for; undefined for what cannot be seen. */
function letterOf(char: string): Letter | undefined {
  const known = common.get(char);
  if (known !== undefined) return known;
  const letter = newLetterOf(char);
  if (letter !== undefined && common.size < COMMON_MAX) common.set(char, letter);
  return letter;
}

function newLetterOf(char: string): Letter | undefined {
  const folded = foldPoint(char.codePointAt(0) ?? 0);
  if (folded === FOLD_DROP) return undefined;
  const ascii = String.fromCharCode(folded);
  if (folded >= 0x30 && folded <= 0x39) return { sort: "digit", text: ascii };
  if (folded >= 0x61 && folded <= 0x7a) return { sort: "lower", text: ascii };
  if (folded >= 0x41 && folded <= 0x5a) return { sort: "upper", text: ascii.toLowerCase() };
  if (folded >= FOLD_ALPHABET) return otherLetter(char);
  return folded >= FOLD_UNSPACED ? { sort: "unspaced", text: char } : { sort: "none", text: "" };
}

/** Letters that are written in several ways: Greek final sigma, Arabic alef, yeh and teh. */
const SAME = new Map(Object.entries({ ς: "σ", أ: "ا", إ: "ا", آ: "ا", ى: "ي", ة: "ه" }));
const MARKS = { from: 0x300, to: 0x36f };
const ARABIC_MARKS = { from: 0x64b, to: 0x652 };
const TATWEEL = 0x640;

function otherLetter(char: string): Letter | undefined {
  const point = char.codePointAt(0) ?? 0;
  if (point === TATWEEL || (point >= ARABIC_MARKS.from && point <= ARABIC_MARKS.to)) return undefined;
  let text = "";
  for (const part of char.toLowerCase().normalize("NFD")) {
    const c = part.codePointAt(0) ?? 0;
    if (c < MARKS.from || c > MARKS.to) text += SAME.get(part) ?? part;
  }
  return { sort: "other", text };
}

/** Whether a new word begins with the letter i. */
function isBoundary(letters: readonly Letter[], i: number): boolean {
  const sort = letters[i]?.sort ?? "none";
  const before = letters[i - 1]?.sort ?? "none";
  if (before === "none") return false;
  if ((sort === "unspaced") !== (before === "unspaced")) return true;
  if (sort === "upper" && before === "lower") return true;
  if (sort === "digit") return before === "lower" || before === "upper";
  // The last capital of SSNField begins a word; that of PINs does not.
  const next = letters[i + 1]?.sort;
  return sort === "upper" && before === "upper" && next === "lower" && letters[i + 2]?.sort === "lower";
}

/** A run-together word is taken apart up to this length, in letters. */
const GLUED_MAX = 40;

/** The parts of a word that is several known words without anything between; undefined where it is not. */
export function partsOf(word: string, known: ReadonlySet<string>): string[] | undefined {
  if (word.length > GLUED_MAX) return undefined;
  // best[n]: the fewest parts that make up the first n letters.
  const best: (string[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length; end++) {
    for (let start = 0; start < end; start++) {
      const before = best[start];
      const part = word.slice(start, end);
      if (before === undefined || !known.has(part) || before.length + 1 >= (best[end]?.length ?? Infinity)) continue;
      best[end] = [...before, part];
    }
  }
  return best[word.length];
}
