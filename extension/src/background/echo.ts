// What was typed into private fields during a session, so that it can be taken out wherever it comes back. It lives in
// chrome.storage.session: memory that survives the worker, is never written to disk, and is closed to content scripts
// (docs/decisions/0007-where-the-echo-lives.md).

import { type Echo, MAX_ECHOES } from "../messages";
import { Scrubbers } from "../privacy/engine";
import type { Scrubber } from "../privacy/scrubber";
import type { StorageArea } from "./storage";

const KEY = "echo";

/** A value, and how often it was told. */
interface Kept extends Echo {
  times: number;
}

export class EchoBook {
  readonly #area: StorageArea;
  readonly #scrubbers = new Scrubbers();
  #kept: Kept[] | undefined;

  constructor(area: StorageArea) {
    this.#area = area;
  }

  /** Every value of the session. One more than MAX_ECHOES says that there were too many. */
  async values(): Promise<Echo[]> {
    return (await this.#all()).map(({ value, field }) => ({ value, field }));
  }

  /**
   * Adds values; resolves when they are held, with whether any was new. Past the bound, no more are kept: the one too many
   * already withholds everything. A beginning that a value was told instead of is forgotten, if nobody else told it.
   */
  async add(more: readonly Echo[]): Promise<boolean> {
    // Of two that wait for the storage, the second must see what the first has added.
    const kept = structuredClone((await this.#all(), this.#kept ?? []));
    const changes = more.filter((echo) => echo.value !== "" && put(kept, echo));
    this.#kept = kept;
    await this.#area.set({ [KEY]: kept });
    return changes.length > 0;
  }

  /** Forgets everything, at the end of a session. */
  async clear(): Promise<void> {
    this.#kept = [];
    await this.#area.remove(KEY);
  }

  /** The engine with these values. */
  async scrubber(): Promise<Scrubber> {
    return this.#scrubbers.knowing(await this.#all(), []);
  }

  async #all(): Promise<Kept[]> {
    if (this.#kept) return this.#kept;
    const stored = (await this.#area.get(KEY))[KEY] as Kept[] | undefined;
    return (this.#kept ??= stored ?? []);
  }
}

/** Puts a value to the others; whether they are others now. */
function put(kept: Kept[], { value, field, instead }: Echo): boolean {
  const find = (wanted: string): Kept | undefined => kept.find((k) => k.value === wanted && k.field === field);
  const known = find(value);
  if (known) known.times++;
  // Once there were too many, what is there does not say which are missing.
  if (kept.length > MAX_ECHOES) return false;
  if (!known) kept.push({ value, field, times: 1 });
  const begun = instead === undefined || instead === value ? undefined : find(instead);
  if (begun?.times === 1) kept.splice(kept.indexOf(begun), 1);
  return !known || begun?.times === 1;
}
