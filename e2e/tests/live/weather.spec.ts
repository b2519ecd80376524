// Whatever answers in the server's place, or breaks the line to it: nothing is lost, nothing is doubled.

import { expect, type Page } from '@playwright/test';

import { linesOfDeeds, linesOfEvents } from '../../harness/expected.ts';
import { Popup } from '../../harness/popup.ts';
import { perform } from '../../harness/purchase.ts';
import { Shopper } from '../../harness/shopper.ts';
import type { Stage } from '../../harness/stage.ts';
import { until } from '../../harness/until.ts';
import { visit } from '../../harness/visit.ts';
import { FOULS, Weather } from '../../harness/weather.ts';
import { test as base } from './stage.ts';

const test = base.extend<{ weather: Weather }>({
  weather: async ({ stage }, use) => {
    const weather = await Weather.between(stage.server.place.port);
    await use(weather);
    await weather.close();
  },
});

interface Recording {
  shopper: Shopper;
  /** The popup, open in a tab behind. */
  popup: Page;
}

async function record({ browser, shop }: Stage, { url }: Weather, key: string): Promise<Recording> {
  const popup = await Popup.of(browser);
  await popup.enrol(url, key);
  const page = await browser.newPage();
  await popup.start('Look at a lamp');
  const behind = await browser.newPage();
  await behind.goto(popup.address);
  await page.bringToFront();
  const shopper = new Shopper(page, { paceMs: 0 });
  await shopper.watch();
  await perform(visit(shop.url).slice(0, 1), shopper);
  return { shopper, popup: behind };
}

async function clickMore({ page }: Shopper, shopper: Shopper): Promise<void> {
  await shopper.click({ at: page.getByRole('button', { name: 'One more', exact: true }), name: 'One more' });
}

/** Does not wait for the time of the next try, which is proven elsewhere. */
async function tryNow(popup: Page): Promise<void> {
  await popup.locator('#retry').evaluate((button: HTMLElement) => { button.click(); });
}

/** Stops the recording and returns its id once the server has all of it. */
async function finish(stage: Stage): Promise<string> {
  await (await Popup.of(stage.browser)).stop();
  const session = await stage.api.onlySession();
  await stage.api.ready(session);
  return session;
}

test('foul answers, cut frames and blocked WebSockets lose and double nothing', async ({ stage, weather }) => {
  const { shopper, popup } = await record(stage, weather, stage.ingestKey);
  await until('the server to hold events', async () => (await stage.api.session(await stage.api.onlySession())).last_seq > 0);
  const suffer = async (): Promise<void> => {
    const before = weather.spoiled;
    await clickMore(shopper, shopper);
    await until('something to be spoiled', async () => {
      if (weather.spoiled === before) await tryNow(popup);
      return weather.spoiled > before;
    });
  };
  weather.sockets = 'cut';
  await suffer();
  // What the WebSocket breaks goes over HTTP.
  const sent = await storedCount(popup, 'sent');
  await until('HTTP to take over', async () => {
    await tryNow(popup);
    return await storedCount(popup, 'sent') > sent;
  });
  weather.sockets = 'blocked';
  weather.cut();
  for (const [what, foul] of Object.entries(FOULS)) {
    await test.step(what, async () => {
      weather.foul = foul;
      await suffer();
    });
  }
  weather.foul = undefined;
  await tryNow(popup);
  const session = await finish(stage);
  const events = await stage.api.events(session);
  expect(linesOfEvents(events)).toEqual(linesOfDeeds(shopper.deeds));
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  await stage.server.command('sessions', 'verify', session);
});

/** A figure of the popup. */
async function storedCount(popup: Page, id: string): Promise<number> {
  return Number(await popup.locator(`#${id}`).textContent());
}

test('an event that the server refuses is set aside and shown, and the rest goes on', async ({ stage, weather }) => {
  weather.sockets = 'blocked';
  let spoiled = 0;
  // One click arrives with a button that no mouse has.
  weather.tamper = (body) => body.replace(/"button":"left"/, (whole) => (spoiled++ === 1 ? '"button":"sinister"' : whole));
  const { shopper, popup } = await record(stage, weather, stage.ingestKey);
  for (let i = 0; i < 3; i++) {
    const sent = await storedCount(popup, 'sent');
    await clickMore(shopper, shopper);
    await until('the click to be sent', async () => await storedCount(popup, 'sent') > sent);
  }
  await expect(popup.locator('#refused')).toHaveText('1');
  await expect(popup.locator('#refused-help')).toBeVisible();
  const session = await finish(stage);
  const [done, held] = [linesOfDeeds(shopper.deeds), linesOfEvents(await stage.api.events(session))];
  expect(done.length - held.length).toBe(1);
  expect((await stage.api.session(session)).refused).toBe(1);
});
