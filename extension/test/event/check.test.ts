import { describe, expect, it } from "vitest";
import { checkEvent } from "../../src/event/check";
import { uuid7 } from "../../src/event/ids";
import { T0, click } from "../background/samples";

const event = { ...click(), seq: 1, tab: 1, frame: "0" };

describe("an event", () => {
  it("is taken when the server would take it", () => {
    expect(checkEvent(event)).toEqual([]);
  });

  it.each([
    ["a missing page", { page: undefined }, "event.page"],
    ["an unknown member", { extra: 1 }, "event"],
    ["a number out of range", { seq: 0 }, "event.seq"],
    ["a fraction where a whole number belongs", { time: T0 + 0.5 }, "event.time"],
    ["the details of another type", { scroll: { from: { x: 0, y: 0 }, to: { x: 0, y: 0 } } }, "event.scroll"],
    ["no details of its own", { type: "key" }, "event.key"],
    ["an attribute that is not on the list", { target: { tag: "a", attributes: { onclick: "x" } } }, "event.target.attributes"],
    ["text that is too long", { target: { tag: "a", role: "x".repeat(51) } }, "event.target.role"],
    ["half a character", { target: { tag: "a", text: "\ud800" } }, "event.target.text"],
  ])("is refused for %s", (_, change, location) => {
    expect(checkEvent({ ...event, ...change }).map((m) => m.location)).toContain(location);
  });

  it("is refused when it holds the value of a private field, without repeating it", () => {
    const typed = { ...event, click: undefined, type: "input", input: { value: "Linda", private: true } };
    const mistakes = checkEvent(typed);
    expect(mistakes.map((m) => m.location)).toEqual(["event.input.value"]);
    expect(JSON.stringify(mistakes)).not.toContain("Linda");
  });
});

it("makes ids of UUID version 7 that sort by time", () => {
  const ids = [T0, T0 + 1, T0 + 70_000].map(uuid7);
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
