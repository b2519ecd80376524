import { expect, it } from "vitest";
import { autofillToken, classifyField, type FieldWords, judgeField, kindOfField } from "../../src/redact";
import { HOLDOUT_BAR, readVectors } from "./vectors";

/** The share of fields with rare words that may be recorded although they are private. */
const RARE_RECORDED_MAX = 0.01;

interface Vector {
  field: FieldWords;
  want: string;
  /** What the private value is, where the line says so. */
  kind?: string;
  why: string;
}

it.each(readVectors<Vector>("fields-tune"))("$field is $want: $why", ({ field, want, kind }) => {
  const judged = judgeField(field);
  expect(judged.class).toBe(want);
  if (kind !== undefined) expect(judged.kind).toBe(kind);
});

it("is right about fields that nobody tuned for", () => {
  const vectors = readVectors<Vector>("fields-holdout");
  const right = vectors.filter(({ field, want }) => classifyField(field) === want);
  expect(right.length / vectors.length).toBeGreaterThanOrEqual(HOLDOUT_BAR);
});

it("withholds rather than records where words are rare", () => {
  const vectors = readVectors<Vector>("fields-rare-holdout");
  const recorded = vectors.filter(({ field, want }) => want !== "harmless" && classifyField(field) === "harmless");
  expect(recorded.length / vectors.length).toBeLessThanOrEqual(RARE_RECORDED_MAX);
});

it("knows what a private value is from the words of its field", () => {
  expect(["given-name", "E-Mail", "Rue", "Mobile", "Company", "Country", "???"].map(kindOfField)).toEqual([
    "PERSON",
    "EMAIL",
    "ADDRESS",
    "PHONE",
    "PRIVATE",
    "COUNTRY",
    "PRIVATE",
  ]);
});

it("finds the field's own token among those that say where it belongs", () => {
  const tokens = ["section-blue shipping postal-code", "username webauthn", "work tel", "off", "", "cc-number", "webauthn"];
  expect(tokens.map(autofillToken)).toEqual(["postal-code", "username", "tel", "", "", "", "webauthn"]);
});
