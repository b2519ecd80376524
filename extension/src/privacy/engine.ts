// Fits the privacy engine (src/redact) to what the recorder needs of it.

import { type Echo, MAX_ECHOES } from "../messages";
import { EchoMemory, Redactor } from "../redact";
import { type Scrubber, strictScrubber } from "./scrubber";

/** A scrubber that knows these typed values besides what the engine finds by itself. */
export function engineScrubber(values: readonly Echo[]): Scrubber {
  return new Scrubbers().knowing(values, []);
}

/**
 * Makes scrubbers for values of which only a few change, with each key that is pressed: what the others cost is paid once.
 * Where there are too many values, everything is withheld.
 */
export class Scrubbers {
  #settled = { version: "", memory: new EchoMemory() };
  #last: { version: string; scrubber: Scrubber } | undefined;

  /** A scrubber for the values that are settled and those that are being typed; the same one, if they are the same. */
  knowing(settled: readonly Echo[], open: readonly Echo[]): Scrubber {
    const all = new Set([...settled, ...open].map(idOf));
    if (all.size > MAX_ECHOES) return strictScrubber;
    const version = settled.map(idOf).join();
    if (version !== this.#settled.version) {
      this.#settled = { version, memory: memoryOf(settled) };
      this.#last = undefined;
    }
    const openVersion = open.map(idOf).join();
    if (this.#last?.version !== openVersion) {
      this.#last = { version: openVersion, scrubber: new Redactor(memoryOf(open, this.#settled.memory)) };
    }
    return this.#last.scrubber;
  }
}

function memoryOf(values: readonly Echo[], base?: EchoMemory): EchoMemory {
  const memory = new EchoMemory(base);
  for (const { value, field } of values) memory.add(value, field);
  return memory;
}

function idOf({ value, field }: Echo): string {
  return JSON.stringify([value, field]);
}
