// @vitest-environment jsdom
import { expect, it } from "vitest";
import { drawnBeyond } from "../../src/content/drawn";

/** A window in which elements have the styles that their data-style attribute names. */
const view = {
  getComputedStyle: (element: Element) => {
    const own = JSON.parse(element.getAttribute("data-style") ?? "{}") as Record<string, string>;
    return { textShadow: "none", filter: "none", ...own, getPropertyValue: (name: string) => own[name] ?? "none" };
  },
} as unknown as Window;

function inner(outer: Record<string, string>, own: Record<string, string> = {}): Element {
  const [around, element] = [document.createElement("div"), document.createElement("p")];
  around.append(element);
  around.setAttribute("data-style", JSON.stringify(outer));
  element.setAttribute("data-style", JSON.stringify(own));
  return element;
}

it.each([
  ["nothing", {}, {}, 0],
  ["two shadows of its text", {}, { textShadow: "rgb(0, 0, 0) 0px 60px 2px, red -5px 1px 0px" }, 68],
  ["a filter around it", { filter: "drop-shadow(rgb(0, 0, 0) 0px 60px 4px)" }, {}, 192],
  ["a filter that draws nothing a second time", { filter: "grayscale(1)" }, {}, 0],
  ["a filter of the page's own", { filter: 'url("#far")' }, {}, Infinity],
  ["a reflection around it", { "-webkit-box-reflect": "below 0px" }, {}, Infinity],
] as const)("reaches as far as %s draws it", (_, outer, own, margin) => {
  expect(drawnBeyond(inner(outer, own), view)).toBe(margin);
});
