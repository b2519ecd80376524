// Measures our TypeScript engine and npm packages on a corpus that the Go program has made, as measure.go does.
// Usage: node peers.mjs corpus.json speed|quality|shape

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { OpenRedaction } from "@openredaction/core";
import { Redactor } from "@redactpii/node";
import { SyncRedactor } from "redact-pii";
import { redactum } from "redactum";

const LEAST_MS = 250;
/** How long an engine runs before it is measured: what is compiled while it runs is slow at first, the more so the larger it is. */
const WARM_MS = 2000;
const BATCH = 16 << 10;
const ENOUGH_MS = 100;
const LEFTOVER = 4;
const SIZES = [1, 10, 100, 1024, 10240].map((kib) => kib << 10);
const HOSTILE_SIZES = [32 << 10, 512 << 10];

const ours = await loadEngine();
const redactor = new Redactor();
const older = new SyncRedactor();
const open = new OpenRedaction({ redactionMode: "placeholder" });
const engines = [
  ["codesight (TypeScript)", (text) => ours.redactText(text)],
  ["@redactpii/node 1.0.17", (text) => redactor.redact(text)],
  ["redact-pii 3.4.0", (text) => older.redact(text)],
  ["redactum 1.1.0", (text) => redactum(text).redactedText],
  ["@openredaction/core 1.1.5", async (text) => (await open.detect(text)).redacted],
];

const [, , file, what] = process.argv;
const corpus = JSON.parse(readFileSync(file, "utf8"));
const answers = { speed, quality, shape };
const log = console.log;
console.log = console.error; // what a package has to say must not stand in the answer
log(JSON.stringify(await answers[what]()));

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

async function speed() {
  const list = [];
  for (const [name, text] of engines) {
    await rate(text, corpus.pages, WARM_MS);
    list.push({ name, pages: await rate(text, corpus.pages), clean: await rate(text, corpus.clean) });
  }
  return list;
}

/** The time that this process has worked, in milliseconds. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** In MB/s of CPU time. */
async function rate(text, pages, ms = LEAST_MS) {
  let size = 0;
  let looked = 0;
  const start = cpu();
  for (let i = 0; ; i++) {
    const page = pages[i % pages.length];
    const out = text(page);
    if (out instanceof Promise) await out;
    size += page.length; // the text is ASCII
    if (size - looked < BATCH) continue;
    looked = size;
    const took = cpu() - start;
    if (took >= ms) return size / took / 1000;
  }
}

async function quality() {
  const list = [];
  for (const [name, text] of engines) {
    const sets = [];
    for (const { lines } of corpus.sets) sets.push(await judge(text, lines));
    list.push({ name, sets });
  }
  return list;
}

async function judge(text, lines) {
  const caught = {};
  let harmed = 0;
  for (const line of lines) {
    const out = await text(line.text);
    if (!line.values?.length && out !== line.text) harmed++;
    for (const { kind, text: value } of line.values ?? []) if (!holds(out, value)) caught[kind] = (caught[kind] ?? 0) + 1;
  }
  return { caught, harmed };
}

function holds(out, value) {
  const characters = Array.from(value);
  if (characters.length < LEFTOVER) return out.includes(value);
  for (let i = 0; i + LEFTOVER <= characters.length; i++) {
    if (out.includes(characters.slice(i, i + LEFTOVER).join(""))) return true;
  }
  return false;
}

function cutInto(size, all) {
  const long = all.repeat(Math.ceil(size / all.length));
  return Array.from({ length: Math.floor(long.length / size) }, (_, i) => long.slice(i * size, (i + 1) * size));
}

/** How our engine's time grows with the text. */
async function shape() {
  const text = engines[0][1];
  const all = corpus.pages.join("\n");
  await rate(text, corpus.pages, WARM_MS);
  const sizes = [];
  for (const n of SIZES) sizes.push(await rate(text, cutInto(n, all)));
  const hostile = corpus.hostile.map((piece) =>
    HOSTILE_SIZES.map((n) => {
      const bytes = Buffer.byteLength(piece);
      const input = piece.repeat(Math.floor(n / bytes));
      let least = Infinity;
      for (let k = 0; k < 3; k++) {
        const start = cpu();
        text(input);
        least = Math.min(least, Math.max(cpu() - start, 0.001));
        if (least > ENOUGH_MS) break;
      }
      return (Math.floor(n / bytes) * bytes) / least / 1000;
    }),
  );
  return { sizes, hostile };
}
