// median FILE…: reads files of JSON Lines that `codesight simulate --json` wrote, and prints the median of each as a table.
import { readFileSync } from "node:fs";
import { basename } from "node:path";

const columns = {
  "events/s": ["events_per_second", 0],
  "p50 ms": ["p50_ms", 1],
  "p95 ms": ["p95_ms", 1],
  "p99 ms": ["p99_ms", 1],
};

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

console.log(`| transport | ${Object.keys(columns).join(" | ")} | lost, doubled, changed |`);
console.log(`|---|${"---:|".repeat(Object.keys(columns).length)}---|`);
for (const file of process.argv.slice(2)) {
  const rounds = readFileSync(file, "utf8").trim().split(/\n+(?=\{)/).map((text) => JSON.parse(text));
  const cells = Object.values(columns).map(([name, digits]) => median(rounds.map((r) => r[name])).toFixed(digits));
  const wrong = ["lost", "doubled", "changed"].map((name) => rounds.reduce((sum, r) => sum + r[name], 0));
  console.log(`| ${basename(file)} | ${cells.join(" | ")} | ${wrong.join(", ")} |`);
}
