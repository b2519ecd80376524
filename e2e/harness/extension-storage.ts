// What the extension keeps: in chrome.storage and IndexedDB as its worker sees them, and in the profile's files.

import { join } from 'node:path';

import type { Browser } from './browser.ts';

/** The part of the extension's API that is asked for here. */
declare const chrome: { storage: Record<'local' | 'session', { get: (keys: null) => Promise<unknown> }> };

/** Everything in one of chrome.storage's areas, as JSON. `session` is memory, `local` is on the disk. */
export async function storedIn(browser: Browser, area: 'local' | 'session'): Promise<string> {
  const worker = await browser.serviceWorker();
  return worker.evaluate(async (name) => JSON.stringify(await chrome.storage[name].get(null)), area);
}

/** The folders in which the browser keeps what the extension stores. Read them when the browser has ended. */
export function storageFolders(profile: string, extensionId: string): string[] {
  return [
    join('Local Extension Settings', extensionId),
    join('Sync Extension Settings', extensionId),
    join('IndexedDB', `chrome-extension_${extensionId}_0.indexeddb.leveldb`),
    join('IndexedDB', `chrome-extension_${extensionId}_0.indexeddb.blob`),
    'Extension State', 'Extension Scripts', 'Extension Rules',
  ].map((folder) => join(profile, 'Default', folder));
}
