// Paints over what is private and makes the image small.

import type { Measured } from "../messages";
import { fit, scaleOf, toPixels } from "./geometry";

/** Wide enough to read a shop's page, small enough to send: 50 to 200 KB. */
const MAX_WIDTH = 1280;
const QUALITY = 0.8;
/** Opaque, and unlike any text that could shine through. */
const PAINT = "#3f3f46";

export interface Masked {
  bytes: ArrayBuffer;
  width: number;
  height: number;
  /** Image pixels per CSS pixel of the stored image. */
  scale: number;
  masked: number;
}

/** The captured PNG with the regions painted over, as WebP; undefined where the image is not of the measured view. */
export async function mask(png: Blob, view: Measured): Promise<Masked | undefined> {
  const bitmap = await createImageBitmap(png);
  try {
    const scale = scaleOf(bitmap, view);
    if (scale === undefined) return undefined;
    const full = context(bitmap.width, bitmap.height);
    full.drawImage(bitmap, 0, 0);
    full.fillStyle = PAINT;
    const rects = toPixels(view.regions, scale, bitmap.width, bitmap.height);
    for (const { left, top, width, height } of rects) full.fillRect(left, top, width, height);
    // Painted before it is made smaller: an edge can only mix with the paint, not with what is under it.
    const size = fit(bitmap.width, bitmap.height, MAX_WIDTH);
    const small = context(size.width, size.height);
    small.imageSmoothingQuality = "high";
    small.drawImage(full.canvas, 0, 0, size.width, size.height);
    const blob = await small.canvas.convertToBlob({ type: "image/webp", quality: QUALITY });
    return { bytes: await blob.arrayBuffer(), ...size, scale: size.width / view.width, masked: rects.length };
  } finally {
    bitmap.close();
  }
}

function context(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const found = new OffscreenCanvas(width, height).getContext("2d", { alpha: false });
  if (!found) throw new Error("no canvas");
  return found;
}

/** The bytes of a data URL. (fetch would need the page's policy to allow data URLs.) */
export function dataUrlBlob(url: string): Blob {
  const [head = "", base64 = ""] = url.split(",", 2);
  const binary = atob(base64);
  const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
  return new Blob([bytes], { type: /^data:([^;]+)/.exec(head)?.[1] ?? "" });
}
