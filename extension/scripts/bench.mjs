// Measures the privacy engine in Node: how fast it scans, and what it costs to load and to use for the first time.
// With a revision, the engine of that revision takes turns with that of the working tree, and the last column is how many
// times as fast (or as cheap to load) the working tree is: read that, for the machine's load is in both alike.
// Usage: node scripts/bench.mjs [REVISION] [--rounds=N]

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

/** How long each engine scans in each round, in milliseconds of CPU. */
const LEAST_MS = 60;
/** How much it scans before the time is looked at, in characters. */
const BATCH = 64 << 10;
const ROUNDS = 9;
/** How often an engine is loaded, each time by a new process. */
const LOADS = 11;

const PAGE = `Oak dining chair, set of 2 – solid wood, 45 x 52 x 88 cm. €129.00 instead of €159.00 (you save 19 %).
Rated 4.6 out of 5 stars by 1,204 customers. Ships in 3-5 business days, free returns within 30 days.
Article 403.411.02, EAN 4006381333931. Also bought: "Nordic bench", "Ash stool", "Pine shelf 80 cm".
The chairs are sturdy and look great around our table; assembly took ten minutes. One leg was scratched, and
customer service sent another one at once. Color: natural, black, white. Size: S M L XL. Add to cart.
Home / Furniture / Chairs / Dining chairs. Sort by: price, newest, rating. Showing 1-48 of 1,024 results.
`;
const PROSE = `We bought this table for a small kitchen and it has held up well through two moves and a toddler. The finish is
warmer than in the pictures, and the legs went on without any tools. When one of the screws turned out to be missing,
they sent another within the week. Would I buy it again? Yes, though I would take the longer version. Guests keep asking
where it is from, and most of them do not believe what it cost. Care is easy: wipe it with a damp cloth, and oil it now and
then. The chairs that are sold with it are less good; ours began to creak after a few months of everyday use.
`;
const DENSE = `Qty 2 x 24.99 = 49.98 | SKU 88213-04 | 12 in stock | 4.5 (1,287) | 120 x 60 x 75 cm | 18.5 kg
2026-03-14 09:41 | #10482 | $1,249.00 | -15% | 3 of 48 | v2.14.3 | 1080p | 60 Hz | 5G | 256 GB | 6.1"
Row 17: 0.25 0.5 1.75 3.125 12.0 144 | 10:30-18:00 | 7 days | 30 ml | 500 mg | 2 for 5.00 | page 4/19
`;
const PRIVATE = "Ship to ann.lee@example.com, phone (415) 555-2671, card 4111 1111 1111 1111.\n";
const HIDDEN = "name=Ann%20Lee&amp;mail=ann.lee%40example.com &#64; \\u0040 caf\u00e9 \u0420\u0435\u0432\u044c\u044e \u7f16\u53f7 12\n";

const repeat = (text, size) => text.repeat(Math.ceil(size / text.length)).slice(0, size);
const TEXTS = {
  prose: repeat(PROSE, 64 << 10),
  page: repeat(PAGE, 64 << 10),
  "page, 1 KB": repeat(PAGE, 1 << 10),
  "page, 10 MB": repeat(PAGE, 10 << 20),
  dense: repeat(DENSE, 64 << 10),
  private: repeat(PAGE + PRIVATE, 64 << 10),
  escapes: repeat(PAGE + HIDDEN, 64 << 10),
};

/** What a new process is asked: the CPU time until the engine is there, scans its first text, and classifies its first field. */
const LOADER = `
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const start = cpu();
const engine = await import(process.argv[1]);
const loaded = cpu();
engine.redactText("Add to cart");
const scanned = cpu();
engine.classifyField({ type: "text", name: "q", id: "", autocomplete: "", label: "Search", placeholder: "", words: [] });
const classified = cpu();
console.log(JSON.stringify([loaded - start, scanned - loaded, classified - scanned]));`;

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "codesight-bench-"));
const revision = process.argv.slice(2).find((a) => !a.startsWith("--"));
const rounds = Number(process.argv.find((a) => a.startsWith("--rounds="))?.slice(9) ?? ROUNDS);
try {
  const files = [await bundle(root, "new.mjs")];
  if (revision !== undefined) files.unshift(await bundle(checkout(revision), "old.mjs"));
  await report(files);
} finally {
  rmSync(folder, { recursive: true });
}

/** The engine and the tables of a revision, in a folder of their own. */
function checkout(of) {
  const out = join(folder, "old");
  mkdirSync(out);
  const archive = execFileSync("git", ["archive", of, "extension/src/redact", "extension/src/event", "rules"], { cwd: root, maxBuffer: 1 << 28 });
  execFileSync("tar", ["-x", "-C", out], { input: archive });
  return out;
}

async function bundle(of, name) {
  const outfile = join(folder, name);
  const entryPoints = [join(of, "extension/src/redact/index.ts")];
  await build({ entryPoints, bundle: true, minify: true, format: "esm", platform: "node", outfile, logLevel: "error" });
  return pathToFileURL(outfile).href;
}

async function report(files) {
  const engines = [];
  for (const file of files) engines.push(await import(file));
  line("MB/s", [...files.map((_, i) => (i < files.length - 1 ? revision : "now")), ""]);
  for (const [name, text] of Object.entries(TEXTS)) {
    const rates = engines.map(() => []);
    engines.forEach((e) => rate(e, text));
    for (let n = 0; n < rounds; n++) engines.forEach((e, i) => rates[i].push(rate(e, text)));
    show(name, rates.map(median), (a, b) => b / a);
  }
  line("\nms of CPU", []);
  const costs = files.map(() => []);
  for (let n = 0; n < LOADS; n++) files.forEach((file, i) => costs[i].push(load(file)));
  ["load", "first text", "first field"].forEach((name, k) => {
    show(name, costs.map((list) => median(list.map((c) => c[k]))), (a, b) => a / b);
  });
}

/** CPU time of this process, in milliseconds: on a busy machine, that of the clock says little. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** In MB/s of UTF-16 units. */
function rate(engine, text) {
  const often = Math.ceil(BATCH / text.length);
  const start = cpu();
  let size = 0;
  do {
    for (let n = 0; n < often; n++) engine.redactText(text);
    size += often * text.length;
  } while (cpu() - start < LEAST_MS);
  return size / (cpu() - start) / 1000;
}

function load(file) {
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", LOADER, file], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function show(name, values, ratio) {
  line(name, [...values.map((v) => v.toFixed(1)), values.length > 1 ? `${ratio(...values).toFixed(2)}x` : ""]);
}

function line(name, cells) {
  console.log(name.padEnd(14) + cells.map((c) => String(c).slice(0, 8).padStart(9)).join(""));
}
