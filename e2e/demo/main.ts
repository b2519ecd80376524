// `make demo`: a real browser with the real extension buys something in the bundled shop, and the recording becomes
// training data. Everything it makes is in codesight-demo/, which is emptied first.

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { stdout } from 'node:process';

import type { Page } from '@playwright/test';

import { ROOT } from '../harness/paths.ts';
import { Popup } from '../harness/popup.ts';
import { perform, purchase, TASK } from '../harness/purchase.ts';
import { Shopper } from '../harness/shopper.ts';
import { Stage } from '../harness/stage.ts';
import { bold, dim, done, heading, line, red } from './print.ts';
import { reportData, reportLeaks, reportQuality, reportRedactions } from './report.ts';

const FOLDER = join(ROOT, 'codesight-demo');
const CONTRACT_PORT = 8787;
const PACE_MS = 500; // a quick shopper's look before each act; the recorder's frames need the page to rest

const shown = (path: string): string => relative(ROOT, path);

/** What Ctrl-C does: ends the demo, and at its end the server. What still runs is stopped with us. */
let interrupted = (): void => process.exit(130);
process.on('SIGINT', () => { interrupted(); });
process.once('SIGTERM', () => process.exit(143));

async function demo(): Promise<void> {
  const begun = Date.now();
  line(bold('CodeSight: a purchase in a real browser becomes training data'));
  heading('Starting');
  await rm(FOLDER, { recursive: true, force: true });
  const stage = await Stage.set(FOLDER, CONTRACT_PORT);
  done(`the server at ${stage.server.url}, its data sealed in ${shown(stage.folders.data)}`);
  done(`the shop at ${stage.shop.url}`);
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.tap.url, stage.ingestKey);
  const page = await stage.browser.newPage();
  await popup.start(TASK);
  await page.bringToFront();
  done(`${stage.browser.version()} with the extension, enrolled with a participant’s key and recording`);

  const session = await record(stage, popup, page);
  await stage.closeBrowser();
  await rm(stage.folders.profile, { recursive: true, force: true }); // the participant's own browser is no part of the data

  heading('Processing');
  await stage.server.command('sessions', 'verify', session);
  done('the session is whole: no number missing, every piece authentic');
  await stage.server.command('export', '--format', 'openai-chat', '--out', stage.folders.export);
  await reportRedactions(stage, session);
  const leaked = reportLeaks(stage);
  await reportQuality(stage, session);
  reportData(stage.folders.export, shown);
  if (leaked) throw new Error('a private value was found where none may be');
  line(dim(`\nAll of it took ${Math.round((Date.now() - begun) / 1000)} s.`));
  await showConsole(stage);
}

/** Records the purchase and returns the session's id when the server has made training data of it. */
async function record(stage: Stage, popup: Popup, page: Page): Promise<string> {
  heading(`Buying: “${TASK}”`);
  const shopper = new Shopper(page, { paceMs: PACE_MS });
  await shopper.watch();
  let since = Date.now();
  await perform(purchase(stage.shop.url), shopper, (title) => {
    done(title, since);
    since = Date.now();
  });
  await popup.stop();
  const id = await stage.api.onlySession();
  await stage.api.ready(id);
  return id;
}

async function showConsole(stage: Stage): Promise<void> {
  const key = await stage.server.createKey('read,review', 'demo console');
  heading('Look at it');
  line(`  ${stage.server.url}/console/`);
  line(`  log in with  ${key}`);
  if (stdout.isTTY) {
    line(dim('\nThe server runs until you press Ctrl-C. `make run` starts it again on the same data.'));
    await new Promise<void>((resolve) => { interrupted = resolve; });
    line();
  } else {
    line('  after `make run`, which starts the server on this data');
  }
  await stage.server.stop();
}

try {
  await demo();
} catch (error) {
  line(`\n${red('The demo failed')}: ${error instanceof Error ? error.message : String(error)}`);
  const log = join(FOLDER, 'server.log');
  if (existsSync(log)) line(`The server’s log is ${shown(log)}.`);
  process.exitCode = 1;
}
process.exit(); // whatever still runs after a failure is stopped with us
