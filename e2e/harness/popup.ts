// The extension's popup, used as a participant would. A browser without a window cannot open it over its toolbar, so it
// is opened in a tab of its own, and closed again after each use as a popup closes.

import type { Page } from '@playwright/test';

import type { Browser } from './browser.ts';

const SIZE = { width: 380, height: 600 } as const; // CSS pixels, about what the browser gives a popup

export class Popup {
  readonly #browser: Browser;
  readonly address: string;

  private constructor(browser: Browser, address: string) {
    this.#browser = browser;
    this.address = address;
  }

  static async of(browser: Browser): Promise<Popup> {
    return new Popup(browser, `chrome-extension://${await browser.extensionId()}/popup.html`);
  }

  /** Opens the popup, does something with it, and closes it. */
  async use<T>(act: (page: Page) => Promise<T>): Promise<T> {
    const page = await this.#browser.newPage();
    await page.setViewportSize(SIZE);
    await page.goto(this.address);
    await page.getByRole('status').filter({ hasText: /\S/ }).first().waitFor(); // it shows what the worker tells it
    const result = await act(page);
    await page.close();
    return result;
  }

  /** Types address and key, and presses Connect. */
  async enrol(server: string, key: string): Promise<void> {
    await this.use(async (page) => {
      await page.getByLabel('Address').fill(server);
      await page.getByLabel('Key').fill(key);
      await page.getByRole('button', { name: 'Connect' }).click();
      await page.getByText(`Connected to ${new URL(server).host}`).waitFor();
    });
  }

  /** Starts a recording: of all sites, or only of one. */
  async start(task: string, { pictures = true, site }: { pictures?: boolean; site?: string } = {}): Promise<void> {
    await this.use(async (page) => {
      await page.getByLabel('What is your task?').fill(task);
      if (site !== undefined) {
        await page.getByLabel('Where does it record?').selectOption('Only on one site');
        await page.getByLabel('The site', { exact: true }).fill(site);
      }
      await page.getByLabel('Take pictures of pages too').setChecked(pictures);
      await page.getByRole('button', { name: 'Start recording' }).click();
      await page.getByText('Recording', { exact: true }).waitFor();
    });
  }

  /** Sends at once what waits for the next try, if anything does. */
  async tryNow(): Promise<void> {
    await this.use((page) => page.locator('#retry').evaluate((button: HTMLElement) => { button.click(); }));
  }

  async stop(): Promise<void> {
    await this.use(async (page) => {
      await page.getByRole('button', { name: 'Stop and send' }).click();
      await page.getByText(/^(Not recording|Finishing: sending what is left)$/).waitFor();
    });
  }
}
