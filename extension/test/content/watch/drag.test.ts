// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import type { Seen } from "../../../src/content/recorder";
import type { Press } from "../../../src/content/watch/click";
import { watchDrags } from "../../../src/content/watch/drag";
import { fakeWatch } from "./fake";

const find = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};

function at(type: string, x: number, y: number, more: object = {}): Event {
  return Object.assign(new Event(type, { bubbles: true }), { clientX: x, clientY: y, button: 0, pointerType: "mouse", ...more });
}

function place(element: Element, left: number, top: number): void {
  element.getBoundingClientRect = () => new DOMRect(left, top, 50, 20);
}

let w: ReturnType<typeof fakeWatch>;
let press: { underWay: Press["underWay"]; forget(): void; forgotten: boolean };

/** Presses on an element, and tells the watcher as the one of clicks would. */
function down(selector: string, x: number, y: number): void {
  press.underWay = { element: find(selector), seen: w.recorder.see(find(selector)) };
  w.fire(at("pointerdown", x, y), find(selector));
}

beforeEach(() => {
  document.body.replaceChildren(
    document.createRange().createContextualFragment("<ul><li id=a>A</li><li id=b>B</li></ul><button id=c>C</button><p id=d draggable=true>D</p><div id=zone></div>"),
  );
  place(find("#a"), 0, 0);
  place(find("#b"), 0, 100);
  place(find("#c"), 0, 200);
  document.elementsFromPoint = () => [find("#a"), find("#b"), find("ul")];
  w = fakeWatch();
  press = { underWay: undefined, forgotten: false, forget: () => { press.forgotten = true; } };
  watchDrags(w.watch, press);
});

const told = () => w.told.map(({ type, on, drag, drop }) => [type, on?.id, drag ?? drop]);

describe("a drag", () => {
  it("that the page makes itself has its begin and its end, and is no click", () => {
    down("#a", 10, 10);
    place(find("#a"), 0, 98);
    find("#a").className = "dragging";
    w.fire(at("pointerup", 10, 110), find("#a"));
    expect(told()).toEqual([["drag", "a", { x: 10, y: 10 }], ["drop", "b", { x: 10, y: 110 }]]);
    expect(press.forgotten).toBe(true);
  });

  it("of the browser's own has its begin and its end", () => {
    down("#d", 5, 5);
    w.fire(at("dragstart", 9, 9), find("#d"));
    w.fire(at("drop", 300, 5, { dataTransfer: { files: [] } }), find("#zone"));
    expect(told()).toEqual([["drag", "d", { x: 5, y: 5 }], ["drop", "zone", { x: 300, y: 5 }]]);
  });

  it("is none where nothing moved, or only the hand shook", () => {
    down("#a", 10, 10);
    w.fire(at("pointerup", 10, 110), find("#b"));
    down("#a", 10, 10);
    find("#a").className = "pressed";
    w.fire(at("pointerup", 14, 13), find("#a"));
    expect(told()).toEqual([]);
    expect(press.forgotten).toBe(false);
  });

  it("is none where a press on a button is taken back", () => {
    down("#c", 10, 210);
    find("#c").className = "pressed";
    w.fire(at("pointerup", 10, 310), find("ul"));
    expect(told()).toEqual([]);
  });

  it("is none where text is selected", () => {
    down("#a", 10, 10);
    find("#a").className = "x";
    document.getSelection()?.selectAllChildren(find("#a"));
    w.fire(at("pointerup", 40, 110), find("#b"));
    expect(told()).toEqual([]);
    document.getSelection()?.removeAllRanges();
  });
});

describe("files that are dropped", () => {
  it("are counted, not named, and what comes from nowhere is nothing", () => {
    const files = [{ name: "Passport of Zdravka.pdf" }, { name: "b.pdf" }];
    w.fire(at("drop", 7, 7, { dataTransfer: { files } }), find("#zone"));
    w.fire(at("drop", 7, 7, { dataTransfer: { files: [] } }), find("#zone"));
    expect(w.told).toHaveLength(1);
    expect(w.told[0]?.drop).toEqual({ x: 7, y: 7, files: 2 });
    expect(JSON.stringify(w.told[0]?.drop)).not.toContain("Passport");
    const seen: Seen | undefined = w.told[0]?.seen;
    expect(seen).toBeDefined();
  });
});
