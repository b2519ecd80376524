import { readdirSync, readFileSync } from "node:fs";

/** The share of the lines that nobody tuned for which must be right; what falls short is not looked at line by line. */
export const HOLDOUT_BAR = 0.98;
/** Lower: a name that nothing announces can only be judged by its likeness to known ones. */
export const HOLDOUT_BAR_NAMES = 0.95;

/** The lines of a file of rules/vectors. */
export function readVectors<T>(name: string): T[] {
  const raw = readFileSync(new URL(`../../../rules/vectors/${name}.jsonl`, import.meta.url), "utf8");
  return raw
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

/** The names of the files of texts and addresses of one half. */
export function vectorFiles(half: "tune" | "holdout"): string[] {
  return readdirSync(new URL("../../../rules/vectors/", import.meta.url))
    .filter((name) => name.endsWith(`-${half}.jsonl`) && !name.startsWith("fields-"))
    .map((name) => name.replace(".jsonl", ""));
}

/**
 * The same, without the wild- and labels- files: these are texts as pages have them, and names with a label, which no engine
 * gets right to the last one. What is asked of them is shares by type, in the tests of internal/redact/quality.
 */
export function exactFiles(half: "tune" | "holdout"): string[] {
  return vectorFiles(half).filter((name) => !name.startsWith("wild-") && !name.startsWith("labels-"));
}
