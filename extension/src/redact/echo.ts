// The memory of what a participant typed into private fields, or named as private: wherever it comes back, it is
// replaced. It lives in memory only. Not a language model but this finds names and addresses.

import table from "../../../rules/fields.json";
import { Automaton } from "./automaton";
import { findSpans } from "./engine";
import { kindOfField, normalise, type ValueKind } from "./fields";
import { dateForms, type NumericDate, streetForms } from "./forms";
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
/** A value so long that it is found also within other words. */
const ANYWHERE_MIN = 10;
/** Characters between two letters of a value, at most, such as ", " or " - ". */
const GAP_MAX = 3;
/** Digits of a number that is recognised in any form: its last so many. */
const NUMBER_MIN = 7;
const NUMBER_TAIL = 8;
const LAST_DIGITS = 4;
/** How far a label may stand before a short value, in characters. */
const LABEL_REACH = 24;
/** A beginning that is followed by "…" counts from so many letters. */
const CUT_MIN = 4;
/** More values than this, or more letters of them, are not remembered: from then on every text is withheld. */
const VALUES_MAX = 500;
const LETTERS_MAX = 400_000;
/** What stands for a text that is withheld. */
const WITHHELD = "[PRIVATE]";

const IGNORED = new Set(table.echo_ignored.map((w) => normalise(w).trim()));
const GENERIC = new Set(table.echo_generic);
const labels: Record<string, readonly string[]> = table.labels;

interface Needle {
  skeleton: string;
  type: Type;
  rule: string;
  /** Counts only beside a label, or beside another part of what was typed. */
  short: boolean;
  /** Digits only. */
  digits: boolean;
  /** The words of the field, as labels of a short value. */
  field: string;
  /** Of a date in numbers: where its parts end. */
  date?: NumericDate;
}

export class EchoMemory {
  readonly #needles = new Automaton<Needle>();
  readonly #seen = new Set<string>();
  /** Long numbers, by the last digits of them. */
  readonly #numbers = new Map<string, Type>();
  readonly #lastDigits = new Map<string, Type>();
  #values = 0;

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
    if (this.#full) return;
    const field = normalise(fieldKind).trim();
    const whole = skeletonOf(value).text;
    this.#whole(whole, kind, field, value);
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
    if (this.#values === 0 || text === "") return [];
    if (this.#full) return text === WITHHELD ? [] : [{ start: 0, end: text.length, type: "PRIVATE", rule: "echo.full" }];
    const skeleton = skeletonOf(text);
    const joined = joinedFrom(skeleton);
    const found: Span[] = [];
    const short: { span: Span; needle: Needle }[] = [];
    this.#needles.walk(skeleton.text, (end, state) => {
      for (const needle of this.#needles.words(state)) {
        const span = matchAt(skeleton, joined, end - needle.skeleton.length, needle, text);
        if (span === undefined) continue;
        if (needle.short) short.push({ span, needle });
        else found.push(span);
      }
      if (isCutAt(text, skeleton, end)) this.#findCut(skeleton, end, state, found);
    });
    this.#findNumbers(text, found);
    const sure = union(found);
    const beside = short.filter(({ span, needle }) => isBeside(text, span, needle, sure)).map(({ span }) => span);
    return union([...sure, ...beside]);
  }

  get #full(): boolean {
    return this.#values > VALUES_MAX || this.#needles.size > LETTERS_MAX;
  }

  #whole(skeleton: string, kind: Type, field: string, value: string): void {
    if (skeleton === "") return;
    const digits = isDigits(skeleton);
    const least = digits ? DIGITS_WHOLE_MIN : WHOLE_MIN;
    const short = units(skeleton) < least && !(kind === "PERSON" && units(skeleton) >= NAME_PART_MIN);
    const needle = { skeleton, type: kind, rule: "echo.value", short, digits, field };
    this.#put(needle, !short);
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

  #part(part: string, kind: Type, field: string): void {
    const skeleton = skeletonOf(part).text;
    const n = units(skeleton);
    if (n === 0 || IGNORED.has(normalise(part).trim())) return;
    const digits = isDigits(skeleton);
    scanTables.run(); // the words may not be there yet
    const generic = GENERIC.has(skeleton) || (kind !== "EMAIL" && isCommonWord(part.trim()));
    if (generic && kind !== "PERSON") return;
    const least = kind === "PERSON" ? NAME_PART_MIN : digits ? DIGITS_WHOLE_MIN : ADDRESS_PART_MIN;
    this.#put({ skeleton, type: kind, rule: "echo.part", short: generic || n < least, digits, field });
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
    const id = `${needle.skeleton} ${needle.type} ${needle.short ? needle.field : ""} ${cuts} ${mayBeCut ? "cut" : ""}`;
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

  /** Finds a value of which only the beginning is shown: "12 Willow La…". */
  #findCut(s: Skeleton, end: number, state: number, found: Span[]): void {
    for (const [{ type }, n] of this.#needles.beginnings(state)) {
      if (n < CUT_MIN) return;
      if (s.begins[end - n] !== true) continue;
      found.push({ start: s.start[end - n] as number, end: s.end[end - 1] as number, type, rule: "echo.cut" });
      return;
    }
  }
}

