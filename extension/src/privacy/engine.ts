// Fits the privacy engine (src/redact) to what the recorder needs of it.

import type { Echo } from "../messages";
import { EchoMemory, Redactor } from "../redact";
import type { Scrubber } from "./scrubber";

/** A scrubber that knows these typed values besides what the engine finds by itself. */
export function engineScrubber(values: readonly Echo[]): Scrubber {
  const memory = new EchoMemory();
  for (const { value, field } of values) memory.add(value, field);
  return new Redactor(memory);
}
