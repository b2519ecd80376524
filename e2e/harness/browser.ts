// Chromium with a profile of its own, with the extension loaded or without.

import { readlink } from 'node:fs/promises';
import { join } from 'node:path';

import { type BrowserContext, chromium, type Page, type Worker } from '@playwright/test';

import { Coverage, COVERAGE_ARGS, COVERAGE_FOLDER } from './coverage.ts';
import { browserPath, EXTENSION } from './paths.ts';
import { until } from './until.ts';

export const VIEWPORT = { width: 1280, height: 800 } as const; // CSS pixels, a small laptop's

const ARGS = [
  '--no-sandbox', // containers, and root, have no other way
  '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
];
/** How long a service worker has to start before it is asked again to close, in ms. */
const ASK_AGAIN_MS = 1000;

export class Browser {
  readonly context: BrowserContext;
  readonly profile: string;
  readonly #coverage: Coverage | undefined;

  private constructor(context: BrowserContext, profile: string, coverage?: Coverage) {
    this.context = context;
    this.profile = profile;
    this.#coverage = coverage;
  }

  /** With the extension as it is built, as it lies in another folder, or without. */
  static async launch(profile: string, { extension }: { extension: boolean | string }): Promise<Browser> {
    const folder = extension === true ? EXTENSION : extension;
    const extensionArgs = folder === false ? [] : [`--disable-extensions-except=${folder}`, `--load-extension=${folder}`];
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: browserPath(),
      headless: true,
      viewport: VIEWPORT,
      colorScheme: 'light',
      locale: 'en-US',
      args: [...ARGS, ...extensionArgs, ...(COVERAGE_FOLDER === undefined ? [] : COVERAGE_ARGS)],
    });
    return new Browser(context, profile, COVERAGE_FOLDER === undefined ? undefined : await Coverage.of(profile));
  }

  /** Chromium's name and version. */
  version(): string {
    return `Chromium ${this.context.browser()?.version() ?? ''}`.trim();
  }

  /** The extension's service worker; waits until it runs. */
  async serviceWorker(): Promise<Worker> {
    return this.context.serviceWorkers()[0] ?? await this.context.waitForEvent('serviceworker');
  }

  async extensionId(): Promise<string> {
    return new URL((await this.serviceWorker()).url()).host;
  }

  /** A new tab, in front of the others. */
  async newPage(): Promise<Page> {
    const page = await this.context.newPage();
    await page.bringToFront();
    return page;
  }

  /** Opens one of the extension's own pages in a tab. */
  async openOwn(path: string): Promise<Page> {
    const page = await this.newPage();
    await page.goto(`chrome-extension://${await this.extensionId()}/${path}`);
    return page;
  }

  /** Kills the extension's service worker, as the browser does whenever it likes. Returns when it is gone. */
  async killServiceWorker(page: Page): Promise<void> {
    const devtools = await this.context.newCDPSession(page);
    const find = async (): Promise<string | undefined> => {
      const { targetInfos } = await devtools.send('Target.getTargets');
      return targetInfos.find(({ type, url }) => type === 'service_worker' && url.startsWith('chrome-extension://'))?.targetId;
    };
    const targetId = await find();
    if (targetId === undefined) throw new Error('the service worker does not run, so there is none to kill');
    // A worker that is just starting does not heed, so it is asked again, but only when it had the time to start.
    let askedAt = 0;
    await until('the service worker to be gone', async () => {
      if (await find() !== targetId) return true;
      if (Date.now() - askedAt < ASK_AGAIN_MS) return false;
      askedAt = Date.now();
      await devtools.send('Target.closeTarget', { targetId });
      return await find() !== targetId;
    });
    await devtools.detach();
  }

  /** Kills the whole browser, as by `kill -9`. Returns when it is gone. */
  async kill(): Promise<void> {
    // The browser's lock on its profile names its process: "host-1234".
    const lock = await readlink(join(this.profile, 'SingletonLock'));
    const gone = new Promise((resolve) => this.context.once('close', resolve));
    process.kill(Number(lock.slice(lock.lastIndexOf('-') + 1)), 'SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    if (COVERAGE_FOLDER !== undefined) await this.#coverage?.save(COVERAGE_FOLDER);
    await this.context.close();
  }
}
