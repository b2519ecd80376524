// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Look, Recorder } from "../../src/content/recorder";
import { lookBefore } from "../../src/content/watch/before";
import type { Watch } from "../../src/content/watch/watch";

let before: () => Look | undefined;
let looks: number;

/** A recorder that numbers its looks. */
const recorder = { look: () => ({ stamp: ++looks }) } as unknown as Recorder;
const on: Watch["on"] = (type, listener) => { document.querySelector("input")?.addEventListener(type, listener as EventListener); };

function press(type: string, key = ""): void {
  document.querySelector("input")?.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true }));
}

beforeEach(() => {
  vi.useFakeTimers();
  looks = 0;
  const box = document.createElement("input");
  box.type = "checkbox";
  document.body.replaceChildren(box);
  before = lookBefore({ recorder, on, signal: new AbortController().signal });
});
afterEach(() => {
  vi.useRealTimers();
});

it("holds what a box looked like before the key that turns it, until the key's effects are over", () => {
  press("keydown", " ");
  expect(before()?.stamp).toBe(1);
  press("keyup", " ");
  expect(before()?.stamp).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(before()).toBeUndefined();
});

it("does not look at keys that turn nothing, which are many", () => {
  press("keydown", "a");
  press("keydown", "Tab");
  expect(looks).toBe(0);
});

it("looks anew at each press", () => {
  press("keydown", " ");
  press("keyup", " ");
  press("keydown", " ");
  vi.advanceTimersByTime(1000);
  expect(before()?.stamp).toBe(2);
});
