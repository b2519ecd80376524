// Whether a remembered value that was met in a text counts there: what stands before, within and behind it.

import table from "../../../rules/fields.json";
import { normalise } from "./fields";
import type { NumericDate } from "./forms";
import type { Skeleton } from "./skeleton";
import type { Span, Type } from "./types";

/** A value so long that it is found also within other words. */
const ANYWHERE_MIN = 10;
/** Characters between two letters of a value, at most, such as ", " or " - ". */
const GAP_MAX = 3;
/** How far from a place a text is read for what stands beside it, in characters. */
const REACH = 200;
/** A shorter number stands in one piece. */
export const NUMBER_MIN = 7;
/** What base64 is written with, but for the slash, which also joins the parts of a path. */
const CODED = /[\w+=-]/;

const labels = new Map(Object.entries(table.labels as Record<string, string[]>).map(([type, list]) => [type, list.map(spaced)]));

/** A part or form of a value, as it is looked for. */
export interface Needle {
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
  /** Of what stands in base64: its letters and digits, of which the case matters. */
  coded?: string;
}

/** Whether the text is cut after the unit before end. */
export function isCutAt(text: string, s: Skeleton, end: number): boolean {
  const after = s.end[end - 1] as number;
  const next = s.start[end] ?? text.length;
  return [after, after + 1].some((p) => p < next && (text[p] === "…" || text.startsWith("...", p)));
}

/** For each unit, from which unit on nothing longer than a gap stands between two. */
export function joinedFrom(s: Skeleton, text: string): Int32Array {
  const out = new Int32Array(s.start.length);
  for (let k = 1; k < out.length; k++) {
    out[k] = gap(text, s.end[k - 1] as number, s.start[k] as number) > GAP_MAX ? k : (out[k - 1] as number);
  }
  return out;
}

/** How many characters stand between two places. White space and an escape count once. */
function gap(text: string, from: number, to: number): number {
  if (to - from <= GAP_MAX || to - from > REACH) return to - from;
  return text.slice(from, to).replace(/\s+|%(?:25)*[0-9a-f]{2}|&#?\w{1,8};/gi, " ").length;
}

/** The span of a needle that was met at unit p, if it counts there. */
export function matchAt(s: Skeleton, joined: Int32Array, p: number, needle: Needle, text: string): Span | undefined {
  const end = p + needle.skeleton.length;
  if (needle.coded !== undefined) return codedAt(s, p, needle, needle.coded, text);
  const anywhere = needle.skeleton.length >= ANYWHERE_MIN && !needle.digits;
  if (!anywhere && (s.begins[p] !== true || (s.begins[end] !== true && isInWord(s, end, text)))) return undefined;
  if ((joined[end - 1] as number) > p) return undefined;
  if (needle.date && !isDateAt(s, p, needle.date)) return undefined;
  if (needle.digits && needle.skeleton.length < NUMBER_MIN && !isNumberAt(s, p, end, text)) return undefined;
  return { start: s.start[p] as number, end: s.end[end - 1] as number, type: needle.type, rule: needle.rule };
}

/** The whole run of base64 that a coded needle was met in: what stands beside it there may be the rest of the value. */
function codedAt(s: Skeleton, p: number, { type, rule }: Needle, coded: string, text: string): Span | undefined {
  for (let k = 0; k < coded.length; k++) if (text[s.start[p + k] as number] !== coded[k]) return undefined;
  let start = s.start[p] as number;
  let end = s.end[p + coded.length - 1] as number;
  while (start > 0 && CODED.test(text[start - 1] as string)) start--;
  while (end < text.length && CODED.test(text[end] as string)) end++;
  return { start, end, type, rule };
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
export function isEnding(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - REACH), start);
  return /[•*●∙·xX#…]\s?$|\.{3}\s?$/.test(before) || endsWithLabel(spaced(before), "ENDING");
}

/** Whether a short value stands beside its label, or beside another part of what was typed. Sure are in order, apart. */
export function isBeside(text: string, span: Span, needle: Needle, sure: readonly Span[]): boolean {
  const next = firstFrom(sure, span.start);
  const [before, after] = [sure[next - 1], sure[next]];
  if (before && isNextTo(before, span, text) && before.type === needle.type) return true;
  if (after && isNextTo(span, after, text) && after.type === needle.type) return true;
  const words = spaced(text.slice(Math.max(0, span.start - REACH), span.start));
  return endsWithLabel(words, needle.type) || (needle.field !== "" && endsWith(words, ` ${needle.field}`));
}

function isNextTo(a: Span, b: Span, text: string): boolean {
  return a.end <= b.start && gap(text, a.end, b.start) <= GAP_MAX && !text.slice(a.end, b.start).includes("\n\n");
}

/** The index of the first span that begins at this place or after it. */
function firstFrom(spans: readonly Span[], place: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Span).start < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The words of a text with one blank before each; what is no letter or digit is a blank. */
function spaced(text: string): string {
  return ` ${normalise(text.replace(/\s+/g, " ")).trim()}`;
}

/** Whether words end with a label of this type. */
function endsWithLabel(words: string, type: string): boolean {
  return (labels.get(type) ?? []).some((label) => endsWith(words, label));
}

function endsWith(words: string, label: string): boolean {
  if (label === " ") return false;
  // A label of a script without spaces is joined to what stands before it.
  return words.endsWith(label) || (label.charCodeAt(1) > 0x7f && words.endsWith(label.slice(1)));
}

/** Joins overlapping spans; the one that begins first, then the longer, then a person's name, names the type. */
export function union(spans: Span[]): Span[] {
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
