// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchEffects } from "../../../src/content/watch/effect";
import { fakeWatch } from "./fake";

function show(markup: string): void {
  document.body.replaceChildren(document.createRange().createContextualFragment(markup));
}

const find = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};

/** A press and what it is recorded as, with what the page does in between. */
function clickOn(w: ReturnType<typeof fakeWatch>, selector: string, does: () => void = () => undefined): void {
  w.fire(new Event("pointerdown", { bubbles: true }), find(selector));
  does();
  w.act("click");
}

const effects = ({ told }: ReturnType<typeof fakeWatch>) => told.flatMap((t) => t.effect ?? []);

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(5, 7, 100, 20));
  // The test environment draws nothing.
  Element.prototype.checkVisibility = function visible(this: Element) {
    return this.closest("head,[hidden]") === null;
  };
  show("<main><button id=b>Add</button><p id=note>0</p><i id=slide>1</i><a id=d download href=/x>Get</a></main>");
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("what an action caused", () => {
  it("are the parts of the page that changed until it rests", async () => {
    const w = fakeWatch();
    watchEffects(w.watch);
    clickOn(w, "#b");
    await vi.advanceTimersByTimeAsync(200);
    find("#note").textContent = "1";
    await vi.advanceTimersByTimeAsync(250);
    expect(effects(w)).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(effects(w)).toEqual([{ kind: "changed", regions: [{ x: 5, y: 7, width: 100, height: 20 }], after_ms: 500 }]);
  });

  it("is nothing only after a while in which nothing was seen", async () => {
    const w = fakeWatch();
    watchEffects(w.watch);
    clickOn(w, "#b");
    await vi.advanceTimersByTimeAsync(1400);
    expect(effects(w)).toEqual([]);
    await vi.advanceTimersByTimeAsync(400);
    expect(effects(w)).toMatchObject([{ kind: "none" }]);
  });

  it("is what the press did already", async () => {
    const w = fakeWatch();
    watchEffects(w.watch);
    clickOn(w, "#b", () => { find("main").append(document.createElement("aside")); });
    await vi.advanceTimersByTimeAsync(400);
    expect(effects(w)).toMatchObject([{ kind: "changed", regions: [{}] }]);
  });

  it("is a dialog of the page's own making, which is told too", async () => {
    const w = fakeWatch();
    watchEffects(w.watch);
    clickOn(w, "#b", () => { find("main").insertAdjacentHTML("beforeend", "<div role=dialog>Choose a size</div>"); });
    await vi.advanceTimersByTimeAsync(400);
    expect(w.told.map((t) => t.type)).toEqual(["click", "dialog", "effect"]);
    expect(w.told[1]?.dialog).toEqual({ kind: "modal", action: "opened", message: "Choose a size" });
    expect(effects(w)).toMatchObject([{ kind: "dialog" }]);
  });

  it("is not that nothing came, where the browser asked for another page that is slow to come", async () => {
    const w = fakeWatch();
    watchEffects(w.watch);
    clickOn(w, "#b", () => { w.fire(new Event("beforeunload"), window); });
    await vi.advanceTimersByTimeAsync(5000);
    expect(effects(w)).toEqual([]);
  });

  it("is that a dialog of the page's own making is gone, also one that was open before", async () => {
    const w = fakeWatch();
    show("<div role=dialog id=cookies>Cookies?</div><button id=b>Add</button>");
    watchEffects(w.watch);
    clickOn(w, "#b", () => { find("#cookies").hidden = true; });
    await vi.advanceTimersByTimeAsync(400);
    expect(w.told.map((t) => t.dialog?.action ?? t.effect?.kind ?? t.type)).toEqual(["click", "dismissed", "changed"]);
    expect(w.told[1]?.on?.id).toBe("cookies");
    clickOn(w, "#b");
    await vi.advanceTimersByTimeAsync(2000);
    expect(w.told.filter((t) => t.dialog)).toHaveLength(1);
  });

  it("is a download where the link says so", async () => {
    const w = fakeWatch();
    watchEffects(w.watch);
    clickOn(w, "#d");
    await vi.advanceTimersByTimeAsync(400);
    expect(effects(w)).toMatchObject([{ kind: "download" }]);
  });

  it("is not what the page was doing by itself, and not what is not shown", async () => {
    const w = fakeWatch();
    watchEffects(w.watch);
    const slider = setInterval(() => { find("#slide").firstChild?.replaceWith(String(Date.now())); }, 200);
    await vi.advanceTimersByTimeAsync(1000);
    clickOn(w, "#b", () => { document.head.append(document.createElement("script")); });
    await vi.advanceTimersByTimeAsync(1000);
    clearInterval(slider);
    await vi.advanceTimersByTimeAsync(1500);
    expect(effects(w)).toMatchObject([{ kind: "none" }]);
  });

  it("is told before the next action where it was seen, and else not at all", async () => {
    const w = fakeWatch();
    watchEffects(w.watch);
    clickOn(w, "#b");
    clickOn(w, "#b", () => { find("#note").textContent = "2"; });
    await vi.advanceTimersByTimeAsync(50);
    clickOn(w, "#b");
    expect(w.told.map((t) => t.type)).toEqual(["click", "click", "effect", "click"]);
    expect(effects(w)).toMatchObject([{ kind: "changed" }]);
  });

  it("is told once of a click and the form that it sends, and of the form where the click has shown nothing", async () => {
    const w = fakeWatch();
    watchEffects(w.watch);
    clickOn(w, "#b");
    w.act("submit");
    await vi.advanceTimersByTimeAsync(100);
    find("#note").textContent = "sent";
    await vi.advanceTimersByTimeAsync(400);
    clickOn(w, "#b", () => { find("#note").textContent = "sending"; });
    w.act("submit");
    await vi.advanceTimersByTimeAsync(4000);
    expect(w.told.map((t) => t.type)).toEqual(["click", "submit", "effect", "click", "effect", "submit"]);
  });

  it("is told by the navigation alone where the page changes its address", async () => {
    const w = fakeWatch();
    watchEffects(w.watch);
    clickOn(w, "#b");
    history.pushState(null, "", "/other");
    find("#note").textContent = "3";
    await vi.advanceTimersByTimeAsync(4000);
    expect(effects(w)).toEqual([]);
  });
});
