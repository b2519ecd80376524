// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchHovers } from "../../../src/content/watch/hover";
import { fakeWatch } from "./fake";

const find = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};

function over(selector: string): [Event, Element] {
  const event = Object.assign(new Event("pointerover", { bubbles: true }), { clientX: 5, clientY: 6, pointerType: "mouse", buttons: 0 });
  return [event, find(selector)];
}

/** A style that shows what is marked, as a test can have it. */
let shownByStyle = false;
let w: ReturnType<typeof fakeWatch>;

beforeEach(() => {
  vi.useFakeTimers();
  shownByStyle = false;
  Element.prototype.checkVisibility = function visible(this: Element) {
    return this.closest("[hidden]") === null && (shownByStyle || this.closest(".menu") === null);
  };
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 100, 20));
  document.body.replaceChildren(
    document.createRange().createContextualFragment("<nav><button id=b>Shop</button><div class=menu><a id=m href=/x>Chairs</a></div></nav><a id=o href=/o>Other</a>"),
  );
  w = fakeWatch();
  watchHovers(w.watch);
  w.rests();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const hovers = () => w.told.map(({ type, on, hover }) => [type, on?.id, hover?.duration_ms]);

describe("a hover", () => {
  it("is told where a style reveals something, which the page's pictures and lists then have, too", () => {
    const before = w.recorder.stillness.stamp;
    w.fire(...over("#b"));
    shownByStyle = true;
    vi.advanceTimersByTime(400);
    expect(hovers()).toEqual([["hover", "b", 350]]);
    expect(w.recorder.stillness.stamp).toBeGreaterThan(before);
    const open = w.recorder.stillness.stamp;
    shownByStyle = false;
    w.fire(...over("#o"));
    expect(w.recorder.stillness.stamp).toBeGreaterThan(open);
  });

  it("is told where a script reveals something", () => {
    w.fire(...over("#b"));
    find("nav").append(document.createElement("button"));
    vi.advanceTimersByTime(400);
    expect(hovers()).toEqual([["hover", "b", 350]]);
  });

  it("is told at once where the pointer goes on to what was revealed", () => {
    w.fire(...over("#b"));
    shownByStyle = true;
    vi.advanceTimersByTime(120);
    w.fire(...over("#m"));
    expect(hovers()).toEqual([["hover", "b", 120]]);
  });

  it("is none where the page moves under the pointer: what comes up there was not revealed by the hand", () => {
    find("nav").append(document.createElement("button"));
    w.fire(...over("#b"));
    shownByStyle = true;
    vi.advanceTimersByTime(400);
    expect(hovers()).toEqual([]);
  });

  it("is none where nothing is revealed, or far away, or the pointer goes on or presses", () => {
    w.fire(...over("#b"));
    vi.advanceTimersByTime(400);
    const far = document.createElement("button");
    far.getBoundingClientRect = () => new DOMRect(0, 900, 50, 20);
    w.fire(...over("#o"));
    find("nav").append(far);
    vi.advanceTimersByTime(400);
    w.rests();
    w.fire(...over("#b"));
    vi.advanceTimersByTime(200);
    w.fire(...over("#o"));
    shownByStyle = true;
    w.fire(new Event("pointerdown", { bubbles: true }), find("#o"));
    vi.advanceTimersByTime(400);
    expect(hovers()).toEqual([]);
  });
});
