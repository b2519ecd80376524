// What is broken in the middle of a recording loses nothing and doubles nothing.

import { expect, type Page } from '@playwright/test';

import { linesOfDeeds, linesOfEvents } from '../../harness/expected.ts';
import { Popup } from '../../harness/popup.ts';
import { perform, type Step } from '../../harness/purchase.ts';
import { Shopper } from '../../harness/shopper.ts';
import type { Stage } from '../../harness/stage.ts';
import { until } from '../../harness/until.ts';
import { visit, walk } from '../../harness/visit.ts';
import { test } from './stage.ts';

const PACE_MS = 50; // faster than the uplink, so that something is always on its way

interface Breaking {
  /** Called after each step of the visit. */
  after?: (round: number, page: Page) => Promise<void>;
  /** Called right before each act on an element. */
  before?: (page: Page) => Promise<void>;
}

/** Records the visit, breaks something in the middle of it, and checks that all of it was kept, once. */
async function survives(stage: Stage, steps: Step[], { after, before }: Breaking): Promise<void> {
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.server.url, stage.ingestKey);
  const page = await stage.browser.newPage();
  await popup.start('Look at a lamp');
  await page.bringToFront();
  const shopper = new Shopper(page, { paceMs: PACE_MS, ...(before && { before: () => before(page) }) });
  await shopper.watch();
  let round = 0;
  await perform(steps, shopper, async () => after?.(round++, shopper.page));
  await popup.stop();
  const session = await stage.api.onlySession();
  await stage.api.ready(session);
  const events = await stage.api.events(session);
  expect(linesOfEvents(events)).toEqual(linesOfDeeds(shopper.deeds));
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  await stage.server.command('sessions', 'verify', session);
}

/** Waits until the server holds some events of the session. */
async function received(stage: Stage): Promise<void> {
  await until('the server to hold events', async () => (await stage.api.session(await stage.api.onlySession())).last_seq > 0);
}

test('a server that is killed in mid-recording loses and doubles nothing', async ({ stage }) => {
  await survives(stage, visit(stage.shop.url), { after: async (round) => {
    if (round === 0) await received(stage);
    if (round === 1) await stage.server.kill();
    if (round === 2) await stage.server.start();
    if (round === 3) {
      await stage.server.kill();
      await stage.server.start();
    }
  } });
});

test('a service worker that is killed in mid-recording loses and doubles nothing', async ({ stage }) => {
  await survives(stage, visit(stage.shop.url), { after: async (round, page) => {
    if (round === 0) await received(stage);
    await stage.browser.killServiceWorker(page);
  } });
});

test('a click that unloads its page is kept, also where the service worker had been stopped', async ({ stage }) => {
  await survives(stage, walk(stage.shop.url), { before: (page) => stage.browser.killServiceWorker(page) });
});
