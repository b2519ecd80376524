// The memory of what a participant typed into private fields, or named as private: wherever it comes back, it is
// replaced. It lives in memory only. Not a language model but this finds names and addresses.

import table from "../../../rules/fields.json";
import { findSpans } from "./engine";
import { kindOfField, normalise, type ValueKind } from "./fields";
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
/** Letters by which needles are looked up. */
const KEY = 3;

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
}

export class EchoMemory {
  /** Needles by their first letters, longest first. */
  readonly #needles = new Map<string, Needle[]>();
  readonly #seen = new Set<string>();
  /** Long numbers, by their digits. */
  readonly #numbers: { tail: string; last: string; type: Type }[] = [];
  /** Whole values, which may come back cut. */
  readonly #wholes: Needle[] = [];

  /**
   * Remembers a value. fieldKind is what the field was for: an autocomplete token ("given-name"), or the words of its
   * label. Add what a field held when it was left or sent, not each keystroke: the beginnings of a word would count.
   */
  add(value: string, fieldKind = ""): void {
    value = value.slice(0, VALUE_MAX).trim();
    const plain = normalise(value).trim();
    const kind = kindOf(value, fieldKind);
    if (plain === "" || IGNORED.has(plain) || kind === "COUNTRY") return;
    const field = normalise(fieldKind).trim();
    const whole = skeletonOf(value).text;
    this.#whole(whole, kind, field, value);
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

  /** The remembered values in the text: ascending, not overlapping. */
  spans(text: string): Span[] {
    if (this.#needles.size === 0 || text === "") return [];
    const skeleton = skeletonOf(text);
    const found: Span[] = [];
    const short: { span: Span; needle: Needle }[] = [];
    for (let p = 0; p < skeleton.text.length; p++) {
      for (const size of [KEY, 2, 1]) {
        for (const needle of this.#needles.get(skeleton.text.slice(p, p + size)) ?? []) {
          const span = matchAt(skeleton, p, needle, text);
          if (span === undefined) continue;
          if (needle.short) short.push({ span, needle });
          else found.push(span);
        }
      }
    }
    this.#findNumbers(text, found);
    this.#findCut(text, skeleton, found);
    const sure = union(found);
    const beside = short.filter(({ span, needle }) => isBeside(text, span, needle, sure)).map(({ span }) => span);
    return union([...sure, ...beside]);
  }

  #whole(skeleton: string, kind: Type, field: string, value: string): void {
    if (skeleton === "") return;
    const digits = isDigits(skeleton);
    const least = digits ? DIGITS_WHOLE_MIN : WHOLE_MIN;
    const short = units(skeleton) < least && !(kind === "PERSON" && units(skeleton) >= NAME_PART_MIN);
    const needle = { skeleton, type: kind, rule: "echo.value", short, digits, field };
    this.#put(needle);
    if (!short) this.#wholes.push(needle);
    const number = value.replace(/\D/g, "").replace(/^0+/, "");
    if (number.length >= NUMBER_MIN && number.length * 2 > skeleton.length) {
      this.#numbers.push({ tail: number.slice(-NUMBER_TAIL), last: number.slice(-LAST_DIGITS), type: kind });
    }
  }

  #part(part: string, kind: Type, field: string): void {
    const skeleton = skeletonOf(part).text;
    const n = units(skeleton);
    if (n === 0 || IGNORED.has(normalise(part).trim())) return;
    const digits = isDigits(skeleton);
    const generic = GENERIC.has(skeleton);
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

  #put(needle: Needle): void {
    const id = `${needle.skeleton} ${needle.type} ${needle.short ? needle.field : ""}`;
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    const key = needle.skeleton.slice(0, KEY);
    const list = this.#needles.get(key) ?? [];
    list.push(needle);
    list.sort((a, b) => b.skeleton.length - a.skeleton.length);
    this.#needles.set(key, list);
  }

  /** Finds a long number in any written form, and its last four digits after a mask or "ending in". */
  #findNumbers(text: string, found: Span[]): void {
    if (this.#numbers.length === 0) return;
    for (const { 0: run, index } of text.matchAll(/[(+]{0,2}\d(?:[\d\s().\-/+\u00a0]{0,40}\d)?/g)) {
      const digits = run.replace(/\D/g, "");
      for (const number of this.#numbers) {
        const full = digits.length >= NUMBER_MIN && digits.endsWith(number.tail);
        const tail = digits === number.last && isEnding(text, index);
        if (full || tail) {
          found.push({ start: index, end: index + run.length, type: number.type, rule: full ? "echo.number" : "echo.ending" });
          break;
        }
      }
    }
  }

  /** Finds a value of which only the beginning is shown: "12 Willow La…". */
  #findCut(text: string, skeleton: Skeleton, found: Span[]): void {
    for (const { index } of text.matchAll(/…|\.{3}/g)) {
      let end = skeleton.end.length;
      while (end > 0 && (skeleton.end[end - 1] as number) > index) end--;
      if (end === 0 || index - (skeleton.end[end - 1] as number) > 1) continue;
      for (const { skeleton: whole, type } of this.#wholes) {
        for (let n = Math.min(whole.length - 1, end); n >= CUT_MIN; n--) {
          if (skeleton.begins[end - n] !== true || !skeleton.text.startsWith(whole.slice(0, n), end - n)) continue;
          found.push({ start: skeleton.start[end - n] as number, end: skeleton.end[end - 1] as number, type, rule: "echo.cut" });
          break;
        }
      }
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

function matchAt(s: Skeleton, p: number, needle: Needle, text: string): Span | undefined {
  const end = p + needle.skeleton.length;
  if (!s.text.startsWith(needle.skeleton, p)) return undefined;
  const anywhere = needle.skeleton.length >= ANYWHERE_MIN && !needle.digits;
  if (!anywhere && (s.begins[p] !== true || (s.begins[end] !== true && isInWord(s, end, text)))) return undefined;
  for (let k = p + 1; k < end; k++) {
    const gap = text.slice(s.end[k - 1], s.start[k]);
    if (gap.length > GAP_MAX || (needle.digits && gap !== "" && (needle.skeleton.length < NUMBER_MIN || /[.,\n]/.test(gap)))) return undefined;
  }
  const after = text.slice(s.end[end - 1], (s.end[end - 1] as number) + 3);
  if (needle.digits && needle.skeleton.length < NUMBER_MIN && (/^[.,]\d/.test(after) || isAmount(text, s.start[p] as number))) {
    return undefined;
  }
  return { start: s.start[p] as number, end: s.end[end - 1] as number, type: needle.type, rule: needle.rule };
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
