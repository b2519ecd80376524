// Random values in random disguises within random texts: nothing of them remains that a person could read, and a text
// without them is as it was. The seed of a failure is in its message.

import { expect, it } from "vitest";
import { EchoMemory, Redactor } from "../../src/redact";

const ROUNDS = 800;
/** So many characters of a value in a row are a leak. */
const LEAK = 4;

/** Mulberry32, a small generator of pseudo-random numbers (Tommy Ettinger, 2017): the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Dice {
  readonly #random: () => number;
  constructor(seed: number) {
    this.#random = randomOf(seed);
  }

  upTo(n: number): number {
    return Math.floor(this.#random() * n);
  }

  of<T>(all: readonly T[]): T {
    return all[this.upTo(all.length)] as T;
  }

  /** A word that is in no dictionary and in none of the texts. */
  word(least: number, most: number): string {
    const n = least + this.upTo(most - least + 1);
    const letters = Array.from({ length: n }, (_, k) => this.of(Array.from(k % 2 === 0 ? "bdfgklmprtvz" : "aeiouüé")));
    return ["Zq", ...letters].join("");
  }
}

type Value = [value: string, field: string];

const VALUES: readonly ((d: Dice) => Value)[] = [
  (d) => [`${d.word(4, 9)} ${d.word(4, 9)}`, "Full name"],
  (d) => [`${d.word(4, 6)}-${d.word(4, 6)} ${d.word(4, 9)}`, "name"],
  (d) => [d.word(5, 9), "Last name"],
  (d) => [`${String(11 + d.upTo(900))} ${d.word(4, 9)} ${d.of(["Lane", "Street", "Crescent"])}`, "address-line1"],
  (d) => [`${d.word(5, 8)}.${d.word(5, 8)}@${d.word(5, 8)}.example`.normalize("NFD").replace(/[^\w.@]/g, ""), "email"],
  (d) => [`${d.word(6, 9)} ${d.word(6, 9)}`, "What is this for?"],
];

/** Ways in which a page shows a value again. Each must leave at least what a person would still recognise. */
const DISGUISES: readonly ((value: string, d: Dice, field: string) => string)[] = [
  (v) => v,
  (v) => v.toUpperCase(),
  (v) => v.toLowerCase(),
  (v) => v.replaceAll(" ", "  "),
  (v) => v.replaceAll(" ", "\n            "),
  (v) => v.replaceAll(" ", "\u00a0"),
  (v, d) => v.replaceAll(" ", d.of(["-", "_", ".", ", ", " - ", "+", ""])),
  (v) => encodeURIComponent(v),
  (v) => encodeURIComponent(encodeURIComponent(v)),
  (v) => new URLSearchParams({ q: v }).toString().slice(2),
  (v) => v.normalize("NFD"),
  // The parts of a value of which nothing is known are no names: they count together.
  (v, _, field) => (/name/i.test(field) ? v.split(" ").reverse().join(", ") : v),
  (v, d) => `${v.slice(0, v.length - 1 - d.upTo(3))}…`,
  (v, d) => `${v.slice(0, v.length - 1 - d.upTo(3))}...`,
  (v, d) => v.slice(0, Math.max(11, v.length - 1 - d.upTo(3))),
  (v) => base64(v),
  (v, d) => base64(`${"x".repeat(d.upTo(3))}{"a":"${v}"}`).replaceAll("+", "-").replaceAll("/", "_"),
];

const AROUND: readonly [before: string, after: string][] = [
  ["", ""],
  ["Hello ", "!"],
  ["<b>", "</b> is what you wrote"],
  ["https://shop.example/orders/", "?page=2"],
  ["https://shop.example/?page=2#", ""],
  ["Your order for “", "” is on its way (3 items, $1,299.00)"],
  ["{\"greeting\":\"", "\"}"],
];

const HARMLESS = [
  "An oak chair, 4.5 of 5 stars, 1,204 reviews", "Free delivery on Monday", "https://shop.example/chairs?page=2&sort=price",
  "Size 42, colour: moss green", "iPhone 7 case", "A quiet lane in the old street", "Qty 12 - add to cart",
];

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text))).replaceAll("=", "");
}

/** What a text says, in small letters and digits, with what it hides in escapes and base64. */
function bare(text: string): string {
  const readings = [text.replace(/\[[A-Z_]+\]/g, "|")];
  for (let n = 0; n < 2; n++) readings.push(readings.at(-1)?.replace(/(?:%[\da-f]{2})+/gi, unescape) ?? "");
  for (const [run] of (readings[0] ?? "").matchAll(/[\w+/=-]{8,}/g)) {
    for (const skip of [0, 1, 2, 3]) {
      const coded = run.slice(skip).replaceAll("-", "+").replaceAll("_", "/").replace(/[^\w+/]/g, "");
      readings.push(decoded(coded.slice(0, coded.length - (coded.length % 4 === 1 ? 1 : 0))));
    }
  }
  return readings.map(plain).join(" | ");
}

function decoded(coded: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(coded), (c) => c.charCodeAt(0)));
  } catch {
    return "";
  }
}

function unescape(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}

const plain = (text: string): string => text.normalize("NFD").toLowerCase().replace(/[^\p{L}\p{N}|]/gu, "");

/** Runs of the value's characters that are in the text, but not in it for another reason. */
function remains(text: string, value: string, without: string): string[] {
  const [said, known, wanted] = [bare(text), bare(without), plain(value)];
  const runs = Array.from({ length: Math.max(0, wanted.length - LEAK + 1) }, (_, k) => wanted.slice(k, k + LEAK));
  return runs.filter((run) => said.includes(run) && !known.includes(run));
}

it("leaves nothing of a value in any disguise", { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const d = new Dice(seed);
    const [value, field] = d.of(VALUES)(d);
    const [before, after] = d.of(AROUND);
    const text = before + d.of(DISGUISES)(value, d, field) + after;
    const echo = new EchoMemory();
    echo.add(value, field);
    const engine = new Redactor(echo);
    const generic = "lane street crescent example";
    const scrubbed = engine.text(text);
    expect(remains(scrubbed, value, before + after + generic), `seed ${String(seed)}: ${value} in ${text} gave ${scrubbed}`).toEqual([]);
    expect(engine.text(scrubbed), `seed ${String(seed)}, twice`).toBe(scrubbed);
    if (!text.startsWith("https:")) continue;
    const url = engine.url(text);
    expect(remains(url, value, before + after + generic), `seed ${String(seed)}: ${value} in ${text} gave ${url}`).toEqual([]);
  }
});

it("changes no text that a value is not in", { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const d = new Dice(seed);
    const echo = new EchoMemory();
    for (let k = d.upTo(6); k >= 0; k--) echo.add(...d.of(VALUES)(d));
    const text = Array.from({ length: 1 + d.upTo(4) }, () => d.of(HARMLESS)).join(d.of([" ", "\n", " | "]));
    expect(echo.scrub(text), `seed ${String(seed)}`).toBe(text);
  }
});
