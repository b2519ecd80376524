// The memory of what a participant typed into private fields, or named as private: wherever it comes back, it is
// replaced. It lives in memory only. Not a language model but this finds names and addresses.

import table from "../../../rules/fields.json";
import { Automaton } from "./automaton";
import { findSpans } from "./engine";
import { kindOfField, normalise, type ValueKind } from "./fields";
import { isBeside, isCutAt, isEnding, joinedFrom, matchAt, type Needle, NUMBER_MIN, union } from "./echoplace";
import { codedForms, dateForms, streetForms } from "./forms";
import { isCommonWord } from "./lexicon";
import { scanTables } from "./prepare";
import { type Skeleton, skeletonOf } from "./skeleton";
import { replaceSpans, type Span, type Type } from "./types";

/** Longer values are remembered by their beginning, in characters. */
const VALUE_MAX = 2000;
/** A part of a name that counts by itself, in letters; shorter ones ("Li") count only beside their label. */
const NAME_PART_MIN = 3;
/** A part of an address that counts by itself, in letters. */
const ADDRESS_PART_MIN = 5;
/** A value that counts by itself, in letters or digits. */
const WHOLE_MIN = 3;
const DIGITS_WHOLE_MIN = 4;
/** Digits of a number that is recognised in any form: its last so many. */
const NUMBER_TAIL = 8;
const LAST_DIGITS = 4;
/** A beginning that is followed by "…" counts from so many letters. */
const CUT_MIN = 4;
/** One that nothing follows counts from so many, where it is half of the value at least. */
const BARE_CUT_MIN = 8;
/** So many beginnings are tried at a place, the longest first. */
const CUTS_TRIED = 8;
/** So many letters and digits of base64 are no chance. */
const CODED_MIN = 6;
/** More values than this, or more letters of them, are not remembered: from then on every text is withheld. */
const VALUES_MAX = 500;
const LETTERS_MAX = 400_000;
/** What stands for a text that is withheld. */
const WITHHELD = "[PRIVATE]";

const IGNORED = new Set(table.echo_ignored.map((w) => normalise(w).trim()));
const GENERIC = new Set(table.echo_generic);

interface Found {
  sure: Span[];
  /** Values that count only beside something. */
  short: { span: Span; needle: Needle }[];
}

export class EchoMemory {
  readonly #needles = new Automaton<Needle>();
  readonly #seen = new Set<string>();
  /** Long numbers, by the last digits of them. */
  readonly #numbers = new Map<string, Type>();
  readonly #lastDigits = new Map<string, Type>();
  readonly #base: EchoMemory | undefined;
  #values = 0;

  /** A memory of what base holds, too: where only the last value changes, the others need not be remembered anew. */
  constructor(base?: EchoMemory) {
    this.#base = base;
  }

