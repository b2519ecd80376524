// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Peer } from "../../src/content/peers";
import { peersIn } from "../../src/content/peers";
import { countIn, referenceTo, takeSnapshot } from "../../src/content/snapshot";

/** The test environment's global object stands before the window, and is not it. */
const top = document.defaultView ?? window;
const BOX = { x: 5, y: 7, left: 5, top: 7, right: 105, bottom: 27, width: 100, height: 20, toJSON: () => "" };

/** A frame with this markup, put where the page has a place for it. */
function frameIn(place: string, markup: string): Window & typeof globalThis {
  const frame = document.createElement("iframe");
  document.querySelector(place)?.append(frame);
  const view = frame.contentWindow;
  if (!view) throw new Error("no frame");
  vi.spyOn((view as typeof globalThis & Window).Element.prototype, "getBoundingClientRect").mockReturnValue(BOX);
  view.document.body.replaceChildren(view.document.createRange().createContextualFragment(markup));
  return view as typeof globalThis & Window;
}

function recorded(view: Window, frame: string | undefined, more: Partial<Peer> = {}): void {
  const peer: Peer = {
    isAlive: () => true,
    stop: () => undefined,
    frame: () => frame,
    view: () => "",
    typed: () => [],
    kindOf: () => "harmless",
    isPrivateAnswer: () => false,
    ...more,
  };
  Object.assign(view, { codesight: peer });
}

/** The test environment is slow: its clock stands still but in the tests of time. */
const taken = (own: Window, x = 0, y = 0, now = () => 0) => takeSnapshot(own, { x, y, outer: top }, "s", now);
const listOf = (own: Window) => taken(own).entries.map(({ name, frame }) => [name, frame]);

beforeEach(() => {
  document.body.replaceChildren(
    document.createRange().createContextualFragment("<button>First</button><p></p><button>Pay</button>"),
  );
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(BOX);
  recorded(top, "0");
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe("a snapshot", () => {
  it("lists the same elements in page order, whichever frame is acted in", () => {
    const inner = frameIn("p", "<button>Inside</button>");
    recorded(inner, "7");
    expect(listOf(top)).toEqual([["First", undefined], ["Inside", "7"], ["Pay", undefined]]);
    expect(listOf(inner)).toEqual([["First", "0"], ["Inside", undefined], ["Pay", "0"]]);
  });

  it("points to the target's place in the whole list, with boxes in the outermost page's coordinates", () => {
    const inner = frameIn("p", "<button>Inside</button>");
    recorded(inner, "7");
    const button = inner.document.querySelector("button") ?? undefined;
    const list = taken(inner);
    expect(referenceTo(list, button)).toEqual({ id: "s", target: 1 });
    expect(list.entries[1]?.box).toEqual({ x: 10, y: 14, width: 100, height: 20 });
  });

  it("counts equal names in the own document only, as selectors do", () => {
    const inner = frameIn("p", "<button>Pay</button>");
    recorded(inner, "7");
    expect(countIn(taken(top), "button", "Pay")).toBe(1);
  });

  it("ends when its time is up, with what is in view, in page order", () => {
    const buttons = Array.from({ length: 40 }, (_, i) => `<button>${i}</button>`).join("");
    document.body.replaceChildren(document.createRange().createContextualFragment(buttons));
    document.querySelectorAll("button").forEach((button, i) => {
      button.getBoundingClientRect = () => ({ ...BOX, top: i < 20 ? 5000 : 0, bottom: i < 20 ? 5020 : 20 });
    });
    let time = 0;
    const list = taken(top, 0, 0, () => (time += 1.5));
    expect(list.truncated).toBe(true);
    expect(list.entries.length).toBeGreaterThan(22);
    const names = list.entries.map((e) => Number(e.name));
    expect(names.filter((n) => n >= 20)).toHaveLength(20);
    expect(names).toEqual(names.toSorted((a, b) => a - b));
    expect(list.elements.map((e) => Number(e.textContent))).toEqual(names);
    expect(countIn(list, "button", "3")).toBeUndefined();
  });

  it("shows a box to tick that the page draws itself in the place of its label", () => {
    document.body.replaceChildren(
      document.createRange().createContextualFragment("<label>Gift wrap<input type=checkbox hidden></label><input type=checkbox hidden>"),
    );
    for (const input of document.querySelectorAll("input")) input.getBoundingClientRect = () => ({ ...BOX, width: 0, height: 0 });
    expect(taken(top).entries).toMatchObject([{ role: "checkbox", name: "Gift wrap", box: { x: 5, width: 100 } }]);
  });

  it("leaves out frames without a recorder that the worker knows", () => {
    const inner = frameIn("p", "<button>Inside</button>");
    recorded(inner, undefined);
    frameIn("p", "<button>Unknown</button>");
    expect(listOf(top)).toEqual([["First", undefined], ["Pay", undefined]]);
  });

  it("shows the own document where the page around it has no recorder", () => {
    const inner = frameIn("p", "<button>Inside</button>");
    Object.assign(top, { codesight: undefined });
    expect(listOf(inner)).toEqual([["Inside", undefined]]);
  });

  it("never reads a field of another frame that was once private there", () => {
    const inner = frameIn("p", "<input type=search aria-label=Search>");
    recorded(inner, "7", { kindOf: () => "never" });
    expect(taken(top).entries.find((e) => e.tag === "input")?.value).toBe("private");
  });
});

describe("the recorders of a page", () => {
  it("find each other in all frames, and not one that has ended", () => {
    const outer = frameIn("p", "<iframe></iframe><iframe></iframe>");
    const [inner, ended] = [outer[0], outer[1]];
    if (!inner || !ended) throw new Error("no frame");
    recorded(outer, "7");
    recorded(inner, "8");
    recorded(ended, "9", { isAlive: () => false });
    expect(peersIn(outer, inner).map((peer) => peer.frame())).toEqual(["7"]);
    expect(peersIn(outer, outer).map((peer) => peer.frame())).toEqual(["8"]);
  });
});
