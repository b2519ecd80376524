// Redacts JSON Lines with the TypeScript engine: reads {"text":…} (or {"url":…}) and writes {"text":REDACTED,"spans":[…]}
// in the same order, as `codesight redact --json` does with the Go engine. Offsets count Unicode code points of the input.
// Usage: node scripts/redact.mjs < in.jsonl > out.jsonl

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const { findSpans, findUrlSpans, replaceSpans } = await loadEngine();

/** The engine is TypeScript: it is bundled at each start, so that what runs is what is in src. */
async function loadEngine() {
  const entry = join(dirname(fileURLToPath(import.meta.url)), "../src/redact/index.ts");
  const folder = mkdtempSync(join(tmpdir(), "codesight-redact-"));
  try {
    const outfile = join(folder, "redact.mjs");
    await build({ entryPoints: [entry], bundle: true, format: "esm", platform: "node", outfile, logLevel: "error" });
    return await import(pathToFileURL(outfile));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Maps spans from UTF-16 units to code points. */
function inCodePoints(text, spans) {
  let at = 0;
  let points = 0;
  const count = (to) => {
    for (; at < to; at++) {
      const c = text.charCodeAt(at);
      if (c < 0xdc00 || c > 0xdfff) points++;
    }
    return points;
  };
  return spans.map((s) => ({ start: count(s.start), end: count(s.end), type: s.type, rule: s.rule }));
}

function redactLine(line) {
  const input = JSON.parse(line);
  const raw = typeof input.text === "string" ? input.text : input.url;
  if (typeof raw !== "string") throw new TypeError('has no "text"');
  const text = raw.toWellFormed();
  const spans = typeof input.text === "string" ? findSpans(text) : findUrlSpans(text);
  const out = JSON.stringify({ text: replaceSpans(text, spans), spans: inCodePoints(text, spans) });
  return out.replace(/[\u2028\u2029]/g, (c) => (c === "\u2028" ? "\\u2028" : "\\u2029"));
}

/** Splits the input at line feeds only: U+2028, which readline would split at, may stand within a JSON text. */
async function* lines(input) {
  let rest = "";
  input.setEncoding("utf8");
  for await (const chunk of input) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest !== "") yield rest;
}

let number = 0;
for await (const line of lines(process.stdin)) {
  number++;
  if (line.trim() === "") continue;
  let out;
  try {
    out = redactLine(line);
  } catch {
    console.error(`line ${number}: is not a JSON object such as {"text":"…"}`);
    process.exitCode = 1;
    break;
  }
  if (!process.stdout.write(`${out}\n`)) await new Promise((resolve) => process.stdout.once("drain", resolve));
}
