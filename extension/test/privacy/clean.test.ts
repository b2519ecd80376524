import { describe, expect, it } from "vitest";
import { type Content, LOOKAHEAD, clean, cleanText } from "../../src/privacy/clean";
import { engineScrubber } from "../../src/privacy/engine";
import { strictScrubber } from "../../src/privacy/scrubber";
import { click, page } from "../background/samples";

const scrubber = engineScrubber([{ value: "Zdravka Quillfeather", field: "name" }]);

const event: Content = {
  ...click(),
  page: { ...page, url: "https://shop.example/hello?q=oak+chair&who=Zdravka+Quillfeather", title: "Hello, Zdravka Quillfeather" },
  target: {
    tag: "a",
    role: "link",
    name: "Account of Zdravka Quillfeather",
    text: "Zdravka Quillfeather, log out",
    attributes: { id: "zdravka-quillfeather", class: "link", href: "https://shop.example/u/Zdravka-Quillfeather", title: "Log out" },
    selectors: [
      { kind: "role", value: 'link[name="Account of Zdravka Quillfeather"]', matches: 1, verified: true },
      { kind: "css", value: "header > a.link", matches: 1, verified: true },
    ],
    ancestors: [{ tag: "div", name: "Zdravka Quillfeather" }, { tag: "header" }],
    nearby: ["Deliver to Zdravka Quillfeather", "Cart"],
  },
  snapshot: { id: "s", elements: [{ role: "link", tag: "a", name: "Account of Zdravka Quillfeather" }] },
};

describe("cleaning an event", () => {
  it("leaves nothing of a typed value anywhere", () => {
    expect(JSON.stringify(clean(event, scrubber))).not.toMatch(/zdravka|quillfeather/i);
  });

  it("replaces it in what people read", () => {
    const { page: cleaned, target, snapshot } = clean(event, scrubber);
    expect(cleaned.title).toBe("Hello, [PERSON]");
    expect(target?.text).toBe("[PERSON], log out");
    expect(snapshot?.elements?.[0]?.name).toBe("Account of [PERSON]");
  });

  it("leaves identity evidence out, with its reason, and never rewrites it", () => {
    const { target } = clean(event, scrubber);
    expect(target?.name).toBeUndefined();
    expect(target?.withheld).toEqual({ name: "private", "@id": "private" });
    expect(target?.selectors).toEqual([
      { kind: "role", matches: 1, verified: true, withheld: "private" },
      { kind: "css", value: "header > a.link", matches: 1, verified: true },
    ]);
    expect(target?.ancestors).toEqual([{ tag: "div" }, { tag: "header" }]);
    expect(target?.attributes).toMatchObject({ class: "link", title: "Log out" });
  });

  it("counts what it took out", () => {
    expect(clean(event, scrubber).redactions?.["PERSON"]).toBeGreaterThan(3);
  });

  it("changes nothing the second time", () => {
    const once = clean(event, scrubber);
    expect(clean(once, scrubber)).toEqual(once);
  });

  it("does not touch the value of a private field, which is a placeholder already", () => {
    const typed: Content = { ...click(), type: "input", input: { value: "[PRIVATE]", private: true } };
    expect(clean(typed, scrubber).input).toEqual({ value: "[PRIVATE]", private: true });
  });

  it("withholds every text while it is not known what was typed elsewhere", () => {
    expect(JSON.stringify(clean(event, strictScrubber))).not.toMatch(/zdravka|quillfeather|log out|oak/i);
  });
});

describe("cleaning a text", () => {
  const card = "4716 8204 3951 7739";

  it("sees a value that crosses the end of what is kept as a whole", () => {
    for (let before = 170; before < 205; before++) {
      const text = `${"x".repeat(before)} ${card} and more`;
      expect(cleanText(text, 200, scrubber)).not.toMatch(/\d{4}/);
    }
  });

  it("keeps to its limit", () => {
    expect(cleanText("word ".repeat(100), 200, scrubber).length).toBeLessThanOrEqual(200);
    expect(LOOKAHEAD).toBeGreaterThan(card.length);
  });

  it("counts a short value beside its label in another element", () => {
    const short = engineScrubber([{ value: "Li", field: "Last name" }]);
    const one = { matches: 1, verified: true };
    const css = { kind: "css" as const, value: "td.last", ...one };
    const selectors = [{ kind: "text" as const, value: "Li", ...one }, { kind: "role" as const, value: 'cell[name="Li"]', ...one }, css];
    const target = { tag: "td", name: "Li", text: "Li", selectors, nearby: ["Last name", "Li-ion battery"] };
    expect(clean({ ...click(), target }, short).target).toEqual({
      tag: "td",
      text: "[PERSON]",
      selectors: [{ kind: "text", ...one, withheld: "private" }, { kind: "role", ...one, withheld: "private" }, css],
      nearby: ["Last name", "Li-ion battery"],
      withheld: { name: "private" },
    });
    const other = { ...target, selectors: [css], nearby: ["Battery", "Li-ion battery"] };
    expect(clean({ ...click(), target: other }, short).target).toEqual(other);
    const label = { tag: "th", name: "Last name", text: "Last name", nearby: ["Li"] };
    expect(clean({ ...click(), target: label }, short).target.nearby).toEqual(["[PERSON]"]);
  });
});
