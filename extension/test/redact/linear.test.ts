import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { findSpans, findUrlSpans } from "../../src/redact";

/** Characters of a short text; the long one is 32 times as long. */
const SHORT = 4 << 10;
const TIMES = 32;
/** How many times as long the long text may take: linear work takes 32 times, quadratic 1024. */
const MOST_TIMES = 6 * TIMES;
/** What a short text is said to take at least, in milliseconds: less is not measured well. */
const LEAST_MS = 0.25;

const pieces = JSON.parse(readFileSync(new URL("../../../rules/vectors/hostile.json", import.meta.url), "utf8")) as string[];

function took(find: (text: string) => unknown, text: string): number {
  const start = performance.now();
  find(text);
  return performance.now() - start;
}

it.each([
  ["text", findSpans],
  ["address", findUrlSpans],
])("does linear work in a %s of any hostile piece", { timeout: 300_000 }, (_, find) => {
  for (const piece of pieces) {
    const long = piece.repeat(Math.ceil((SHORT * TIMES) / piece.length));
    const short = long.slice(0, SHORT);
    const few = Math.max(LEAST_MS, Math.min(...Array.from({ length: 5 }, () => took(find, short))));
    let many = Infinity;
    for (let n = 0; n < 3 && many > MOST_TIMES * few; n++) many = Math.min(many, took(find, long));
    expect(many, `${JSON.stringify(piece)}: ${few} ms for ${SHORT} characters`).toBeLessThanOrEqual(MOST_TIMES * few);
  }
});
