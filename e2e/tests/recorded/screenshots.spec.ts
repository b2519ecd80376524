// The screenshots show the pages before the actions, and nothing private in them.

import { join } from 'node:path';

import { expect } from '@playwright/test';

import { VIEWPORT } from '../../harness/browser.ts';
import { pair } from '../../harness/expected.ts';
import { Darkroom } from '../../harness/images.ts';
import { readable, readText } from '../../harness/ocr.ts';
import { person, PLANTED } from '../../harness/person.ts';
import type { Box } from '../../harness/shopper.ts';
import { startShop } from '../../harness/shop-server.ts';
import { FOLDER } from '../recording.ts';
import { test } from './fixtures.ts';

const MIN_SHOWN = 0.6; // share of the clicks; at two frames a second, a quick person's next click finds the last one out of date
const ENLARGED = 2; // times; what a person can still read, the reader can then too
const READERS = 2; // images that are read at once
const EDGE = 8; // CSS pixels of a field's edge into which lossy compression may smear what is around it

test('most clicks have a frame of their page as it was before', ({ recording: { deeds, events, images } }) => {
  const clicks = pair(deeds, events).filter(([{ does }]) => does === 'click').map(([, event]) => event);
  const shown = clicks.filter(({ screenshot }) => screenshot && screenshot.stale !== true && images.has(screenshot.id));
  expect(shown.length / clicks.length).toBeGreaterThan(MIN_SHOWN);
});

test('every frame that an event names was uploaded', ({ recording: { events, images } }) => {
  const named = new Set(events.flatMap(({ screenshot }) => screenshot?.id ?? []));
  expect([...named].filter((id) => !images.has(id))).toEqual([]);
});

test('every field is painted over, and the rest of the page is not', async ({ recording: { deeds, events, images }, browserToLook }) => {
  const darkroom = await Darkroom.open(browserToLook.context);
  let painted = 0;
  for (const [deed, { screenshot, page }] of pair(deeds, events)) {
    const image = screenshot && screenshot.stale !== true && images.get(screenshot.id);
    const fields = (deed.fields ?? []).map(visible).filter((box) => box !== undefined);
    if (!image || fields.length === 0) continue;
    const whole = { x: 0, y: 0, ...VIEWPORT };
    const [everything, ...plain] = await darkroom.plain(image, [whole, ...fields]);
    expect.soft(everything, `all of ${page.url}`).toBe(false);
    expect.soft(plain, `fields of ${page.url} before: ${deed.does} “${deed.name}”`).toEqual(fields.map(() => true));
    painted += fields.length;
  }
  expect(painted).toBeGreaterThan(50);
});

/** The part of a field inside its border that lies in the viewport. */
function visible({ x, y, width, height }: Box): Box | undefined {
  const left = Math.max(0, x + EDGE);
  const top = Math.max(0, y + EDGE);
  const right = Math.min(VIEWPORT.width, x + width - EDGE);
  const bottom = Math.min(VIEWPORT.height, y + height - EDGE);
  return right - left > 1 && bottom - top > 1 ? { x: left, y: top, width: right - left, height: bottom - top } : undefined;
}

test('nothing private can be read in any screenshot', async ({ recording: { images }, browserToLook }) => {
  const darkroom = await Darkroom.open(browserToLook.context);
  const queue = [...images];
  const found: string[] = [];
  let text = '';
  const reader = async (): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const [id, image] = next;
      const seen = await readText(await darkroom.png(image, ENLARGED));
      text += seen;
      for (const value of readable(seen, PLANTED)) found.push(`${value} in ${id}`);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  expect(found).toEqual([]);
  expect(readable(text, { shop: ['Mosswick'], chair: ['Otto Lounge Chair'], address: ['Street address'] })).toHaveLength(3);
});

test('the reader would have read them: it does where the page is not painted over', async ({ browserToLook }) => {
  const page = await browserToLook.newPage();
  const shop = await startShop(join(FOLDER, 'shop.log'));
  await page.goto(`${shop.url}account.html`);
  await page.evaluate((profile) => { localStorage.setItem('mosswick.profile', JSON.stringify(profile));
    localStorage.setItem('mosswick.cookies', '"needed"');
  }, { ...person, cardName: person.name, country: 'GB' });
  await page.reload();
  await page.getByTestId('saved-card').waitFor();
  const seen = await readText(await page.screenshot());
  await shop.stop();
  expect(readable(seen, PLANTED)).toEqual(['name', 'e-mail', 'street', 'buzzer', 'city', 'postcode', 'phone', 'card']);
});
