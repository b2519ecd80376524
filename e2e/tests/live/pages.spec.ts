// The extension's own pages: the whole way of a participant with the keyboard alone, each page looked at by axe in light and dark.

import { expect, type Page } from '@playwright/test';

import { expectAccessible } from '../../harness/axe.ts';
import { tabTo } from '../../harness/keyboard.ts';
import type { Stage } from '../../harness/stage.ts';
import { until } from '../../harness/until.ts';
import { test } from './stage.ts';

async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.type(text);
}

async function tick(page: Page, label: string): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.press('Space');
}

/** The page that opened by itself when the extension was installed. */
async function firstRun({ browser }: Stage): Promise<Page> {
  return until('the first-run page to open', () => browser.context.pages().find((page) => page.url().endsWith('/welcome.html')));
}

const SHOP = 'http://shop.example/';

test('from the first run to a recording that is sent, with the keyboard alone; nothing for axe to object to', async ({ stage }) => {
  await stage.browser.context.route(`${SHOP}**`, (route) => route.fulfill({
    contentType: 'text/html',
    body: '<!doctype html><title>Shop</title><h1>Chairs</h1><button>Add to cart</button><label>Your name <input autocomplete="name"></label>',
  }));
  const welcome = await firstRun(stage);
  await welcome.bringToFront();
  await expect(welcome.getByRole('heading', { name: 'What is taken out' })).toBeVisible();
  await expectAccessible(welcome, 'first run');
  await type(welcome, 'Address', stage.server.url);
  await type(welcome, 'Key', stage.ingestKey);
  await welcome.keyboard.press('Enter');
  await expect(welcome.getByRole('status').filter({ hasText: 'You are connected to' })).toBeVisible();
  await tick(welcome, 'Take pictures of pages too');
  await expectAccessible(welcome, 'first run, connected');

  const settings = await stage.browser.openOwn('options.html');
  await expectAccessible(settings, 'settings, empty');
  await type(settings, 'Private detail', 'Quibbleton');
  await settings.keyboard.press('Enter');
  await type(settings, 'Site', 'bank.example');
  await settings.keyboard.press('Enter');
  await tick(settings, 'Keep each recording here until I have looked through it');
  await expect(settings.getByRole('status').filter({ hasText: 'Saved.' })).toBeAttached();
  await expectAccessible(settings, 'settings');
  await settings.close();

  // The side panel is the same page.
  const panel = await stage.browser.openOwn('popup.html');
  await expectAccessible(panel, 'before a recording');
  await expect(panel.getByLabel('Take pictures of pages too')).toBeChecked();
  await type(panel, 'What is your task?', 'Buy a chair');
  await press(panel, 'Add steps to tick off');
  await type(panel, 'Its steps, one per line', 'Go to shop.example\nPress “Add to cart”\nThink it over');
  await press(panel, 'Start recording');
  const state = panel.locator('#state');
  await expect(state).toHaveRole('status');
  await expect(state).toHaveText('Recording');

  const shop = await stage.browser.newPage();
  await shop.goto(SHOP);
  await expect(panel.getByLabel('Go to shop.example')).toBeChecked();
  await expect(panel.getByRole('status').filter({ hasText: 'Step 2 of 3 was not seen yet' })).toBeVisible();
  await shop.getByRole('button', { name: 'Add to cart' }).click();
  await expect(panel.getByLabel('Press “Add to cart”')).toBeChecked();
  await expect(panel.getByRole('status').filter({ hasText: 'Your click on “Add to cart” did nothing' })).toBeVisible();
  await shop.getByLabel('Your name').pressSequentially('Zdravka');
  await shop.getByRole('button').focus();
  await expect(panel.getByRole('status').filter({ hasText: 'What you typed in “Your name” was hidden' })).toBeVisible();

  await panel.bringToFront();
  await expectAccessible(panel, 'while it records');
  await tick(panel, 'Think it over');
  await expect(panel.getByText('All steps are done.')).toBeVisible();
  await press(panel, 'Pause');
  await expect(state).toHaveText('Paused');
  await expectAccessible(panel, 'paused');
  await press(panel, 'Go on recording');
  await expect(state).toHaveText('Recording');
  await press(panel, 'Stop and look through');
  await expect(state).toHaveText('Waiting for you');
  await expectAccessible(panel, 'waiting to be looked through');

  const address = await panel.getByRole('link', { name: 'Look through and send' }).getAttribute('href') ?? '';
  const review = await stage.browser.openOwn(address.slice(1));
  await expect(review.getByRole('listitem').first()).toBeVisible();
  await expectAccessible(review, 'review');
  await press(review, 'Take out: Clicked “Add to cart”');
  await expect(review.getByText('Taken out by you')).toHaveCount(1);
  await expectAccessible(review, 'review with something taken out');
  await press(review, 'Delete all of it');
  await expectAccessible(review, 'the question before deleting');
  await review.keyboard.press('Escape');
  await press(review, 'Send it');
  await expect(review.getByRole('status').filter({ hasText: 'There is no recording here that waits for you' })).toBeVisible();
  await stage.api.ready(await stage.api.onlySession());
  await expect(state).toHaveText('Not recording');
  await expectAccessible(panel, 'after a recording');

  const sent = await stage.browser.openOwn('sent.html');
  await expect(sent.locator('details').first()).toBeVisible();
  await sent.locator('summary').first().focus();
  await sent.keyboard.press('Enter');
  await expectAccessible(sent, 'what leaves my browser');
});
