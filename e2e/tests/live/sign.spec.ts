// The frame around a recorded page is on the screen while it records, and never in a screenshot.

import { expect } from '@playwright/test';

import { Popup } from '../../harness/popup.ts';
import { perform } from '../../harness/purchase.ts';
import { Shopper } from '../../harness/shopper.ts';
import { until } from '../../harness/until.ts';
import { visit } from '../../harness/visit.ts';
import { test } from './stage.ts';

const PACE_MS = 700;
const EDGE = 3; // pixels of the frame's width that are looked at

test('the frame around a recorded page is seen while it records, and in no screenshot', async ({ stage }) => {
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.server.url, stage.ingestKey);
  const page = await stage.browser.newPage();
  const darkroom = await stage.browser.newPage();
  /** The share of an image's outermost pixels that have the frame's colour, give or take the compression. */
  const framed = (image: Buffer): Promise<number> => darkroom.evaluate(async ({ data, edge }) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(bitmap, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, width, height);
    let outer = 0;
    let hits = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (x >= edge && y >= edge && x < width - edge && y < height - edge) continue;
        outer++;
        const at = (y * width + x) * 4;
        const near = (i: number, value: number): boolean => Math.abs((pixels[at + i] ?? 0) - value) < 40;
        if (near(0, 0xe0) && near(1, 0x11) && near(2, 0x5f)) hits++;
      }
    }
    return hits / outer;
  }, { data: image.toString('base64'), edge: EDGE });

  await popup.start('Look at a lamp');
  await page.bringToFront();
  const shopper = new Shopper(page, { paceMs: PACE_MS });
  await perform(visit(stage.shop.url).slice(0, 2), shopper);
  await until('the frame to be seen', async () => await framed(await page.screenshot()) > 0.9);
  await popup.stop();
  await page.bringToFront();
  await until('the frame to be gone', async () => await framed(await page.screenshot()) === 0);

  const session = await stage.api.onlySession();
  await stage.api.ready(session);
  const shots = await stage.api.screenshotIds(session);
  expect(shots.length).toBeGreaterThan(1); // how many there are is up to the machine
  for (const id of shots) expect(await framed(await stage.api.screenshot(session, id))).toBe(0);
});
