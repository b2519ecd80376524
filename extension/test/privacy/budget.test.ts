import { describe, expect, it } from "vitest";
import { BUDGET_MS, withinBudget } from "../../src/privacy/budget";
import { clean } from "../../src/privacy/clean";
import { engineScrubber } from "../../src/privacy/engine";
import type { Scrubber } from "../../src/privacy/scrubber";
import { click, page } from "../background/samples";

/** A clock that a scrubber moves, as if it needed so long for each text. */
function slow(ms: number): { scrubber: Scrubber; now: () => number } {
  const engine = engineScrubber([]);
  let time = 0;
  const taking = <T>(result: T): T => {
    time += ms;
    return result;
  };
  return {
    now: () => time,
    scrubber: {
      text: (text) => taking(engine.text(text)),
      url: (url) => taking(engine.url(url)),
      contains: (text) => taking(engine.contains(text)),
      spans: (text) => taking(engine.spans(text)),
    },
  };
}

const names = (n: number): string[] => Array.from({ length: n }, (_, i) => `Chair number ${i}`);

const snapshot = (n: number) => ({
  ...click(),
  page: { ...page, url: "https://shop.example/chairs?page=2", title: "Chairs" },
  snapshot: { id: "s", elements: names(n).map((name) => ({ role: "link", tag: "a", name })) },
});

describe("the budget of an event", () => {
  it("leaves what was scanned in time, and withholds the rest", () => {
    const { scrubber, now } = slow(BUDGET_MS / 10);
    const out = clean(snapshot(40), scrubber, now);
    const cleaned = out.snapshot.elements.map((e) => e.name);
    const kept = cleaned.indexOf("[PRIVATE]");
    expect(kept).toBeGreaterThan(0);
    expect(cleaned).toEqual([...names(kept), ...names(40 - kept).map(() => "[PRIVATE]")]);
    expect(out.redactions).toEqual({ PRIVATE: 40 - kept });
  });

  it("withholds evidence and addresses too", () => {
    const { scrubber, now } = slow(2 * BUDGET_MS);
    const target = { tag: "a", name: "Chairs", attributes: { id: "chairs" }, selectors: [{ kind: "css" as const, value: "#chairs", matches: 1 }] };
    const out = clean({ ...snapshot(0), target }, scrubber, now);
    expect(out.target).toEqual({
      tag: "a",
      attributes: {},
      selectors: [{ kind: "css", matches: 1, withheld: "private" }],
      withheld: { name: "private", "@id": "private" },
    });
    expect(withinBudget(scrubber, now).url("https://shop.example/chairs?page=2")).toBe("https://shop.example/chairs?page=2");
  });

  it("stops within a text that takes too long, and withholds all of it", () => {
    let asked = 0;
    const now = (): number => BUDGET_MS * (asked++ / 50); // each question takes a fiftieth of the budget
    const hostile = "7 rue de la Paix, ".repeat(100_000);
    const within = withinBudget(engineScrubber([]), now);
    expect(within.text("Chairs")).toBe("Chairs");
    expect(within.text(hostile)).toBe("[PRIVATE]");
    expect(asked).toBeLessThan(60); // of the hundreds that the whole text would take
    expect(within.text("Chairs")).toBe("[PRIVATE]");
  });

  it.each(["@", "a@", " dot ", "1.2 "])("stops within a text of %j only", (piece) => {
    let asked = 0;
    const within = withinBudget(engineScrubber([]), () => (asked++ < 5 ? 0 : BUDGET_MS));
    const text = piece.repeat(100_000);
    expect(within.contains(text)).toBe(true);
    expect(within.url("https://shop.example/chairs?page=2")).toBe("https://shop.example");
    expect(within.spans("Chairs")).toEqual([{ start: 0, end: 6, type: "PRIVATE", rule: "withheld" }]);
  });

  it("is enough for a large page of ordinary text, and changes nothing the second time", () => {
    const event = snapshot(500);
    const once = clean(event, engineScrubber([]));
    expect(once.snapshot.elements).toEqual(event.snapshot.elements);
    expect(clean(once, engineScrubber([]))).toEqual(once);
  });
});
