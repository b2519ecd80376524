// A recording that waits to be looked through: nothing of it leaves the browser before the participant sends it, and what
// they took out never does.

import { expect, type Locator, type Page } from '@playwright/test';

import { Popup } from '../../harness/popup.ts';
import { perform } from '../../harness/purchase.ts';
import { Shopper } from '../../harness/shopper.ts';
import type { Stage } from '../../harness/stage.ts';
import { until } from '../../harness/until.ts';
import { visit } from '../../harness/visit.ts';
import { test } from './stage.ts';

const PACE_MS = 700; // slow enough for a picture before each act

/** The steps that name something. */
function step(strip: Page, name: string): Locator {
  return strip.getByRole('listitem').filter({ hasText: `Clicked “${name}”` });
}

/** Records a short visit that is held, stops it, and opens the film strip. */
async function recordHeld(stage: Stage): Promise<Page> {
  const settings = await stage.browser.openOwn('options.html');
  await settings.getByLabel('Keep each recording here until I have looked through it').check();
  await settings.getByText('Saved.').waitFor({ state: 'attached' });
  await settings.close();
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.server.url, stage.ingestKey);
  const page = await stage.browser.newPage();
  await popup.start('Look at a lamp');
  await page.bringToFront();
  const shopper = new Shopper(page, { paceMs: PACE_MS });
  await perform(visit(stage.shop.url).slice(0, 2), shopper);
  let address = '';
  await popup.use(async (shown) => {
    await shown.getByRole('button', { name: 'Stop and look through' }).click();
    address = await shown.getByRole('link', { name: 'Look through and send' }).getAttribute('href') ?? '';
    await expect(shown.getByText('Waiting for you', { exact: true })).toBeVisible();
  });
  return stage.browser.openOwn(address.slice(1));
}

test('nothing leaves before it is sent, and what was taken out never leaves', async ({ stage }) => {
  const strip = await recordHeld(stage);
  await expect(step(strip, 'One fewer')).toHaveCount(3);
  await expect(strip.getByRole('img').first()).toBeVisible();
  expect(await stage.api.sessions()).toEqual([]);

  await step(strip, 'One more').first().getByLabel('I did this by mistake').check();
  await step(strip, 'One more').nth(1).getByRole('button', { name: 'Take out: Clicked “One more”' }).click();
  await expect(strip.getByText('Taken out by you')).toHaveCount(1);
  // From the second click on "One fewer" to the end.
  const last = await strip.getByLabel('To').locator('option').last().getAttribute('value') ?? '';
  const fewer = strip.getByLabel('From').locator('option').filter({ hasText: 'One fewer' });
  await strip.getByLabel('From').selectOption(await fewer.nth(1).getAttribute('value') ?? '');
  await strip.getByLabel('To').selectOption(last);
  await strip.locator('#span').getByRole('button', { name: 'Take out' }).click();
  await expect(step(strip, 'One fewer')).toHaveCount(1);
  await expect(step(strip, 'One more').first().getByLabel('I did this by mistake')).toBeChecked();
  expect(await stage.api.sessions()).toEqual([]);

  await strip.getByRole('button', { name: 'Send it' }).click();
  const session = await stage.api.onlySession();
  await stage.api.ready(session);
  const events = await stage.api.events(session);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  const named = (name: string): number => events.filter(({ type, target }) => type === 'click' && target?.name === name).length;
  expect([named('One more'), named('One fewer')]).toEqual([3, 1]);
  expect(events.filter((e) => (e as { mistake?: boolean }).mistake).length).toBe(1);
  await stage.server.command('sessions', 'verify', session);
  await expect(strip.getByText('There is no recording here that waits for you')).toBeVisible();
});

test('a recording that is deleted never reaches the server', async ({ stage }) => {
  const strip = await recordHeld(stage);
  await strip.getByRole('button', { name: 'Delete all of it' }).click();
  await strip.getByRole('button', { name: 'Keep it' }).click();
  await expect(step(strip, 'One fewer')).toHaveCount(3);
  await strip.getByRole('button', { name: 'Delete all of it' }).click();
  await strip.getByRole('dialog').getByRole('button', { name: 'Delete all of it' }).click();
  await expect(strip.getByText('There is no recording here that waits for you')).toBeVisible();
  await until('the images to be gone', () => strip.evaluate(async () => {
    const open = indexedDB.open('codesight');
    const db = await new Promise<IDBDatabase>((resolve) => { open.onsuccess = () => { resolve(open.result); }; });
    const count = db.transaction('images').objectStore('images').count();
    return new Promise<boolean>((resolve) => { count.onsuccess = () => { resolve(count.result === 0); }; });
  }));
  expect(await stage.api.sessions()).toEqual([]);
});
