// What kind of value a form field is for, judged by what the field says of itself: the strongest of the three layers
// (fields, then echo, then the scanner).

import table from "../../../rules/fields.json";
import { lower as lowerByte, FOLD_DROP, foldPoint } from "./fold";
import type { Type } from "./types";

/** What a field says of itself; a missing attribute is missing or "". */
export interface FieldWords {
  autocomplete?: string;
  type?: string;
  name?: string;
  id?: string;
  label?: string;
  placeholder?: string;
  ariaLabel?: string;
  tag?: string;
  inputmode?: string;
}

/**
 * never: not even read. private: read only to recognise the value elsewhere. harmless: recorded, after redaction.
 * unknown: nothing is known, so callers treat it as private.
 */
export type FieldClass = "never" | "private" | "harmless" | "unknown";

/** What a private value is. COUNTRY names too many to be remembered. */
export type ValueKind = Type | "COUNTRY";

/** Letters of scripts without spaces. */
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff]/;

const NEVER_TOKENS = new Set(table.never_tokens);
const NEVER_TYPES = new Set(table.never_types);
const HARMLESS_TYPES = new Set(table.harmless_types);
const PRIVATE_TYPES = new Map(Object.entries(table.private_types));
const privateTokens = new Map(
  Object.entries(table.private_tokens).flatMap(([kind, tokens]) => tokens.map((t) => [t, kind as ValueKind] as const)),
);

const NOT = phrases(table.not);
const NEVER = phrases(table.never);
const HARMLESS = phrases(table.harmless);
const HARMLESS_NAMES = new Set(table.harmless_names);
const PRIVATE = Object.entries(table.private).map(([kind, words]) => ({ kind: kind as ValueKind, set: phrases(words) }));

/** The class of a form field. */
export function classifyField(field: FieldWords): FieldClass {
  const type = (field.type ?? "").trim().toLowerCase();
  const tokens = (field.autocomplete ?? "").toLowerCase().split(/\s+/);
  if (NEVER_TYPES.has(type) || tokens.some((t) => NEVER_TOKENS.has(t))) return "never";
  const words = [field.name, field.id, field.label, field.placeholder, field.ariaLabel].map((w) => without(normalise(w ?? ""), NOT));
  if (words.some((w) => has(w, NEVER))) return "never";
  if (tokens.some((t) => privateTokens.has(t)) || PRIVATE_TYPES.has(type)) return "private";
  const mode = (field.inputmode ?? "").toLowerCase();
  if (mode === "email" || mode === "tel") return "private";
  if (words.some((w) => PRIVATE.some((p) => has(w, p.set)))) return "private";
  if (HARMLESS_TYPES.has(type) || mode === "search" || words.some((w) => has(w, HARMLESS))) return "harmless";
  const named = [field.name, field.id].some((n) => HARMLESS_NAMES.has(normalise(n ?? "").trim()));
  return named ? "harmless" : "unknown";
}

/** What a value of a field with these words is, by the first kind that matches. */
export function kindOfField(fieldWords: string): ValueKind {
  const token = privateTokens.get(fieldWords.trim().toLowerCase());
  if (token !== undefined) return token;
  const words = without(normalise(fieldWords), NOT);
  return PRIVATE.find((p) => has(words, p.set))?.kind ?? "PRIVATE";
}

/** Phrases of a table, told apart by how they are found. */
interface Phrases {
  /** Whole words or sequences of words. */
  words: ReadonlySet<string>;
  longest: number;
  /** Words of scripts without spaces, found anywhere. */
  unspaced: readonly string[];
}

function phrases(list: readonly string[]): Phrases {
  const words = new Set<string>();
  const unspaced: string[] = [];
  let longest = 1;
  for (const phrase of list) {
    const normal = normalise(phrase).trim();
    if (UNSPACED.test(normal)) unspaced.push(normal);
    words.add(normal);
    longest = Math.max(longest, normal.split(" ").length);
  }
  return { words, longest, unspaced };
}

/** Small letters without accents, words apart by single spaces; camelCase and address1 are split. */
export function normalise(text: string): string {
  let out = "";
  let before = "";
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    const folded = foldPoint(point);
    if (folded === FOLD_DROP) continue;
    const c = folded < 0x80 ? String.fromCharCode(lowerByte(folded)) : char.toLowerCase();
    const letter = folded < 0x80 ? /[a-z0-9]/.test(c) : folded >= 0x90;
    if (!letter) {
      if (!out.endsWith(" ")) out += " ";
    } else {
      if (/[a-z]/.test(before) && folded >= 0x41 && folded <= 0x5a) out += " ";
      if (/[a-z]/i.test(before) && folded >= 0x30 && folded <= 0x39) out += " ";
      out += c;
    }
    before = folded < 0x80 ? String.fromCharCode(folded) : "";
  }
  return out;
}

function has(text: string, set: Phrases): boolean {
  const words = text.trim().split(" ");
  for (let i = 0; i < words.length; i++) {
    let phrase = "";
    for (let k = i; k < words.length && k - i < set.longest; k++) {
      phrase = phrase === "" ? (words[k] as string) : `${phrase} ${words[k] as string}`;
      if (set.words.has(phrase)) return true;
    }
  }
  return set.unspaced.some((w) => text.includes(w));
}

/** The text without the phrases. */
function without(text: string, set: Phrases): string {
  let out = ` ${text.trim()} `;
  for (const phrase of set.words) {
    while (out.includes(` ${phrase} `)) out = out.replace(` ${phrase} `, " | ");
  }
  return out;
}
