// What was typed into private fields during a session, so that it can be taken out wherever it comes back. It lives in
// chrome.storage.session: memory that survives the worker, is never written to disk, and is closed to content scripts.

import type { Echo } from "../messages";
import { engineScrubber } from "../privacy/engine";
import type { Scrubber } from "../privacy/scrubber";
import type { StorageArea } from "./storage";

const KEY = "echo";
/** A session in which more different private values are typed than this is not a person's; recording would slow down. */
const MAX_VALUES = 500;

export class EchoBook {
  readonly #area: StorageArea;
  #values: Echo[] | undefined;
  #scrubber: Scrubber | undefined;

  constructor(area: StorageArea) {
    this.#area = area;
  }

  /** Every value of the session. */
  async values(): Promise<Echo[]> {
    this.#values ??= ((await this.#area.get(KEY))[KEY] as Echo[] | undefined) ?? [];
    return this.#values;
  }

  /** Adds values; resolves when they are held, with whether any was new. */
  async add(more: readonly Echo[]): Promise<boolean> {
    const values = await this.values();
    const unknown = more.filter(
      (echo, i) =>
        echo.value !== "" &&
        !values.some((v) => same(v, echo)) &&
        more.findIndex((other) => same(other, echo)) === i,
    );
    if (unknown.length === 0) return false;
    if (values.length + unknown.length > MAX_VALUES) throw new Error("too many private values");
    this.#values = [...values, ...unknown];
    this.#scrubber = undefined;
    await this.#area.set({ [KEY]: this.#values });
    return true;
  }

  /** Forgets everything, at the end of a session. */
  async clear(): Promise<void> {
    this.#values = [];
    this.#scrubber = undefined;
    await this.#area.remove(KEY);
  }

  /** The engine with these values. */
  async scrubber(): Promise<Scrubber> {
    const values = await this.values();
    this.#scrubber ??= engineScrubber(values);
    return this.#scrubber;
  }
}

const same = (a: Echo, b: Echo): boolean => a.value === b.value && a.field === b.field;
