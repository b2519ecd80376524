// Words that are read from their last letter to their first, over what joins their parts. What is read is hashed letter by
// letter; at the first one with which no word of the table ends, the reader may stop. The twin of internal/redact/backword.go.

import { lower } from "./fold";
import type { Scanner } from "./scanner";
import { CLASS } from "./tables";

// Bits of a hash that find a word, and those that find an end of one.
const FIND_BITS = 11;
const END_BITS = 16;

/** Takes one more letter into a hash. */
export function backHash(h: number, c: number): number {
  return Math.imul(h ^ c, 0x9e3779b1);
}

export class BackTable {
  /** A bit by the hash of each end of a word. */
  private readonly ends = new Int32Array(1 << (END_BITS - 5));
  /** By the hash of a whole word: which of texts to compare first, 0 for none. */
  private readonly first = new Uint16Array(1 << FIND_BITS);
  /** Of each word, the next one of the same hash. */
  private readonly next = [0];
  private readonly texts = [""];
  /** What the words mean, in their order; that of number 0 is none. */
  readonly values = [0];

  add(text: string, value: number): void {
    let h = 0;
    for (let k = text.length - 1; k >= 0; k--) {
      h = backHash(h, text.charCodeAt(k));
      const end = h >>> (32 - END_BITS);
      this.ends[end >> 5] = (this.ends[end >> 5] as number) | (1 << (end & 31));
    }
    const at = h >>> (32 - FIND_BITS);
    this.next.push(this.first[at] as number);
    this.first[at] = this.texts.length;
    this.texts.push(text);
    this.values.push(value);
  }

  /** Whether a word may end with what was read; saying yes wrongly only costs time. */
  isEnd(h: number): boolean {
    const end = h >>> (32 - END_BITS);
    return (((this.ends[end >> 5] as number) >>> (end & 31)) & 1) !== 0;
  }

  /** The number of the word whose letters, all of the classes of, are those of bytes start to end, which hash to h, or 0. */
  find(s: Scanner, h: number, start: number, end: number, of: number): number {
    let n = this.first[h >>> (32 - FIND_BITS)] as number;
    while (n !== 0 && !spells(s.b, start, end, this.texts[n] as string, of)) n = this.next[n] as number;
    return n;
  }
}

/** Whether the bytes start to end that are of the classes are the letters of text. */
function spells(b: Uint8Array, start: number, end: number, text: string, of: number): boolean {
  let n = 0;
  for (let k = start; k < end; k++) {
    const c = b[k] as number;
    if (((CLASS[c] as number) & of) === 0) continue;
    if (n === text.length || lower(c) !== text.charCodeAt(n)) return false;
    n++;
  }
  return n === text.length;
}
