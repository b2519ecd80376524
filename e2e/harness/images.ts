// Screenshots are WebP, which Chromium itself decodes here.

import type { BrowserContext, Page } from '@playwright/test';

import type { Box } from './shopper.ts';

const MAX_NOISE = 12; // of 255: what lossy compression does to one plain colour

export class Darkroom {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async open(context: BrowserContext): Promise<Darkroom> {
    return new Darkroom(await context.newPage());
  }

  /** The image as PNG, enlarged. */
  async png(image: Buffer, scale = 1): Promise<Buffer> {
    const base64 = await this.#page.evaluate(async ({ data, scale: times }) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/webp;base64,${data}`)).blob());
      const canvas = new OffscreenCanvas(bitmap.width * times, bitmap.height * times);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.imageSmoothingQuality = 'high';
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    }, { data: image.toString('base64'), scale });
    return Buffer.from(base64, 'base64');
  }

  /** For each box (in pixels of the image), whether all of it has one colour, so that nothing can be read there. */
  async plain(image: Buffer, boxes: readonly Box[]): Promise<boolean[]> {
    return this.#page.evaluate(async ({ data, areas, noise }) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/webp;base64,${data}`)).blob());
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(bitmap, 0, 0);
      return areas.map(({ x, y, width, height }) => {
        const { data: pixels } = context.getImageData(x, y, width, height);
        const low = [255, 255, 255];
        const high = [0, 0, 0];
        pixels.forEach((value, i) => {
          const channel = i % 4;
          low[channel] = Math.min(low[channel] ?? 0, value);
          high[channel] = Math.max(high[channel] ?? 0, value);
        });
        return [0, 1, 2].every((channel) => (high[channel] ?? 0) - (low[channel] ?? 0) <= noise);
      });
    }, { data: image.toString('base64'), areas: [...boxes], noise: MAX_NOISE });
  }
}
