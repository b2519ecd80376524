import { beforeEach, describe, expect, it } from "vitest";
import { Guide, isSeen } from "../../src/background/guide";
import type { Unnumbered } from "../../src/background/ledger";
import { MemoryArea } from "./memory-area";
import { SESSION, T0, click, item, page, place } from "./samples";

const clicked = (name: string): Unnumbered => ({
  ...place(item(1, click(T0)) as never),
  target: { tag: "button", role: "button", name, box: { x: 1, y: 2, width: 3, height: 4 } },
});
const after = (kind: "none" | "changed"): Unnumbered => ({ time: T0, type: "effect", tab: 1, frame: "0", page, effect: { kind } });
const typed = (isPrivate: boolean): Unnumbered => ({
  ...clicked("Your name"), type: "input", input: { value: isPrivate ? "[PRIVATE]" : "chair", ...(isPrivate && { private: true }) },
});
const opened = (url: string): Unnumbered => ({ time: T0, type: "navigation", tab: 1, frame: "0", page: { ...page, url } });
const task = { title: "Buy a chair", steps: ["Go to shop.example", "Press “Add to cart”", "Think about it"] };

let area: MemoryArea;
let guide: Guide;

beforeEach(() => {
  area = new MemoryArea();
  guide = new Guide(area);
});

const hintAfter = async (...events: Unnumbered[]) => {
  await guide.notice(SESSION, undefined, events);
  return (await guide.of(SESSION, undefined)).hint;
};

describe("a hint", () => {
  it("says that a click did nothing, and is gone with the next act", async () => {
    expect(await hintAfter(clicked("Buy"), after("none"))).toEqual({ kind: "nothing", name: "Buy" });
    expect(await hintAfter(clicked("Buy"))).toBeNull();
    expect(await hintAfter(after("changed"))).toBeNull();
  });

  it("knows the click also where its effect is told by another message, to another run of the worker", async () => {
    await guide.notice(SESSION, undefined, [clicked("Buy")]);
    guide = new Guide(area);
    expect(await hintAfter(after("none"))).toEqual({ kind: "nothing", name: "Buy" });
  });

  it("says of no other act that it did nothing", async () => {
    expect(await hintAfter(clicked("Search"), typed(false), after("none"))).toBeNull();
  });

  it("says that typing was hidden, and nothing of typing that was not", async () => {
    expect(await hintAfter(typed(true))).toEqual({ kind: "hidden", name: "Your name" });
    expect(await hintAfter(typed(false))).toBeNull();
  });
});

describe("steps of the task", () => {
  it("are seen where they name in quotes what was acted on, or the site that was opened", async () => {
    await guide.notice(SESSION, task, [opened("https://www.shop.example/"), clicked("add to  Cart")]);
    expect((await guide.of(SESSION, task)).done).toEqual([true, true, false]);
  });

  it.each([
    ["Press Add to cart", clicked("Add to cart")],
    ["Press “Add to cart”", clicked("Add")],
    ["Press “Add to cart”", clicked("")],
    ["Go to shop.example", opened("https://shop.example.evil.test/")],
    ["Go to shop.example", opened("https://myshop.example/")],
    ["Go to the shop. Example", opened("https://shop.example/")],
  ])("are not seen otherwise: %s", (step, event) => {
    expect(isSeen(step, event)).toBe(false);
  });

  it("are as the participant says, whatever is seen later", async () => {
    await guide.mark(SESSION, 1, false);
    await guide.mark(SESSION, 2, true);
    await guide.notice(SESSION, task, [clicked("Add to cart")]);
    expect((await new Guide(area).of(SESSION, task)).done).toEqual([false, false, true]);
  });

  it("are new with a new session", async () => {
    await guide.mark(SESSION, 0, true);
    expect((await guide.of("0199a1b2-0000-7e5f-8a6b-7c8d9e0f1a2b", task)).done).toEqual([false, false, false]);
  });
});
