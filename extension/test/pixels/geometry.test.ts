import { describe, expect, it } from "vitest";
import type { Measured } from "../../src/messages";
import { fit, same, scaleOf, toPixels } from "../../src/pixels/geometry";

const view: Measured = {
  stamp: 4,
  steady: true,
  width: 1280,
  height: 720,
  dpr: 1,
  scroll: { x: 0, y: 10 },
  regions: [{ x: 10, y: 20, width: 30, height: 40 }],
};

describe("regions in pixels", () => {
  it.each([1, 1.25, 2, 0.8])("cover the region at a scale of %d, edges and more", (scale) => {
    const region = { x: 10.3, y: 20.7, width: 99.9, height: 5.1 };
    const [rect] = toPixels([region], scale, 5000, 5000);
    if (!rect) throw new Error("no rectangle");
    expect(rect.left).toBeLessThan(region.x * scale);
    expect(rect.top).toBeLessThan(region.y * scale);
    expect(rect.left + rect.width).toBeGreaterThan((region.x + region.width) * scale);
    expect(rect.top + rect.height).toBeGreaterThan((region.y + region.height) * scale);
    expect([rect.left, rect.top, rect.width, rect.height].every(Number.isInteger)).toBe(true);
  });

  it("are cut to the image, and left out where they lie outside", () => {
    expect(toPixels([{ x: -50, y: -50, width: 60, height: 60 }], 1, 100, 100)).toEqual([{ left: 0, top: 0, width: 11, height: 11 }]);
    expect(toPixels([{ x: 500, y: 0, width: 10, height: 10 }], 1, 100, 100)).toEqual([]);
  });
});

describe("the scale of an image", () => {
  it("is its width over the viewport's", () => {
    expect(scaleOf({ width: 2560, height: 1440 }, view)).toBe(2);
    expect(scaleOf({ width: 1600, height: 901 }, view)).toBe(1.25);
  });

  it("is unknown where the image is not of this viewport", () => {
    expect(scaleOf({ width: 1280, height: 650 }, view)).toBeUndefined();
  });
});

describe("two measurements", () => {
  it("are the same when nothing changed", () => {
    expect(same(view, structuredClone(view))).toBe(true);
  });

  it.each([
    ["the page's stamp", { stamp: 5 }],
    ["the scroll position", { scroll: { x: 0, y: 11 } }],
    ["the width", { width: 1279 }],
    ["the resolution", { dpr: 2 }],
    ["a region's place", { regions: [{ x: 10, y: 21, width: 30, height: 40 }] }],
    ["the number of regions", { regions: [] }],
    ["steadiness", { steady: false }],
  ])("differ by %s", (_, change) => {
    expect(same(view, { ...view, ...change })).toBe(false);
    expect(same({ ...view, ...change }, view)).toBe(false);
  });
});

it("fits an image to a width and keeps its proportions", () => {
  expect(fit(2560, 1440, 1280)).toEqual({ width: 1280, height: 720 });
  expect(fit(800, 600, 1280)).toEqual({ width: 800, height: 600 });
});
