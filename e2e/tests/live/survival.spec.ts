// What ends a recording's surroundings: the browser killed, the extension updated, a tab crashed; and what a participant does
// in the meantime. What was stored is sent, once; time that was not recorded is a gap that says so.

import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, type Page } from '@playwright/test';

import type { Event } from '../../../extension/src/event/types.ts';
import { linesOfDeeds, linesOfEvents } from '../../harness/expected.ts';
import { storedIn } from '../../harness/extension-storage.ts';
import { EXTENSION } from '../../harness/paths.ts';
import { Popup } from '../../harness/popup.ts';
import { perform } from '../../harness/purchase.ts';
import { type Deed, Shopper } from '../../harness/shopper.ts';
import type { Stage } from '../../harness/stage.ts';
import { until } from '../../harness/until.ts';
import { visit } from '../../harness/visit.ts';
import { test } from './stage.ts';

const isClick = ({ does }: Deed): boolean => does === 'click';
const gapsOf = (events: readonly Event[]): (string | undefined)[] => events.flatMap(({ gap }) => (gap ? [gap.reason] : []));

/** Opens a lamp in a tab and counts. Once it was answered, the shop does not ask again about its cookies. */
async function look(stage: Stage, page: Page, rounds: number, asks = true): Promise<Shopper> {
  await page.bringToFront();
  const shopper = new Shopper(page, { paceMs: 0 });
  await shopper.watch();
  const [opening, ...counting] = visit(stage.shop.url);
  if (!opening) throw new Error('a visit begins with a page');
  const first = asks ? opening : { ...opening, run: (s: Shopper) => s.open(`${stage.shop.url}product.html?id=heron-floor-lamp`) };
  await perform([first, ...counting.slice(0, rounds)], shopper);
  return shopper;
}

/** Waits until the browser's disk holds all clicks: what is not there yet may go down with the browser. */
async function stored(stage: Stage, deeds: readonly Deed[]): Promise<void> {
  await until('all clicks to be stored', async () => (
    (await storedIn(stage.browser, 'local')).split('"type":"click"').length - 1 >= deeds.filter(isClick).length
  ));
}

async function expectAll(stage: Stage, session: string, deeds: readonly Deed[]): Promise<Event[]> {
  await stage.api.ready(session);
  const events = await stage.api.events(session);
  expect(linesOfEvents(events)).toEqual(linesOfDeeds(deeds));
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  await stage.server.command('sessions', 'verify', session);
  return events;
}

/** A copy of the extension, as a newer version of it. */
async function newerExtension(folder: string): Promise<string> {
  await cp(EXTENSION, folder, { recursive: true });
  const manifest = join(folder, 'manifest.json');
  const { version, ...rest } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  await writeFile(manifest, JSON.stringify({ ...rest, version: `${version}.1` }));
  return folder;
}

test('a browser that is killed, and comes back with a newer extension, sends all that it had stored, and records anew', async ({ stage }, info) => {
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.server.url, stage.ingestKey);
  const page = await stage.browser.newPage();
  await popup.start('Look at a lamp');
  await stage.server.kill();
  const { deeds } = await look(stage, page, 2);
  await stored(stage, deeds);
  await stage.restartBrowser(await newerExtension(info.outputPath('extension')));
  await stage.server.start();
  const again = await Popup.of(stage.browser);
  await again.tryNow();
  const first = await stage.api.onlySession();
  expect(gapsOf(await expectAll(stage, first, deeds))).toEqual(['browser_closed']);

  // The next recording is a session of its own.
  const next = await stage.browser.newPage();
  await again.start('Look once more');
  const more = await look(stage, next, 1, false);
  await again.stop();
  const second = await until('the second session', async () => (await stage.api.sessions()).find(({ id }) => id !== first)?.id);
  expect(gapsOf(await expectAll(stage, second, more.deeds))).toEqual([]);
});

test('a tab that crashes, another tab, and a pause: what was done while it recorded is there, and nothing else', async ({ stage }) => {
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.server.url, stage.ingestKey);
  const page = await stage.browser.newPage();
  await popup.start('Look at a lamp');
  const crashing = await look(stage, page, 1);
  await until('the clicks to reach the server', async () => {
    const clicks = (await stage.api.events(await stage.api.onlySession())).filter(({ type }) => type === 'click');
    return clicks.length === crashing.deeds.filter(isClick).length;
  });
  const crashed = page.waitForEvent('crash');
  const devtools = await stage.browser.context.newCDPSession(page);
  void devtools.send('Page.crash').catch(() => undefined);
  await crashed;

  const { page: other, deeds } = await look(stage, await stage.browser.newPage(), 1, false);
  const before = [...crashing.deeds, ...deeds];
  await popup.use(async (shown) => {
    await shown.getByRole('button', { name: 'Pause' }).click();
    await shown.getByText('Paused', { exact: true }).waitFor();
  });
  await other.bringToFront();
  await other.getByRole('button', { name: 'One more', exact: true }).click();
  await popup.use(async (shown) => {
    await shown.getByRole('button', { name: 'Go on recording' }).click();
    await shown.getByText('Recording', { exact: true }).waitFor();
  });
  // The same page, which was not loaded anew.
  await other.bringToFront();
  const after = new Shopper(other, { paceMs: 0 });
  await after.click({ at: other.getByRole('button', { name: 'One fewer', exact: true }), name: 'One fewer' });
  await popup.stop();
  const session = await stage.api.onlySession();
  await stage.api.ready(session);
  const events = await stage.api.events(session);
  // A recorder that comes into an open page tells where that is.
  const clicks = (lines: string[]): string[] => lines.filter((line) => line.startsWith('click'));
  expect(clicks(linesOfEvents(events))).toEqual(clicks(linesOfDeeds([...before, ...after.deeds])));
  expect(gapsOf(events)).toEqual(['paused']);
});
