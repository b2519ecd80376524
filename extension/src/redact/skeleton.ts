// A text without what people vary when they write the same value again: case, accents, spaces, punctuation, escapes.
// Echo compares skeletons.

import { FOLD_UNSPACED, lower, View } from "./fold";
import { ALNUM, CLASS, DIGIT, LOWER, OTHER, UPPER } from "./tables";
import { TYPES } from "./types";

const PLACEHOLDERS = TYPES.map((t) => `[${t}]`);
/** Stands for a placeholder, so that nothing matches across it or within it. */
const BARRIER = "\u0000";
const view = new View();

export interface Skeleton {
  /** The letters and digits. */
  text: string;
  /** Where each UTF-16 unit of text begins and ends in the original. */
  start: number[];
  end: number[];
  /** Whether a word begins at each unit; one more for the end. */
  begins: boolean[];
}

/** The skeleton of a text. */
export function skeletonOf(original: string): Skeleton {
  view.load(original);
  const out: Skeleton = { text: "", start: [], end: [], begins: [] };
  let before = 0; // class of the character before
  for (let i = 0; i < view.length; i++) {
    const from = view.place(i);
    const to = i + 1 < view.length ? view.place(i + 1) : original.length;
    const placeholder = original[from] === "[" ? PLACEHOLDERS.find((p) => original.startsWith(p, from)) : undefined;
    if (placeholder !== undefined) {
      push(out, BARRIER, from, from + placeholder.length, true);
      before = 0;
      while (i + 1 < view.length && view.place(i + 1) < from + placeholder.length) i++;
      continue;
    }
    const c = view.bytes[i] as number;
    const kind = (CLASS[c] as number) & ALNUM;
    if (kind !== 0) push(out, letter(c, original, from, to), from, to, wordBegins(before, kind, c));
    before = kind;
  }
  out.begins.push(true);
  return out;
}

/** A word begins after anything else, at a capital after a small letter, between letters and digits. */
function wordBegins(before: number, kind: number, c: number): boolean {
  if (before === 0 || (c >= FOLD_UNSPACED && (kind & OTHER) !== 0 && c < 0xc0)) return true;
  if ((before & LOWER) !== 0 && (kind & UPPER) !== 0) return true;
  return ((before & DIGIT) !== 0) !== ((kind & DIGIT) !== 0);
}

/** The folded character; outside ASCII the character itself, because the view only keeps a hash of it. */
function letter(c: number, original: string, from: number, to: number): string {
  if (c < 0x80) return String.fromCharCode(lower(c));
  let raw = original.slice(from, to);
  if (raw.startsWith("%")) {
    try {
      raw = decodeURIComponent(raw);
    } catch {
      // Escaped more than once, or broken: what is there is compared as it is.
    }
  }
  return String.fromCodePoint(raw.codePointAt(0) ?? 0).toLowerCase();
}

function push(out: Skeleton, text: string, from: number, to: number, begins: boolean): void {
  for (let k = 0; k < text.length; k++) {
    out.start.push(from);
    out.end.push(to);
    out.begins.push(begins && k === 0);
  }
  out.text += text;
}