  /**
   * Remembers a value. fieldKind is what the field was for: an autocomplete token ("given-name"), or the words of its
   * label. Add what a field held when it was left or sent, not each keystroke: the beginnings of a word would count.
   */
  add(value: string, fieldKind = ""): void {
    value = value.slice(0, VALUE_MAX).trim();
    const plain = normalise(value).trim();
    const kind = kindOf(value, fieldKind);
    if (plain === "" || IGNORED.has(plain) || kind === "COUNTRY") return;
    this.#values++;
    if (this.#isFull) return;
    const field = normalise(fieldKind).trim();
    this.#whole(skeletonOf(value).text, kind, field, value);
    this.#forms(value, kind, field);
    for (const line of value.split(/[\n,;]+/)) this.#part(line, kind, field);
    for (const part of this.#parts(value, kind)) this.#part(part, kind, field);
  }

  /** Whether a remembered value is in the text. */
  contains(text: string): boolean {
    return this.spans(text).length > 0;
  }

  /** Where remembered values stand, in UTF-16 units. */
  ranges(text: string): [number, number][] {
    return this.spans(text).map((s) => [s.start, s.end]);
  }

  /** The text with each remembered value replaced by its placeholder. */
  scrub(text: string): string {
    return replaceSpans(text, this.spans(text));
  }

  /** Nothing of what is remembered is shown by a copy or a printed form. */
  toJSON(): object {
    return {};
  }

  /** The remembered values in the text: ascending, not overlapping. All of the text, where there were too many values. */
  spans(text: string): Span[] {
    if (this.#isEmpty || text === "") return [];
    if (this.#isFull) return text === WITHHELD ? [] : [{ start: 0, end: text.length, type: "PRIVATE", rule: "echo.full" }];
    const found: Found = { sure: [], short: [] };
    const skeleton = skeletonOf(text);
    const joined = joinedFrom(skeleton, text);
    if (this.#base) this.#base.#find(text, skeleton, joined, found);
    this.#find(text, skeleton, joined, found);
    const sure = union(found.sure);
    const beside = found.short.filter(({ span, needle }) => isBeside(text, span, needle, sure)).map(({ span }) => span);
    return union([...sure, ...beside]);
  }

  get #isEmpty(): boolean {
    return this.#values === 0 && (this.#base === undefined || this.#base.#isEmpty);
  }

  get #isFull(): boolean {
    const { values, letters } = this.#size();
    return values > VALUES_MAX || letters > LETTERS_MAX;
  }

  #size(): { values: number; letters: number } {
    const { values, letters } = this.#base ? this.#base.#size() : { values: 0, letters: 0 };
    return { values: values + this.#values, letters: letters + this.#needles.size };
  }

  #find(text: string, skeleton: Skeleton, joined: Int32Array, found: Found): void {
    this.#needles.walk(skeleton.text, (end, state) => {
      for (const needle of this.#needles.words(state)) {
        const span = matchAt(skeleton, joined, end - needle.skeleton.length, needle, text);
        if (span === undefined) continue;
        if (needle.short) found.short.push({ span, needle });
        else found.sure.push(span);
      }
      const shown = isCutAt(text, skeleton, end);
      if (shown || skeleton.begins[end] === true) this.#findCut(skeleton, joined, end, state, shown, found.sure);
    });
    this.#findNumbers(text, found.sure);
  }

  #whole(skeleton: string, kind: Type, field: string, value: string): void {
    if (skeleton === "") return;
    const digits = isDigits(skeleton);
    const least = digits ? DIGITS_WHOLE_MIN : WHOLE_MIN;
    const short = units(skeleton) < least && !(kind === "PERSON" && units(skeleton) >= NAME_PART_MIN);
    const needle = { skeleton, type: kind, rule: "echo.value", short, digits, field };
    this.#put(needle, !short);
    if (!short) this.#coded(value, kind, field);
    const number = value.replace(/\D/g, "").replace(/^0+/, "");
    if (number.length >= NUMBER_MIN && number.length * 2 > skeleton.length) {
      const tail = number.slice(-NUMBER_TAIL);
      if (!this.#numbers.has(tail)) this.#numbers.set(tail, kind);
      const last = number.slice(-LAST_DIGITS);
      if (!this.#lastDigits.has(last)) this.#lastDigits.set(last, kind);
    }
  }

  /** The value in the other ways in which it may be written. */
  #forms(value: string, type: Type, field: string): void {
    const { written, numeric } = dateForms(value);
    const rest = { type, rule: "echo.form", short: false, digits: false, field };
    for (const form of written) this.#put({ skeleton: skeletonOf(form).text, ...rest });
    for (const date of numeric) this.#put({ skeleton: date.digits, ...rest, date });
    if (type === "ADDRESS") for (const form of streetForms(value)) this.#put({ skeleton: skeletonOf(form).text, ...rest });
  }

