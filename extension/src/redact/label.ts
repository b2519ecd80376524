// What the words left of a number say that it is. The twin of internal/redact/label.go.

import { backHash, BackTable } from "./backword";
import { foldWord, isUnspaced, lower } from "./fold";
import type { Scanner } from "./scanner";
import { CLASS, LETTER, LOWER, UPPER } from "./tables";

/** What a label names: a kind, or OTHER_THING. */
export interface Label {
  kind: number;
  weak: boolean;
}

/** The kind of a label that names no identifier, such as "order number". */
export const OTHER_THING = -1;
/** How many words a label has at most. */
const LABEL_WORDS = 6;
/** How many characters may stand between two words of one label. */
const JOINT = 3;
/** The longest label in a script without spaces, in letters. */
const UNSPACED_LABEL_MAX = 12;
/** The longest label, in letters; the same bound as of words that are looked up. */
const LABEL_MAX = 48;

export const LABELS = new Map<string, Label>();
/** The same; a value is the number of its label in KINDS. */
const back = new BackTable();
const KINDS: Label[] = [];
/** By hintOf the last word of a label: most words are told to be none without a look-up. */
const HINT = new Uint8Array(1 << 15);

function hintOf(first: number, last: number, n: number): number {
  return (first & 31) | ((last & 31) << 5) | (Math.min(n, 31) << 10);
}

export function addLabel(text: string, kind: number, weak: boolean): void {
  const words = text.split(" ");
  const folded = foldWord(words.join(""));
  if (!LABELS.has(folded)) {
    const label = { kind, weak };
    LABELS.set(folded, label);
    back.add(folded, KINDS.length);
    KINDS.push(label);
  }
  const last = foldWord(words.at(-1) ?? "");
  const end = last.charCodeAt(last.length - 1);
  HINT[hintOf(last.charCodeAt(0), end, last.length)] = 1;
  HINT[hintOf(folded.charCodeAt(0), end, folded.length)] = 1;
  if (!isUnspaced(end)) return;
  for (let n = 1; n <= folded.length; n++) HINT[hintOf(folded.charCodeAt(folded.length - n), end, n)] = 1;
}

/** The nearest label left of the place up to which the text was read. */
export interface SeenLabel extends Label {
  start: number;
  end: number;
}

/** Reads the words of a text once, however often the scanner asks. */
export class LabelReader {
  /** The words between these places were read. */
  from = 0;
  upTo = 0;
  readonly found: SeenLabel = { start: 0, end: 0, kind: 0, weak: false };

  reset(): void {
    this.from = this.upTo = this.found.start = this.found.end = 0;
  }

  see(start: number, end: number, label: Label): void {
    this.found.start = start;
    this.found.end = end;
    this.found.kind = label.kind;
    this.found.weak = label.weak;
  }
}

/** The nearest label that ends before i, within the window and not across another redaction. */
export function labelBefore(s: Scanner, i: number, window: number): Readonly<SeenLabel> | undefined {
  const r = s.labels;
  const limit = Math.max(s.floor, i - window);
  if (r.upTo < limit) {
    let p = limit;
    while (p > s.floor && p > r.upTo && limit - p < LABEL_MAX && s.is(p - 1, LETTER)) p--;
    r.from = r.upTo = p;
  }
  readLabels(s, i);
  const f = r.found;
  return f.end > 0 && f.start >= s.floor && f.end <= i && i - f.end <= window ? f : undefined;
}

/** Looks for the last label between what was read before and to. */
function readLabels(s: Scanner, to: number): void {
  const r = s.labels;
  const b = s.b;
  for (let p = to; p > r.upTo; ) {
    if (((CLASS[b[p - 1] as number] as number) & LETTER) === 0) {
      p--;
      continue;
    }
    const end = p;
    for (p--; p > r.upTo && ((CLASS[b[p - 1] as number] as number) & LETTER) !== 0; p--) {
      if (((CLASS[b[p] as number] as number) & UPPER) !== 0 && ((CLASS[b[p - 1] as number] as number) & LOWER) !== 0) break;
    }
    const c = b[p] as number;
    if (isUnspaced(c)) {
      if (unspacedLabel(s, p, end)) break;
    } else if (HINT[hintOf(lower(c), lower(b[end - 1] as number), end - p)] !== 0 && spacedLabel(s, end)) break;
  }
  r.upTo = Math.max(r.upTo, to);
}

/** Keeps the longest label that ends with the word that ends at end, if there is one. */
function spacedLabel(s: Scanner, end: number): boolean {
  const from = s.labels.from;
  let found = false;
  let h = 0;
  let p = end;
  for (let words = 0; words < LABEL_WORDS; words++) {
    const last = p;
    while (p > from && s.is(p - 1, LETTER)) {
      h = backHash(h, lower(s.byte(p - 1)));
      if (!back.isEnd(h)) return found;
      p--;
      if (s.is(p, UPPER) && p > from && s.is(p - 1, LOWER)) break;
    }
    if (p === last) return found;
    const n = back.find(s, h, p, end, LETTER);
    if (n !== 0) {
      s.labels.see(p, end, KINDS[back.values[n] as number] as Label);
      found = true;
    }
    for (const gap = p; p > from && !s.is(p - 1, LETTER); p--) if (gap - p === JOINT) return found;
  }
  return found;
}

function unspacedLabel(s: Scanner, start: number, end: number): boolean {
  let found = false;
  for (let e = start + 1; e <= end; e++) {
    for (let n = Math.min(UNSPACED_LABEL_MAX, e - start); n > 0; n--) {
      if (HINT[hintOf(s.byte(e - n), s.byte(e - 1), n)] === 0) continue;
      const label = LABELS.get(s.slice(e - n, e));
      if (label !== undefined) {
        s.labels.see(e - n, e, label);
        found = true;
        break;
      }
    }
  }
  return found;
}
