import { describe, expect, it } from "vitest";
import { EchoMemory, Redactor } from "../../src/redact";

function memory(...values: [value: string, field: string][]): EchoMemory {
  const echo = new EchoMemory();
  for (const [value, field] of values) echo.add(value, field);
  return echo;
}

describe("other forms of a value", () => {
  const echo = memory(["1990-03-05", "Date of birth"], ["Lindenstraße 4", "address-line1"], ["12 Willow Street", "address-line1"]);

  it.each(["05/03/1990", "3/5/1990", "5.3.1990", "March 5, 1990", "5. März 1990", "5 mars 1990", "5 de marzo de 1990", "Lindenstr. 4", "12 Willow St"])(
    "replaces %j",
    (text) => {
      expect(echo.scrub(`> ${text} <`)).toMatch(/^> \[(?:PRIVATE|ADDRESS|DATE_OF_BIRTH)\] <$/);
    },
  );

  it.each(["53 1990", "5/31990", "March 1990", "6/3/1990"])("leaves %j alone", (text) => {
    expect(echo.scrub(text)).toBe(text);
  });
});

it("counts a common word of a name only beside the rest of it", () => {
  const echo = memory(["Rose Kowalczyk", "Full name"]);
  expect(echo.scrub("A rose garden")).toBe("A rose garden");
  expect(echo.scrub("ROSE KOWALCZYK")).toBe("[PERSON]");
  expect(echo.scrub("Kowalczyk, Rose")).toBe("[PERSON], [PERSON]");
});

it("withholds every text once there are too many values", () => {
  const echo = new EchoMemory();
  for (let k = 0; k <= 500; k++) echo.add(`Zqvname${String(k)}`, "name");
  expect(echo.scrub("anything")).toBe("[PRIVATE]");
  expect(echo.scrub("[PRIVATE]")).toBe("[PRIVATE]");
});

it("shows nothing of what it remembers", () => {
  const echo = memory(["Zqvortex Kowalczyk", "name"]);
  expect(JSON.stringify({ echo })).toBe('{"echo":{}}');
  expect(JSON.stringify(structuredClone(echo))).toBe("{}");
  expect(Reflect.ownKeys(echo)).toEqual([]);
});

it("does the same twice with hostile values", { timeout: 60_000 }, () => {
  const values = ["", "...", "(.*)+[", "😀😀", "e\u0301\u0301", "שלום כהן", "a".repeat(10_000), "[PERSON]", "PERSON", "\u0000", "Zq 12"];
  const echo = memory(...values.map((v): [string, string] => [v, "name"]));
  const redactor = new Redactor(echo);
  for (const a of values) {
    for (const b of values) {
      const once = redactor.text(`x ${a} [PERSON] ${b} [EMAIL]`);
      expect(redactor.text(once)).toBe(once);
    }
  }
});

it("takes about as long for many values as for one", () => {
  const few = memory(["Zqvortexa", "name"]);
  const many = memory(...Array.from({ length: 200 }, (_, k): [string, string] => [`Zqv${k.toString(36)}xortex`, "name"]));
  const text = "Some ordinary words of a page, with 12 numbers. ".repeat(2000);
  const time = (echo: EchoMemory): number => {
    const start = performance.now();
    echo.spans(text);
    return performance.now() - start;
  };
  const best = { few: Infinity, many: Infinity };
  for (let n = 0; n < 7; n++) {
    best.few = Math.min(best.few, time(few));
    best.many = Math.min(best.many, time(many));
  }
  expect(best.many / best.few).toBeLessThan(2);
});
