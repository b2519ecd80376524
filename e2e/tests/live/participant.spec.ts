// What a participant decides holds: their private details and excluded sites, pictures only where they allow them, review where
// the study asks for it; and they are told what was sent, what is wrong, and what to do.

import { readFile } from 'node:fs/promises';

import { expect, type Page } from '@playwright/test';

import { Darkroom } from '../../harness/images.ts';
import { readText } from '../../harness/ocr.ts';
import { Popup } from '../../harness/popup.ts';
import { sentEvents } from '../../harness/sent.ts';
import type { Stage } from '../../harness/stage.ts';
import { until } from '../../harness/until.ts';
import { test } from './stage.ts';

const SHOP = 'http://shop.example/';
const BANK = 'http://bank.example/';
const DETAIL = 'Quibbleton';
const HARMLESS = 'Lampshades';
const PACE_MS = 900; // the person looks at the page, and a recorder that may takes its picture then

/** Two sites of one page each; nothing of them reaches the network. */
async function serveSites({ browser }: Stage): Promise<void> {
  await browser.context.route(/^http:\/\/(shop|bank)\.example\//, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html>
    <title>Page of ${DETAIL}</title><h1 style="font: 40px sans-serif">${HARMLESS} for ${DETAIL}</h1><button>Ask ${DETAIL}</button><button>Look</button>` }));
}

async function decide(stage: Stage): Promise<Page> {
  const settings = await stage.browser.openOwn('options.html');
  for (const [label, value] of [['Private detail', DETAIL], ['Site', 'bank.example']] as const) {
    await settings.getByLabel(label, { exact: true }).fill(value);
    await settings.keyboard.press('Enter');
    await settings.getByRole('listitem').filter({ hasText: value }).waitFor();
  }
  return settings;
}

test('a private detail and an excluded site leave no trace; what leaves is shown; diagnostics hold nothing private', async ({ stage }) => {
  await serveSites(stage);
  const settings = await decide(stage);
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.tap.url, stage.ingestKey);
  await popup.start(`Ask ${DETAIL} for a lamp`);
  const page = await stage.browser.newPage();
  await page.goto(SHOP);
  await page.waitForTimeout(PACE_MS);
  await page.getByRole('button', { name: 'Ask' }).click();
  await page.goto(BANK);
  await page.getByRole('button', { name: 'Look' }).click();
  await page.goto(SHOP);
  await page.getByRole('button', { name: 'Look' }).click();

  const waiting = settings.waitForEvent('download');
  await settings.getByRole('button', { name: 'Save diagnostics file' }).click();
  const diagnostics = await readFile(await (await waiting).path(), 'utf8');
  expect(JSON.parse(diagnostics)).toMatchObject({ state: 'recording', settings: { private_details: 1, excluded_sites: 1 } });
  for (const secret of [DETAIL, 'bank', 'shop.example', 'lamp', stage.ingestKey, '127.0.0.1']) expect(diagnostics).not.toContain(secret);

  await popup.stop();
  const session = await stage.api.onlySession();
  await stage.api.ready(session);
  const said = Buffer.concat(stage.tap.sent()).toString('utf8');
  expect(said).toContain(HARMLESS);
  expect(said).not.toContain(DETAIL);
  expect(said).not.toContain('bank.example');
  const events = await stage.api.events(session);
  expect(events.filter(({ gap }) => gap?.reason === 'excluded_site').length).toBe(1);
  expect(events.filter(({ type }) => type === 'click').map(({ target }) => target?.name ?? target?.text)).toEqual(['Ask [PERSON]', 'Look']);

  const darkroom = await Darkroom.open(stage.browser.context);
  const pictures = await stage.api.screenshotIds(session);
  expect(pictures.length).toBeGreaterThan(0);
  for (const id of pictures) {
    const text = await readText(await darkroom.png(await stage.api.screenshot(session, id)));
    expect(text).toContain(HARMLESS);
    expect(text).not.toContain(DETAIL);
  }

  // The page shows every event as it went over the wire.
  const sent = await stage.browser.openOwn('sent.html');
  await sent.locator('details').first().waitFor();
  const shown = (await sent.locator('pre').allTextContents()).map((text) => Buffer.from(text));
  expect(sentEvents(shown)).toEqual(sentEvents(stage.tap.sent()));
  expect(sentEvents(shown).length).toBe(events.length);
});

test('without the scope no picture is taken, and the choice is remembered and shown', async ({ stage }) => {
  await serveSites(stage);
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.tap.url, stage.ingestKey);
  await popup.use(async (shown) => {
    for (const choice of ['Take pictures of pages too', 'An AI model may read', 'My recordings may be published']) {
      await expect(shown.getByLabel(choice)).not.toBeChecked();
    }
    await shown.getByLabel('An AI model may read').check();
    await expect(shown.getByLabel('What I click, type and open')).toBeDisabled();
  });
  await popup.start('Look', { pictures: false });
  await popup.use(async (shown) => {
    await expect(shown.getByText('You agreed to: What I click, type and open · An AI model may read my recordings.')).toBeVisible();
  });
  const page = await stage.browser.newPage();
  await page.goto(SHOP);
  await page.waitForTimeout(PACE_MS);
  await page.getByRole('button', { name: 'Look' }).click();
  await popup.stop();
  const session = await stage.api.onlySession();
  await stage.api.ready(session);
  expect(await stage.api.screenshotIds(session)).toEqual([]);
  const { session: header } = JSON.parse((await stage.api.get(`/v1/sessions/${session}`)).toString()) as { session: { consent: { scopes: string[] } } };
  expect(header.consent.scopes).toEqual(['events', 'model']);
  expect((await stage.api.events(session)).some(({ screenshot }) => screenshot !== undefined)).toBe(false);
  await popup.use(async (shown) => {
    await expect(shown.getByLabel('An AI model may read')).toBeChecked();
  });
});

test('a server out of reach is told, nothing is lost, and one click tries again; the side panel shows the same', async ({ stage }) => {
  await serveSites(stage);
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.server.url, stage.ingestKey);
  const panel = await stage.browser.openOwn('popup.html'); // the side panel's page, as the manifest says
  await popup.start('Look', { pictures: false });
  await expect(panel.locator('#state')).toHaveText('Recording');
  await stage.server.kill();
  const page = await stage.browser.newPage();
  await page.goto(SHOP);
  await page.getByRole('button', { name: 'Look' }).click();
  await popup.use(async (shown) => {
    for (const one of [shown, panel]) {
      const trouble = one.getByRole('status').filter({ hasText: 'Your study cannot be reached' });
      await expect(trouble).toContainText('Nothing is lost: it waits in this browser and is sent when the connection is back.');
      await expect(trouble.getByRole('button', { name: 'Try again now' })).toBeVisible();
      await expect(one.locator('#queued')).not.toHaveText('0');
    }
    expect(await shown.locator('#counts').innerText()).toBe(await panel.locator('#counts').innerText());
    await stage.server.start();
    await shown.getByRole('button', { name: 'Try again now' }).click();
    await expect(shown.getByText('Your study cannot be reached')).toBeHidden();
    await expect(panel.getByText('Your study cannot be reached')).toBeHidden();
  });
  await until('everything to be sent', async () => await panel.locator('#queued').innerText() === '0');
});

test('a study can ask for review: its recordings wait, whatever the participant chose', async ({ stage }) => {
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.server.url, stage.ingestKey);
  await stage.server.stop();
  await stage.server.start({ CODESIGHT_REVIEW_BEFORE_SENDING: 'true' });
  await popup.start('Look', { pictures: false });
  await popup.use(async (shown) => {
    await shown.getByRole('button', { name: 'Stop and look through' }).click();
    await expect(shown.getByText('Waiting for you', { exact: true })).toBeVisible();
    await expect(shown.getByText('Your study asks you to look through')).toBeVisible();
  });
  const settings = await stage.browser.openOwn('options.html');
  const choice = settings.getByLabel('Keep each recording here until I have looked through it');
  await expect(choice).toBeChecked();
  await expect(choice).toBeDisabled();
  expect(await stage.api.sessions()).toEqual([]);
});