  /** The value as it stands within base64, which addresses hide what they hand on in. */
  #coded(value: string, type: Type, field: string): void {
    for (const coded of new Set([value, value.toLowerCase()].flatMap(codedForms))) {
      const skeleton = coded.toLowerCase();
      if (coded.length >= CODED_MIN) this.#put({ skeleton, type, rule: "echo.coded", short: false, digits: false, field, coded });
    }
  }

  #part(part: string, kind: Type, field: string): void {
    const skeleton = skeletonOf(part).text;
    const n = units(skeleton);
    if (n === 0 || IGNORED.has(normalise(part).trim())) return;
    const digits = isDigits(skeleton);
    scanTables.run(); // the words may not be there yet
    const generic = GENERIC.has(skeleton) || (kind !== "EMAIL" && isCommonWord(part.trim()));
    if (generic && kind !== "PERSON") return;
    const least = kind === "PERSON" ? NAME_PART_MIN : digits ? DIGITS_WHOLE_MIN : ADDRESS_PART_MIN;
    const short = generic || n < least;
    this.#put({ skeleton, type: kind, rule: "echo.part", short, digits, field });
    if (!short) this.#coded(part.trim(), kind, field);
  }

  /** The parts of a value that count without the rest of it. */
  #parts(value: string, kind: Type): string[] {
    if (kind === "PERSON") return value.split(/[\s,;]+/);
    if (kind === "EMAIL") return [value.split("@")[0] ?? ""].filter((local) => units(local) > NAME_PART_MIN);
    if (kind !== "ADDRESS") return [];
    // The name of the street without its number, and the number beside it.
    const words = value.split(/[\s,;]+/);
    const numbers = words.filter((w) => /\d/.test(w));
    const names = value.split(/[,;\n]|\S*\d\S*/).map((w) => w.trim());
    return [...numbers, ...names, ...words.filter((w) => !GENERIC.has(normalise(w).trim()) && units(w) > ADDRESS_PART_MIN)];
  }

  #put(needle: Needle, mayBeCut = false): void {
    const cuts = needle.date?.cuts.join() ?? "";
    const id = `${needle.skeleton} ${needle.type} ${needle.short ? needle.field : ""} ${cuts} ${needle.coded ?? ""} ${mayBeCut ? "cut" : ""}`;
    if (needle.skeleton === "" || this.#seen.has(id)) return;
    this.#seen.add(id);
    this.#needles.add(needle.skeleton, needle, mayBeCut);
  }

  /** Finds a long number in any written form, and its last four digits after a mask or "ending in". */
  #findNumbers(text: string, found: Span[]): void {
    if (this.#numbers.size === 0) return;
    for (const { 0: run, index } of text.matchAll(/[(+]{0,2}\d(?:[\d\s().\-/+\u00a0]{0,40}\d)?/g)) {
      const digits = run.replace(/\D/g, "");
      const full = this.#numbers.get(digits.slice(-NUMBER_TAIL)) ?? this.#numbers.get(digits.slice(-NUMBER_MIN));
      const type = full ?? (isEnding(text, index) ? this.#lastDigits.get(digits) : undefined);
      if (type === undefined) continue;
      found.push({ start: index, end: index + run.length, type, rule: full ? "echo.number" : "echo.ending" });
    }
  }

  /** Finds a value of which only the beginning is shown: "12 Willow La…". shown: the text says that something is missing. */
  #findCut(s: Skeleton, joined: Int32Array, end: number, state: number, shown: boolean, found: Span[]): void {
    let tried = 0;
    for (const [{ type, skeleton }, n] of this.#needles.beginnings(state)) {
      if (n < (shown ? CUT_MIN : BARE_CUT_MIN) || ++tried > CUTS_TRIED) return;
      const from = end - n;
      if (s.begins[from] !== true || (joined[end - 1] as number) > from) continue;
      if (!shown && (n * 2 < skeleton.length || n === skeleton.length)) continue;
      found.push({ start: s.start[from] as number, end: s.end[end - 1] as number, type, rule: "echo.cut" });
      return;
    }
  }
}

/** What a value is: what the scanner says of all of it, else what the field says. */
function kindOf(value: string, field: string): Type | "COUNTRY" {
  const [only, more] = findSpans(value);
  if (only !== undefined && more === undefined && only.start === 0 && only.end === value.length && only.type !== "URL_VALUE") {
    return only.type;
  }
  const kind: ValueKind = kindOfField(field);
  return kind === "DATE_OF_BIRTH" || kind === "USERNAME" ? "PRIVATE" : kind;
}

function isDigits(skeleton: string): boolean {
  return /^\d+$/.test(skeleton);
}

function units(text: string): number {
  // A letter of a script without spaces says as much as two of an alphabet.
  let n = 0;
  for (const c of text) n += c.charCodeAt(0) >= 0x2e80 ? 2 : 1;
  return n;
}
