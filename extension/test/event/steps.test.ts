import { expect, it } from "vitest";
import { isStep } from "../../src/event/steps";
import type { Event } from "../../src/event/types";

it("counts what a person did, once, and not what came of it", () => {
  const recorded: Pick<Event, "type" | "select">[] = [
    { type: "navigation" },
    { type: "snapshot" },
    { type: "click" },
    { type: "select", select: { checked: true } }, // came of the click
    { type: "input" },
    { type: "key" },
    { type: "submit" }, // came of the key
    { type: "tab" },
    { type: "select", select: { options: ["Walnut"] } },
    { type: "scroll" },
    { type: "gap" },
    { type: "screenshot" },
  ];
  expect(recorded.filter(isStep).map(({ type }) => type)).toEqual(["click", "input", "key", "select", "scroll"]);
});
