// Finds all of many words in one pass over a text (Aho and Corasick, 1975): the cost does not grow with their number.

const ROOT = 0;
const UNIT = 0x10000;

export class Automaton<T> {
  /** The next state by state and UTF-16 unit. */
  readonly #next = new Map<number, number>();
  readonly #parent = [0];
  readonly #unit = [0];
  readonly #depth = [0];
  readonly #words: (T[] | undefined)[] = [undefined];
  /** Of a word that may be cut, every beginning is known by it. */
  readonly #cut: (T | undefined)[] = [undefined];
  /** The longest state that ends this one; and the next of those where a word ends. */
  #fail: number[] = [];
  #ends: number[] = [];
  #built = false;

  /** How many states there are: what the words cost in memory. */
  get size(): number {
    return this.#depth.length;
  }

  /** Adds a word; its beginnings count as cut where it says so. */
  add(word: string, of: T, mayBeCut = false): void {
    let state = ROOT;
    for (let k = 0; k < word.length; k++) {
      state = this.#child(state, word.charCodeAt(k));
      if (mayBeCut) this.#cut[state] ??= of;
    }
    (this.#words[state] ??= []).push(of);
    this.#built = false;
  }

  /** Walks over a text; tells the state after each unit. */
  walk(text: string, at: (end: number, state: number) => void): void {
    if (!this.#built) this.#build();
    let state = ROOT;
    for (let k = 0; k < text.length; k++) {
      state = this.#step(state, text.charCodeAt(k));
      if (state !== ROOT) at(k + 1, state);
    }
  }

  /** The words that end in a state, longest first. */
  *words(state: number): Generator<T> {
    for (let s = this.#words[state] ? state : (this.#ends[state] ?? ROOT); s !== ROOT; s = this.#ends[s] ?? ROOT) {
      yield* this.#words[s] ?? [];
    }
  }

  /** The beginnings of words that end in a state, longest first, with their lengths. */
  *beginnings(state: number): Generator<[of: T, length: number]> {
    for (let s = state; s !== ROOT; s = this.#fail[s] ?? ROOT) {
      const of = this.#cut[s];
      if (of !== undefined) yield [of, this.#depth[s] ?? 0];
    }
  }

  #child(state: number, unit: number): number {
    const key = state * UNIT + unit;
    const known = this.#next.get(key);
    if (known !== undefined) return known;
    const made = this.#depth.length;
    this.#next.set(key, made);
    this.#parent.push(state);
    this.#unit.push(unit);
    this.#depth.push((this.#depth[state] ?? 0) + 1);
    this.#words.push(undefined);
    this.#cut.push(undefined);
    return made;
  }

  #step(state: number, unit: number): number {
    for (let s = state; ; s = this.#fail[s] ?? ROOT) {
      const next = this.#next.get(s * UNIT + unit);
      if (next !== undefined) return next;
      if (s === ROOT) return ROOT;
    }
  }

  /** Links each state to the longest that ends it, the short ones first. */
  #build(): void {
    const depth = this.#depth;
    const states = depth.map((_, s) => s).sort((a, b) => (depth[a] ?? 0) - (depth[b] ?? 0));
    this.#fail = depth.map(() => ROOT);
    this.#ends = depth.map(() => ROOT);
    for (const s of states) {
      const parent = this.#parent[s] ?? ROOT;
      if (parent !== ROOT) this.#fail[s] = this.#step(this.#fail[parent] ?? ROOT, this.#unit[s] ?? 0);
      const fail = this.#fail[s] ?? ROOT;
      this.#ends[s] = this.#words[fail] ? fail : (this.#ends[fail] ?? ROOT);
    }
    this.#built = true;
  }
}
