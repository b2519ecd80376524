// What the popup says when something is wrong with the address or the key.

import { expect } from '@playwright/test';

import { Popup } from '../../harness/popup.ts';
import { Shopper } from '../../harness/shopper.ts';
import { perform } from '../../harness/purchase.ts';
import { visit } from '../../harness/visit.ts';
import { test } from './stage.ts';

test('an address that is not safe and a text that is no key are refused at once', async ({ stage }) => {
  const popup = await Popup.of(stage.browser);
  await popup.use(async (page) => {
    await page.getByLabel('Address').fill('http://study.example');
    await page.getByLabel('Key').fill(stage.ingestKey);
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect(page.getByRole('alert')).toContainText('It must begin with https://');

    await page.getByLabel('Address').fill(stage.server.url);
    await page.getByLabel('Key').fill('hunter2');
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect(page.getByRole('alert')).toContainText('This is not a key');
  });
});

test('a key that the server does not accept is told in plain words, and a right one sends what was recorded', async ({ stage }) => {
  const popup = await Popup.of(stage.browser);
  const revoked = await stage.server.createKey('ingest', 'revoked');
  await stage.server.command('keys', 'revoke', revoked.split('_')[1] ?? '');
  await popup.enrol(stage.server.url, revoked);
  const page = await stage.browser.newPage();
  await popup.start('Look at a lamp');
  await page.bringToFront();
  const shopper = new Shopper(page, { paceMs: 0 });
  await perform(visit(stage.shop.url).slice(0, 1), shopper);
  await popup.use(async (shown) => {
    await expect(shown.getByRole('heading', { name: 'Your study does not accept this key' })).toBeVisible();
    await expect(shown.getByText('Nothing is lost')).toBeVisible();
  });
  expect(await stage.api.sessions()).toEqual([]);

  await popup.stop();
  await popup.use(async (shown) => {
    await shown.getByRole('button', { name: 'Disconnect' }).click();
  });
  await popup.enrol(stage.server.url, stage.ingestKey);
  await stage.api.ready(await stage.api.onlySession());
});
