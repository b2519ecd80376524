// Redacts JSON Lines with the TypeScript engine: reads {"text":…} (or {"url":…}) and writes {"text":REDACTED,"spans":[…]}
// in the same order. Offsets count Unicode code points of the input. Blank lines are passed over; a line that is not such
// an object ends it with exit code 1, after the answers to those before it.
// It does with the TypeScript engine what `codesight redact --json` does with the Go engine, and a test compares them.
// Usage: node scripts/redact.mjs < in.jsonl > out.jsonl

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

/** Bounds a line, in bytes: it is the one thing that must be in memory whole. */
const LINE_MAX = 64 << 20;

const LF = 0x0a;
/** The bytes that a blank line may consist of. */
const BLANK = new Set([0x20, 0x09, 0x0d]);

class LineError extends Error {}

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

/** The object of a line. Node itself would replace what is not UTF-8, and would drop a byte order mark. */
function parse(bytes) {
  let line;
  try {
    line = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new LineError("is not valid UTF-8");
  }
  let input;
  try {
    input = JSON.parse(line);
  } catch {
    input = null;
  }
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new LineError('is not a JSON object such as {"text":"…"}');
  }
  return input;
}

/** The answer to a line, or "" to a blank one. */
function redactLine(bytes) {
  if (bytes.length > LINE_MAX) throw new LineError(`is longer than ${LINE_MAX >> 20} MiB`);
  if (bytes.every((c) => BLANK.has(c))) return "";
  const { text, url } = parse(bytes);
  const isText = typeof text === "string";
  if (!isText && typeof url !== "string") throw new LineError('has no string named "text" or "url"');
  const input = (isText ? text : url).toWellFormed();
  const spans = isText ? findSpans(input) : findUrlSpans(input);
  const out = JSON.stringify({ text: replaceSpans(input, spans), spans: inCodePoints(input, spans) });
  return `${out.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")}\n`;
}

/** Splits the input at line feeds. A line that is too long is handed on before its end is read. */
async function* lines(input) {
  let parts = [];
  let size = 0;
  for await (const chunk of input) {
    let at = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, at)) {
      parts.push(chunk.subarray(at, end));
      yield parts.length === 1 ? parts[0] : Buffer.concat(parts);
      [parts, size, at] = [[], 0, end + 1];
    }
    parts.push(chunk.subarray(at));
    size += chunk.length - at;
    if (size > LINE_MAX) break;
  }
  yield Buffer.concat(parts);
}

/** Answers each line of the input. Whoever reads is waited for, so that nothing piles up. */
async function filter(input, output) {
  let number = 0;
  for await (const line of lines(input)) {
    number++;
    try {
      const out = redactLine(line);
      if (out !== "" && !output.write(out)) await new Promise((resolve) => output.once("drain", resolve));
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      console.error(`redact: line ${number} ${error.message}`);
      process.exitCode = 1;
      return;
    }
  }
}

process.stdout.on("error", (error) => {
  console.error(`redact: the output cannot be written: ${error.message}`);
  process.exit(1);
});
await filter(process.stdin, process.stdout);
