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

/** The part of a key that names it. */
const idOf = (key: string): string => key.split('_')[1] ?? '';

async function expectRefused(popup: Popup, server: string, key: string, words: string): Promise<void> {
  await popup.use(async (page) => {
    await page.getByLabel('Address').fill(server);
    await page.getByLabel('Key').fill(key);
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect(page.getByRole('alert')).toContainText(words);
    await expect(page.getByText('Connected to')).toBeHidden();
  });
}

test('a key that the server does not accept, and an address where there is no such server, are told at once', async ({ stage }) => {
  const popup = await Popup.of(stage.browser);
  const revoked = await stage.server.createKey('ingest', 'revoked');
  await stage.server.command('keys', 'revoke', idOf(revoked));
  await expectRefused(popup, stage.server.url, revoked, 'Your study does not accept this key');
  await expectRefused(popup, stage.shop.url.replace(/\/$/, ''), stage.ingestKey, 'not a CodeSight server');
  await expectRefused(popup, 'http://127.0.0.1:9', stage.ingestKey, 'no answer from this address');
  await popup.enrol(stage.server.url, stage.ingestKey);
});

test('a key that is revoked while it records is told, and a new one sends everything without a stop', async ({ stage }) => {
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.server.url, stage.ingestKey);
  await stage.server.command('keys', 'revoke', idOf(stage.ingestKey));
  const page = await stage.browser.newPage();
  await popup.start('Look at a lamp');
  await page.bringToFront();
  const shopper = new Shopper(page, { paceMs: 0 });
  await perform(visit(stage.shop.url).slice(0, 1), shopper);
  const renewed = await stage.server.createKey('ingest', 'renewed');
  await popup.use(async (shown) => {
    await expect(shown.getByRole('heading', { name: 'Your study does not accept this key' })).toBeVisible();
    await expect(shown.getByText('Nothing is lost')).toBeVisible();
    await shown.getByLabel('Key', { exact: true }).fill(stage.ingestKey);
    await shown.getByRole('button', { name: 'Connect' }).click();
    await expect(shown.getByRole('alert')).toContainText('Your study does not accept this key');
    expect(await stage.api.sessions()).toEqual([]);

    await shown.getByLabel('Key', { exact: true }).fill(renewed);
    await shown.getByRole('button', { name: 'Connect' }).click();
    await expect(shown.getByRole('heading', { name: 'Your study does not accept this key' })).toBeHidden();
    await expect(shown.getByText('Recording', { exact: true })).toBeVisible();
  });
  await popup.stop();
  await stage.api.ready(await stage.api.onlySession());
  await popup.use(async (shown) => {
    const clicks = shopper.deeds.filter(({ does }) => does === 'click').length;
    await expect(shown.getByText(`Thank you. ${clicks} step${clicks === 1 ? '' : 's'} and`)).toBeVisible();
  });
});
