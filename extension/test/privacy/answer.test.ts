import { expect, it } from "vitest";
import { withoutAnswer } from "../../src/privacy/answer";

it("leaves of a private answer that it was pressed, and where", () => {
  const target = withoutAnswer({
    tag: "input",
    role: "radio",
    name: "Zoroastrian",
    text: "Zoroastrian",
    attributes: { type: "radio", id: "zoroastrian", name: "r", class: "option zoroastrian" },
    box: { x: 1, y: 2, width: 3, height: 4 },
    selectors: [{ kind: "role", value: 'radio[name="Zoroastrian"]', matches: 1, verified: true }],
    ancestors: [{ tag: "label", id: "of-zoroastrian", name: "Zoroastrian" }, { tag: "fieldset", role: "group" }],
    nearby: ["Zoroastrian", "Jainist"],
  });
  expect(JSON.stringify(target)).not.toMatch(/zoroastrian/i);
  expect(target).toEqual({
    tag: "input",
    role: "radio",
    attributes: { type: "radio" },
    box: { x: 1, y: 2, width: 3, height: 4 },
    selectors: [{ kind: "role", matches: 1, verified: true, withheld: "private" }],
    ancestors: [{ tag: "label" }, { tag: "fieldset", role: "group" }],
    withheld: { name: "private", "@id": "private", "@name": "private", "@class": "private" },
  });
});
