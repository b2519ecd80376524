// Brings to the worker what pages that were left could not wait to see stored. Keeps each message until the worker has
// answered, however often that one is stopped meanwhile; the worker stores each item once.

/** Messages kept while the worker does not answer; the oldest go on being tried. A page leaves one or two. */
export const MAX_CARRIED = 1000;
const RETRY_MS = [50, 200, 1000, 5000];

export interface CourierParts<M> {
  /** Resolves with whether the worker is done with the message; rejects where it does not answer. */
  bring(message: M): Promise<boolean>;
  later(work: () => void, ms: number): void;
}

export class Courier<M> {
  readonly #parts: CourierParts<M>;
  readonly #kept: M[] = [];
  #failures = 0;
  #busy = false;

  constructor(parts: CourierParts<M>) {
    this.#parts = parts;
  }

  /** Takes a message; false where there is no room. */
  take(message: M): boolean {
    if (this.#kept.length >= MAX_CARRIED) return false;
    this.#kept.push(message);
    void this.#work();
    return true;
  }

  /** One message at a time, oldest first: a recorder's items are in order. */
  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let [next] = this.#kept; next !== undefined; [next] = this.#kept) {
      if (!(await this.#parts.bring(next).catch(() => false))) {
        const wait = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)] ?? 0;
        await new Promise<void>((resolve) => {
          this.#parts.later(resolve, wait);
        });
        continue;
      }
      this.#failures = 0;
      this.#kept.shift();
    }
    this.#busy = false;
  }
}
