// The arithmetic of masking: pure, so that each rule is tested without a browser.

import type { Measured, Region } from "../messages";

/** A rectangle in whole image pixels. */
export interface PixelRect {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Anti-aliasing and sub-pixel positions bleed over a box's edge by less than this, in CSS pixels. */
const MARGIN = 1;
/** The height may differ by this many image pixels from what the width says: the browser rounds it. */
const MAX_ROUNDING = 2;

/** The regions in image pixels, rounded outward and cut to the image. */
export function toPixels(regions: readonly Region[], scale: number, width: number, height: number): PixelRect[] {
  return regions.flatMap((r) => {
    const left = Math.max(0, Math.floor((r.x - MARGIN) * scale));
    const top = Math.max(0, Math.floor((r.y - MARGIN) * scale));
    const right = Math.min(width, Math.ceil((r.x + r.width + MARGIN) * scale));
    const bottom = Math.min(height, Math.ceil((r.y + r.height + MARGIN) * scale));
    return right > left && bottom > top ? [{ left, top, width: right - left, height: bottom - top }] : [];
  });
}

/** Image pixels per CSS pixel; undefined where the image is not of this viewport. */
export function scaleOf(image: { width: number; height: number }, view: Measured): number | undefined {
  const scale = image.width / view.width;
  return Math.abs(image.height - view.height * scale) <= MAX_ROUNDING ? scale : undefined;
}

/** Whether nothing changed between two measurements. Both must have found the page steady. */
export function same(before: Measured, after: Measured): boolean {
  return (
    before.steady &&
    after.steady &&
    before.stamp === after.stamp &&
    before.width === after.width &&
    before.height === after.height &&
    before.dpr === after.dpr &&
    before.scroll.x === after.scroll.x &&
    before.scroll.y === after.scroll.y &&
    before.regions.length === after.regions.length &&
    before.regions.every((r, i) => sameRegion(r, after.regions[i]))
  );
}

function sameRegion(a: Region, b: Region | undefined): boolean {
  return b !== undefined && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** The size that fits a width, with the same proportions; never larger than it was. */
export function fit(width: number, height: number, maxWidth: number): { width: number; height: number } {
  if (width <= maxWidth) return { width, height };
  return { width: maxWidth, height: Math.max(1, Math.round((height * maxWidth) / width)) };
}
