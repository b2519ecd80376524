// Records the purchase. The tests of the project that depends on this one look at what came of it.

import { mkdirSync, rmSync } from 'node:fs';

import { test as setup } from '@playwright/test';

import { storageFolders, storedIn } from '../harness/extension-storage.ts';
import { type Leak, LeakSearch } from '../harness/leaks.ts';
import { PLANTED } from '../harness/person.ts';
import { Popup } from '../harness/popup.ts';
import { perform, purchase, TASK } from '../harness/purchase.ts';
import { Shopper } from '../harness/shopper.ts';
import { Stage } from '../harness/stage.ts';
import { FOLDER, saveRecording } from './recording.ts';

const PACE_MS = 500; // the recorder takes at most two frames a second, and needs the page to rest

setup('a person buys two chairs', async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const stage = await Stage.set(FOLDER);
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.tap.url, stage.ingestKey);
  const page = await stage.browser.newPage();
  await popup.start(TASK);
  await page.bringToFront();
  const shopper = new Shopper(page, { paceMs: PACE_MS });
  await shopper.watch();
  const search = new LeakSearch(PLANTED);
  const leaksOnTheWay: Leak[] = [];
  await perform(purchase(stage.shop.url), shopper, async (title) => {
    leaksOnTheWay.push(...search.inText(await storedIn(stage.browser, 'local'), `chrome.storage.local after: ${title}`));
  });
  await popup.stop();
  const session = await stage.api.onlySession();
  await stage.api.ready(session);

  const memoryAfterwards = await storedIn(stage.browser, 'session');
  const extensionFolders = storageFolders(stage.folders.profile, await stage.browser.extensionId());
  await stage.server.command('export', '--format', 'openai-chat', '--out', stage.folders.export);
  const images = new Map<string, Buffer>();
  for (const id of await stage.api.screenshotIds(session)) images.set(id, await stage.api.screenshot(session, id));
  const events = await stage.api.events(session);
  await stage.strike();
  saveRecording({
    folders: stage.folders, session, adminKey: stage.adminKey, deeds: shopper.deeds, events, images, extensionFolders,
    leaksOnTheWay, memoryAfterwards, wire: [...stage.tap.raw(), ...stage.tap.sent()],
  });
});
