// Measures our TypeScript engine and two npm packages on a corpus that the Go program has made, as that does.
// Usage: node peers.mjs corpus.json

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Redactor } from "@redactpii/node";
import { redactum } from "redactum";

const LEAST_MS = 250;
const LEFTOVER = 4;

const ours = await loadEngine();
const redactor = new Redactor();
const engines = [
  ["codesight (TypeScript)", (text) => ours.replaceSpans(text, ours.findSpans(text))],
  ["@redactpii/node 1.0.17", (text) => redactor.redact(text)],
  ["redactum 1.1.0", (text) => redactum(text).redactedText],
];

const corpus = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(engines.map(([name, text]) => measure(name, text))));

/** The engine is TypeScript: it is bundled with what the extension is built with. */
async function loadEngine() {
  const extension = fileURLToPath(new URL("../../extension/", import.meta.url));
  const { build } = createRequire(join(extension, "package.json"))("esbuild");
  const folder = mkdtempSync(join(tmpdir(), "codesight-bench-"));
  try {
    const outfile = join(folder, "redact.mjs");
    await build({ entryPoints: [join(extension, "src/redact/index.ts")], bundle: true, format: "esm", platform: "node", outfile, logLevel: "error" });
    return await import(pathToFileURL(outfile));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measure(name, text) {
  const caught = {};
  let harmed = 0;
  for (const line of corpus.lines) {
    const out = text(line.text);
    if (line.private === "") harmed += out === line.text ? 0 : 1;
    else if (!holds(out, line.private)) caught[line.kind] = (caught[line.kind] ?? 0) + 1;
  }
  return { name, rate: speed(text, corpus.pages), clean: speed(text, corpus.clean), caught, harmed };
}

/** In MB/s. */
function speed(text, pages) {
  let size = 0;
  const start = performance.now();
  while (performance.now() - start < LEAST_MS) {
    for (const page of pages) {
      text(page);
      size += page.length; // the text is ASCII
    }
  }
  return size / (performance.now() - start) / 1000;
}

function holds(out, value) {
  for (let i = 0; i + LEFTOVER <= value.length; i++) {
    if (out.includes(value.slice(i, i + LEFTOVER))) return true;
  }
  return false;
}
