// What the tests of the recording need: the recording, and on demand the server on its data and a browser to look with.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test as base } from '@playwright/test';

import { Api } from '../../harness/api.ts';
import { Browser } from '../../harness/browser.ts';
import { Server } from '../../harness/server.ts';
import { loadRecording, type Recording } from '../recording.ts';

interface Fixtures {
  recording: Recording;
  /** A server that was started anew on the recording's data. */
  server: Server;
  /** Its API, with the admin's key. */
  api: Api;
  /** A browser without the extension, to look at images and to try selectors. */
  browserToLook: Browser;
}

export const test = base.extend<object, Fixtures>({
  recording: [async ({}, use) => {
    await use(loadRecording());
  }, { scope: 'worker' }],
  server: [async ({ recording: { folders } }, use) => {
    const server = await Server.startAt(folders.data, folders.serverLog);
    await use(server);
    await server.stop();
  }, { scope: 'worker' }],
  api: [async ({ server, recording: { adminKey } }, use) => {
    await use(new Api(server.url, adminKey));
  }, { scope: 'worker' }],
  browserToLook: [async ({}, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'codesight-e2e-'));
    const browser = await Browser.launch(profile, { extension: false });
    await use(browser);
    await browser.close();
    await rm(profile, { recursive: true, force: true });
  }, { scope: 'worker' }],
});
