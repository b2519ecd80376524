import { describe, expect, it } from "vitest";
import { type Frame, type TabEntry, dropFrames, frameBefore, framesOf, putFrame } from "../../src/background/tab-book";

const frame = (image: string, takenAt: number, document = "d"): Frame => ({
  image, takenAt, document, stamp: takenAt, changed: false, bound: false,
});

/** A tab of which these frames were taken, in order. */
function tab(...frames: Frame[]): TabEntry {
  const entry: TabEntry = { document: "d" };
  for (const f of frames) putFrame(entry, f);
  return entry;
}

describe("the frame of an action", () => {
  it("is the newest one from before it", () => {
    const entry = tab(frame("a", 1000), frame("b", 2000));
    expect(frameBefore(entry, { time: 2500 })?.image).toBe("b");
    expect(frameBefore(entry, { time: 2000 })?.image).toBe("b");
  });

  it("is the one before the newest where the action is told late", () => {
    const entry = tab(frame("a", 1000), frame("b", 2000));
    expect(frameBefore(entry, { time: 1500 })?.image).toBe("a");
    expect(frameBefore(entry, { time: 500 })).toBeUndefined();
  });

  it("shows a field before it was typed in, although typing is told when it ends", () => {
    const entry = tab(frame("a", 1000), frame("b", 2000));
    expect(frameBefore(entry, { time: 2600, input: { value: "x", duration_ms: 1000 } })?.image).toBe("a");
    expect(frameBefore(entry, { time: 2300, hover: { x: 1, y: 1, duration_ms: 400 } })?.image).toBe("a");
  });

  it("is never one of another document", () => {
    expect(frameBefore(tab(frame("a", 1000, "before")), { time: 1500 })).toBeUndefined();
    expect(frameBefore(tab(frame("a", 1000), frame("b", 2000, "other")), { time: 2500 })?.image).toBe("a");
  });
});

describe("the frames of a tab", () => {
  it("are gone with their images, the earlier one too", () => {
    const entry = tab(frame("a", 1000), frame("b", 2000));
    expect(dropFrames(entry, ["c"])).toBe(false);
    expect(dropFrames(entry, ["a"])).toBe(true);
    expect(framesOf(entry).map((f) => f.image)).toEqual(["b"]);
    putFrame(entry, frame("d", 3000));
    expect(dropFrames(entry, ["d"])).toBe(true);
    expect(frameBefore(entry, { time: 3500 })?.image).toBe("b");
    expect(dropFrames(entry, ["b"])).toBe(true);
    expect(framesOf(entry)).toEqual([]);
  });

  it("are the newest two; one that is kept no longer is given back", () => {
    const entry = tab(frame("a", 1), frame("b", 2));
    expect(putFrame(entry, frame("c", 3))?.image).toBe("a");
    expect(framesOf(entry).map((f) => f.image)).toEqual(["c", "b"]);
  });
});
