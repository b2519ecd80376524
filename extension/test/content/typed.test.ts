// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { Typed } from "../../src/content/typed";

const field = document.createElement("input");
const type = (typed: Typed, text: string): void => {
  for (let n = 1; n <= text.length; n++) typed.note(field, text.slice(0, n), "name");
};

describe("what was typed", () => {
  it("is known while one types, and told when the field is left, without its beginnings", () => {
    const typed = new Typed();
    type(typed, "Linda");
    expect(typed.values()).toEqual([{ value: "Linda", field: "name" }]);
    expect(typed.takeNew()).toEqual([]);
    typed.commit(field);
    expect(typed.takeNew()).toEqual([{ value: "Linda", field: "name" }]);
    expect(typed.takeNew()).toEqual([]);
  });

  it("is remembered when the page empties the field", () => {
    const typed = new Typed();
    type(typed, "Linda");
    typed.note(field, "", "name");
    expect(typed.takeNew()).toEqual([{ value: "Linda", field: "name" }]);
  });

  it("is remembered when something else is put in its place", () => {
    const typed = new Typed();
    type(typed, "linda@example.com");
    typed.note(field, "Bergstrom", "name");
    typed.commit(field);
    expect(typed.takeNew().map((e) => e.value)).toEqual(["linda@example.com", "Bergstrom"]);
  });

  it("goes on in a field that was put in the place of the one before", () => {
    const typed = new Typed();
    for (let n = 1; n <= 5; n++) typed.note(document.createElement("input"), "Linda".slice(0, n), "name");
    typed.commitAll();
    expect(typed.takeNew().map((e) => e.value)).toEqual(["Linda"]);
  });

  it("is remembered when its field goes and another one is filled in", () => {
    const typed = new Typed();
    type(typed, "Linda");
    typed.note(document.createElement("input"), "L", "name");
    expect(typed.takeNew().map((e) => e.value)).toEqual(["Linda"]);
  });

  it("is told once", () => {
    const typed = new Typed();
    type(typed, "Linda");
    typed.commit(field);
    typed.commitAll();
    expect(typed.takeNew().length).toBe(1);
  });

  it("is one value where the page takes the focus away at each key", () => {
    const typed = new Typed();
    for (let n = 1; n <= 5; n++) {
      typed.note(field, "Linda".slice(0, n), "name");
      typed.commit(field);
    }
    expect(typed.values().map((e) => e.value)).toEqual(["Linda", "Linda"]);
    expect(typed.takeNew()).toEqual([{ value: "Linda", field: "name" }]);
  });

  it("takes back a beginning that was told already", () => {
    const typed = new Typed();
    for (const [value, told] of [["Li", {}], ["Linda", { instead: "Li" }]] as const) {
      typed.note(field, value, "name");
      typed.commit(field);
      expect(typed.takeNew()).toEqual([{ value, field: "name", ...told }]);
    }
  });

  it("keeps a shorter value that was sent, or left for long, before a longer one", () => {
    let now = 0;
    const typed = new Typed(() => now);
    typed.note(field, "Li", "name");
    typed.commit(field, true);
    typed.note(field, "Linda", "name");
    typed.commit(field);
    now += 5000;
    typed.note(field, "Lindau", "name");
    typed.commit(field);
    expect(typed.takeNew().map((e) => e.value)).toEqual(["Li", "Linda", "Lindau"]);
  });

  it.each([
    ["emptied", () => field],
    ["replaced", () => document.createElement("input")],
  ])("is put together where the field is %s at each key", (_, next) => {
    const typed = new Typed();
    for (const letter of "Zdravka") typed.note(next(), letter, "name");
    typed.commitAll();
    expect(typed.takeNew().map((e) => e.value)).toContain("Zdravka");
  });
});
