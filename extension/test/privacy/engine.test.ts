import { expect, it } from "vitest";
import { Scrubbers } from "../../src/privacy/engine";

const named = (value: string): { value: string; field: string } => ({ value, field: "name" });

it("knows what was typed before and what is being typed, the latest only", () => {
  const scrubbers = new Scrubbers();
  const settled = [named("Zdravka")];
  const text = "Zdravka Quillfeather";
  expect(scrubbers.knowing(settled, [named("Quill")]).text(text)).toBe("[PERSON] Quillfeather");
  expect(scrubbers.knowing(settled, [named("Quillfeather")]).text(text)).toBe("[PERSON] [PERSON]");
  expect(scrubbers.knowing([], []).text(text)).toBe(text);
  expect(scrubbers.knowing(settled, [named("Li")]).text("Zdravka Li bought a Li-ion battery")).toBe("[PERSON] [PERSON] bought a Li-ion battery");
});

it("makes a scrubber at each key for much less than all values cost", () => {
  const settled = Array.from({ length: 450 }, (_, k) => ({ value: `${String(k)} Zqvlane Street, Millbrook`, field: "address" }));
  const scrubbers = new Scrubbers();
  const took = (work: () => unknown): number => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const all = took(() => scrubbers.knowing(settled, []).text("An oak chair"));
  const key = Math.min(...["Q", "Qu", "Qui"].map((value) => took(() => scrubbers.knowing(settled, [named(value)]).text("An oak chair"))));
  expect(key).toBeLessThan(all / 4);
});
