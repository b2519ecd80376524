// What was typed into private fields of this document. A value that one is still typing is known here, so that it is
// taken out of what is recorded meanwhile; it is told to the worker when the field is left, so that beginnings of words
// do not count elsewhere.

import { type Echo, MAX_ECHO } from "../messages";

export class Typed {
  readonly #open = new Map<Element, Echo>();
  readonly #done: Echo[] = [];
  #told = 0;

  /** The field's value after a keystroke. */
  note(field: Element, value: string, words: string): void {
    this.#takeOver(field, value);
    const before = this.#open.get(field);
    // A value that does not grow out of the one before was replaced, by the page or by pasting: the old one counts too.
    if (before && !isEdit(before.value, value)) this.#finish(before);
    const echo = { value: value.slice(0, MAX_ECHO), field: words.slice(0, MAX_ECHO) };
    if (echo.value.trim() === "") this.#open.delete(field);
    else this.#open.set(field, echo);
  }

  /** The field was left, or what is in it was sent. */
  commit(field: Element): void {
    const echo = this.#open.get(field);
    if (echo) this.#finish(echo);
  }

  /** Every field was left. */
  commitAll(): void {
    for (const echo of this.#open.values()) this.#finish(echo);
  }

  /** Everything typed here, finished or not. */
  values(): Echo[] {
    return [...this.#done, ...this.#open.values()];
  }

  /** Finished values that the worker does not know yet. */
  takeNew(): Echo[] {
    const fresh = this.#done.slice(this.#told);
    this.#told = this.#done.length;
    return fresh;
  }

  /** A page may put a new field in the old one's place at each keystroke: what was begun there goes on here. */
  #takeOver(field: Element, value: string): void {
    for (const [gone, echo] of this.#open) {
      if (gone === field || gone.isConnected) continue;
      this.#open.delete(gone);
      if (!value.includes(echo.value)) this.#finish(echo);
    }
  }

  #finish(echo: Echo): void {
    if (!this.#done.some((d) => d.value === echo.value && d.field === echo.field)) this.#done.push(echo);
  }
}

/** Whether one value came from the other by ordinary typing or deleting. */
function isEdit(before: string, after: string): boolean {
  if (after === "") return before.length <= 1;
  return after.includes(before) || before.includes(after) || Math.abs(after.length - before.length) <= 2;
}
