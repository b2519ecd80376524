// chrome.storage.local in memory, which can be told to fail as the real one does: before a write, or after it, when the
// worker dies without hearing of it.

import type { StorageArea } from "../../src/background/storage";

export class MemoryArea implements StorageArea {
  data: Record<string, unknown> = {};
  writes = 0;
  /** Called with the number of each write; throw "before" or "after" to die there. */
  fail: (write: number) => "before" | "after" | undefined = () => undefined;

  get(wanted: string | string[] | null): Promise<Record<string, unknown>> {
    const names = wanted === null ? Object.keys(this.data) : [wanted].flat();
    const found = names.filter((name) => name in this.data).map((name) => [name, this.data[name]]);
    return Promise.resolve(structuredClone(Object.fromEntries(found) as Record<string, unknown>));
  }

  set(items: Record<string, unknown>): Promise<void> {
    return this.#write(() => {
      Object.assign(this.data, JSON.parse(JSON.stringify(items)));
    });
  }

  remove(names: string | string[]): Promise<void> {
    return this.#write(() => {
      for (const name of [names].flat()) Reflect.deleteProperty(this.data, name);
    });
  }

  #write(work: () => void): Promise<void> {
    const how = this.fail(++this.writes);
    if (how !== "before") work();
    return how === undefined ? Promise.resolve() : Promise.reject(new Error("the worker died"));
  }
}
