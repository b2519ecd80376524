import { expect, it } from "vitest";
import { redactText, redactUrl } from "../../src/redact";
import { exactFiles, HOLDOUT_BAR, HOLDOUT_BAR_NAMES, readVectors, vectorFiles } from "./vectors";

interface Vector {
  text?: string;
  url?: string;
  want: string;
  why: string;
}

const redact = ({ text, url }: Vector): string => (text === undefined ? redactUrl(url ?? "") : redactText(text));

it.each(exactFiles("tune").flatMap((name) => readVectors<Vector>(name)))("$text$url: $why", (vector) => {
  expect(redact(vector)).toBe(vector.want);
});

it.each(exactFiles("holdout"))("is right about %s, which nobody tuned for", (name) => {
  const vectors = readVectors<Vector>(name);
  const right = vectors.filter((v) => redact(v) === v.want);
  expect(right.length / vectors.length).toBeGreaterThanOrEqual(name.startsWith("names-") ? HOLDOUT_BAR_NAMES : HOLDOUT_BAR);
});

it.each([...vectorFiles("tune"), ...vectorFiles("holdout")])("changes nothing the second time in %s", (name) => {
  for (const vector of readVectors<Vector>(name)) {
    const once = redact(vector);
    const again = vector.text === undefined ? { url: once } : { text: once };
    expect(redact({ ...again, want: once, why: vector.why })).toBe(once);
  }
});