/** Whether the text is cut after the unit before end. */
function isCutAt(text: string, s: Skeleton, end: number): boolean {
  const after = s.end[end - 1] as number;
  const next = s.start[end] ?? text.length;
  return [after, after + 1].some((p) => p < next && (text[p] === "…" || text.startsWith("...", p)));
}

/** For each unit, from which unit on nothing longer than a gap stands between two. */
function joinedFrom(s: Skeleton): Int32Array {
  const out = new Int32Array(s.start.length);
  for (let k = 1; k < out.length; k++) {
    out[k] = (s.start[k] as number) - (s.end[k - 1] as number) > GAP_MAX ? k : (out[k - 1] as number);
  }
  return out;
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

function matchAt(s: Skeleton, joined: Int32Array, p: number, needle: Needle, text: string): Span | undefined {
  const end = p + needle.skeleton.length;
  const anywhere = needle.skeleton.length >= ANYWHERE_MIN && !needle.digits;
  if (!anywhere && (s.begins[p] !== true || (s.begins[end] !== true && isInWord(s, end, text)))) return undefined;
  if ((joined[end - 1] as number) > p) return undefined;
  if (needle.date && !isDateAt(s, p, needle.date)) return undefined;
  if (needle.digits && needle.skeleton.length < NUMBER_MIN && !isNumberAt(s, p, end, text)) return undefined;
  return { start: s.start[p] as number, end: s.end[end - 1] as number, type: needle.type, rule: needle.rule };
}

/** Whether the digits from p on are parted as the date is. */
function isDateAt(s: Skeleton, p: number, { digits, cuts, full }: NumericDate): boolean {
  let gaps = 0;
  for (let k = 1; k < digits.length; k++) {
    const gap = (s.start[p + k] as number) > (s.end[p + k - 1] as number);
    if (gap && !cuts.includes(k)) return false;
    if (gap) gaps++;
  }
  return gaps === cuts.length || (full && gaps === 0);
}

/** Whether a short number stands in one piece, and is no price or decimal. */
function isNumberAt(s: Skeleton, p: number, end: number, text: string): boolean {
  for (let k = p + 1; k < end; k++) if ((s.start[k] as number) > (s.end[k - 1] as number)) return false;
  const after = text.slice(s.end[end - 1], (s.end[end - 1] as number) + 3);
  return !/^[.,]\d/.test(after) && !isAmount(text, s.start[p] as number);
}

/** Whether the unit at end continues the word before it, without anything between. */
function isInWord(s: Skeleton, end: number, text: string): boolean {
  return end < s.text.length && text.slice(s.end[end - 1], s.start[end]) === "";
}

/** Whether digits at start are the end of a price or a decimal: "$1,200", "3.1200". */
function isAmount(text: string, start: number): boolean {
  return /(?:\d[.,]|[$€£¥]\s?)$/.test(text.slice(Math.max(0, start - 3), start));
}

/** Whether the text before start masks a number or announces its end. */
function isEnding(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - LABEL_REACH), start);
  return /[•*●∙·xX#…]\s?$|\.{3}\s?$/.test(before) || endsWithLabel(before, labels["ENDING"] ?? []);
}

/** Whether a short value stands beside its label, or beside another part of what was typed. */
function isBeside(text: string, span: Span, needle: Needle, sure: readonly Span[]): boolean {
  for (const s of sure) {
    const gap = s.end <= span.start ? text.slice(s.end, span.start) : s.start >= span.end ? text.slice(span.end, s.start) : "";
    const apart = s.end <= span.start || s.start >= span.end;
    if (apart && gap.length <= GAP_MAX && !gap.includes("\n\n") && s.type === needle.type) return true;
  }
  const before = text.slice(Math.max(0, span.start - LABEL_REACH), span.start);
  return endsWithLabel(before, labels[needle.type] ?? []) || (needle.field !== "" && endsWithLabel(before, [needle.field]));
}

/** Whether the text ends with one of the labels, and nothing but punctuation after it. */
function endsWithLabel(before: string, list: readonly string[]): boolean {
  const words = ` ${normalise(before).trim()}`;
  return list.some((label) => {
    const normal = normalise(label).trim();
    return normal !== "" && words.endsWith(normal) && (words.endsWith(` ${normal}`) || normal.charCodeAt(0) > 0x7f);
  });
}

/** Joins overlapping spans; the one that begins first, then the longer, then a person's name, names the type. */
function union(spans: Span[]): Span[] {
  const out: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end || rank(a) - rank(b))) {
    const last = out.at(-1);
    if (last !== undefined && span.start < last.end) last.end = Math.max(last.end, span.end);
    else out.push({ ...span });
  }
  return out;
}

/** A name goes before the mail address that it is a part of. */
function rank(span: Span): number {
  return span.type === "PERSON" ? 0 : 1;
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
