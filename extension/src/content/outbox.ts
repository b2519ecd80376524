// Hands items to the worker, in order, and keeps them until the worker has stored them. Each message carries everything
// that is not answered for, so that one that is lost (the worker died, the page is unloading) is made good by the next;
// the worker stores each number once.

import { type Delivered, type Item, MAX_ITEMS } from "../messages";

/** An item before it has its number. */
export type Unsent = Item extends infer I ? (I extends Item ? Omit<I, "n"> : never) : never;

export interface OutboxParts {
  /** Sends a message; resolves with the worker's answer, undefined where there was none. Must post it at once. */
  send(items: readonly Item[]): Promise<Delivered | undefined>;
  /** Hands a message to the courier, who outlives the page. Must post it at once. */
  handOver(items: readonly Item[]): void;
  /** Calls back later. */
  later(work: () => void, ms: number): void;
}

/** Items kept while the worker does not answer. A person makes this many in some ten minutes; then something is broken. */
export const MAX_KEPT = 1000;
/** While this many messages are under way, more items wait for an answer, unless they are urgent. */
const MAX_UNDER_WAY = 4;
const RETRY_MS = [50, 200, 1000, 5000];

export class Outbox {
  readonly #parts: OutboxParts;
  #kept: Item[] = [];
  #next = 1;
  #underWay = 0;
  #failures = 0;
  #retrying = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** Whether everything is stored. */
  get empty(): boolean {
    return this.#kept.length === 0;
  }

  /**
   * Takes an item and sends it; false where there is no room. An urgent one is posted before this returns, whatever else
   * is under way. What was typed always has room: without it the worker could not clean what comes after.
   */
  put(item: Unsent, urgent: boolean): boolean {
    if (this.#kept.length >= MAX_KEPT && item.kind === "event") return false;
    this.#kept.push({ ...item, n: this.#next++ });
    if (urgent || this.#underWay < MAX_UNDER_WAY) this.flush();
    return true;
  }

  /** Posts everything that is not answered for, oldest first. */
  flush(): void {
    for (const items of this.#batches()) void this.#post(items);
  }

  /** In several messages where there is much: the worker takes a bounded number at once. */
  #batches(): Item[][] {
    const batches: Item[][] = [];
    for (let i = 0; i < this.#kept.length; i += MAX_ITEMS) batches.push(this.#kept.slice(i, i + MAX_ITEMS));
    return batches;
  }

  /**
   * The page is being left: what is not answered for goes to the courier, too. The browser drops a message that the
   * worker would have to be started for, when the page is gone before it runs.
   */
  leave(): void {
    this.flush();
    for (const items of this.#batches()) this.#parts.handOver(items);
  }

  async #post(items: readonly Item[]): Promise<void> {
    this.#underWay++;
    const answer = await this.#parts.send(items).catch(() => undefined);
    this.#underWay--;
    if (answer) {
      this.#failures = 0;
      this.#kept = this.#kept.filter((item) => item.n > answer.stored);
      if (this.#underWay === 0 && this.#kept.length > 0) this.#retry(0);
    } else {
      this.#failures++;
      this.#retry(RETRY_MS[Math.min(this.#failures, RETRY_MS.length) - 1] ?? 0);
    }
  }

  #retry(ms: number): void {
    if (this.#retrying) return;
    this.#retrying = true;
    this.#parts.later(() => {
      this.#retrying = false;
      if (this.#kept.length > 0) this.flush();
    }, ms);
  }
}
