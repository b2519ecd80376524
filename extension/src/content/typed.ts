// What was typed into private fields of this document. A value that one is still typing is known here, so that it is
// taken out of what is recorded meanwhile; it is told to the worker when the field is left, so that beginnings of words
// do not count elsewhere.

import { type Echo, MAX_ECHO } from "../messages";

/** Pages move the focus while one types, which looks as if the field was left; a person who comes back takes longer. */
const RETURN_MS = 1000;

/** What one key types, in UTF-16 units. */
const TAKEN_MAX = 2;

/** A value that one is typing. */
interface Open extends Echo {
  /** What was typed before it, letter by letter, and each time taken out of the field by the page. */
  taken?: string;
}

/** A finished value, and when it was finished; never for one that was sent: that counts whatever comes after it. */
interface Done extends Echo {
  left?: number;
}

export class Typed {
  readonly #open = new Map<Element, Open>();
  readonly #done: Done[] = [];
  readonly #now: () => number;
  #told = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The field's value after a keystroke. */
  note(field: Element, value: string, words: string): void {
    const heir = this.#takeOver(field, value);
    const before = this.#open.get(field) ?? heir;
    // A value that does not grow out of the one before was replaced, by the page or by pasting: the old one counts too.
    if (before && !isEdit(before.value, value)) this.#finish(before, true);
    const taken = before && ((before.taken ?? "") + (isTaken(before.value, value) ? before.value : "")).slice(0, MAX_ECHO);
    const echo = { value: value.slice(0, MAX_ECHO), field: words.slice(0, MAX_ECHO), ...(taken && { taken }) };
    if (echo.value.trim() === "") this.#open.delete(field);
    else this.#open.set(field, echo);
  }

  /** The field was left, or, where sent says so, what is in it was sent. */
  commit(field: Element, sent = false): void {
    for (const echo of readingsOf(this.#open.get(field))) this.#finish(echo, sent);
  }

  /** Every field was left or sent. */
  commitAll(sent = false): void {
    for (const echo of this.typing()) this.#finish(echo, sent);
  }

  /** Everything typed and finished here. */
  finished(): Echo[] {
    return this.#done.map(({ value, field }) => ({ value, field }));
  }

  /** What is in the fields now, finished or not. */
  typing(): Echo[] {
    return [...this.#open.values()].flatMap(readingsOf);
  }

  /** Everything typed here. */
  values(): Echo[] {
    return [...this.finished(), ...this.typing()];
  }

  /** Finished values that the worker does not know yet. */
  takeNew(): Echo[] {
    const fresh = this.#done.slice(this.#told);
    this.#told = this.#done.length;
    return fresh.map(({ value, field, instead }) => ({ value, field, ...(instead !== undefined && { instead }) }));
  }

  /** A page may put a new field in the old one's place at each keystroke: what was begun there goes on here. */
  #takeOver(field: Element, value: string): Open | undefined {
    let heir: Open | undefined;
    for (const [gone, echo] of this.#open) {
      if (gone === field || gone.isConnected) continue;
      this.#open.delete(gone);
      if (isTaken(echo.value, value) || (echo.taken && value.includes(echo.value))) heir = echo;
      else if (!value.includes(echo.value)) this.#finish(echo);
    }
    return heir;
  }

  /** Finishes a value. What was left just now and goes on in it was only its beginning, which does not count. */
  #finish({ value, field }: Echo, sent = false): void {
    const known = this.#done.find((d) => d.value === value && d.field === field);
    if (known && sent) delete known.left;
    if (known) return;
    const begun = this.#done.findIndex((d) => d.field === field && this.#goesOn(d, value));
    const done: Done = { value, field, ...(!sent && { left: this.#now() }) };
    if (begun >= 0) {
      const [beginning] = this.#done.splice(begun, 1);
      // The worker is told only of a beginning that it knows.
      const told = begun < this.#told;
      if (told) this.#told--;
      const instead = told ? beginning?.value : beginning?.instead;
      if (instead !== undefined) done.instead = instead;
    }
    this.#done.push(done);
  }

  #goesOn({ value, left }: Done, longer: string): boolean {
    return left !== undefined && this.#now() - left <= RETURN_MS && longer.startsWith(value);
  }
}

/** What a value that one is typing may be: what is in the field, and that with what the page took out of it before. */
function readingsOf(open: Open | undefined): Echo[] {
  if (!open) return [];
  const { value, field, taken } = open;
  return [{ value, field }, ...(taken ? [{ value: (taken + value).slice(0, MAX_ECHO), field }] : [])];
}

/** Whether the page took out the one key's value before the other key was pressed. */
function isTaken(before: string, after: string): boolean {
  return before.length <= TAKEN_MAX && after.length <= TAKEN_MAX && !after.startsWith(before) && !before.startsWith(after);
}

/** Whether one value came from the other by ordinary typing or deleting. */
function isEdit(before: string, after: string): boolean {
  if (after === "") return before.length <= 1;
  return after.includes(before) || before.includes(after) || Math.abs(after.length - before.length) <= 2;
}
