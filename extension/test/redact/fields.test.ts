import { expect, it } from "vitest";
import { classifyField, type FieldWords, kindOfField } from "../../src/redact";
import { HOLDOUT_BAR, readVectors } from "./vectors";

interface Vector {
  field: FieldWords;
  want: string;
  why: string;
}

it.each(readVectors<Vector>("fields-tune"))("$field is $want: $why", ({ field, want }) => {
  expect(classifyField(field)).toBe(want);
});

it("is right about fields that nobody tuned for", () => {
  const vectors = readVectors<Vector>("fields-holdout");
  const right = vectors.filter(({ field, want }) => classifyField(field) === want);
  expect(right.length / vectors.length).toBeGreaterThanOrEqual(HOLDOUT_BAR);
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
