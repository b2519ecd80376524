// What a person does on the page, the same each time.

import type { Page } from '../../e2e/node_modules/@playwright/test/index.js';

/** How long they look before they go on. Recorders that wait for the page to rest do their work then. */
const LOOK_MS = 450;

const STEPS: readonly ((page: Page) => Promise<void>)[] = [
  (page) => page.locator('.add').nth(1).click(),
  (page) => page.locator('.more').nth(2).click(),
  (page) => page.locator('#search').pressSequentially('oak chair'),
  (page) => page.locator('#sort').selectOption('Price').then(() => undefined),
  (page) => page.locator('input[type=checkbox]').nth(3).check(),
  (page) => page.mouse.wheel(0, 300),
  (page) => page.locator('.add').nth(6).click(),
  (page) => page.locator('.more').nth(5).click(),
  (page) => page.locator('#shuffle').click(),
  (page) => page.mouse.wheel(0, -300),
  (page) => page.locator('.add').nth(3).click(),
  (page) => page.locator('#search').pressSequentially('s'),
  (page) => page.locator('#cart').click(),
];

/** Does it all so many times; returns the moments at which each step began, and the end, in µs of the browser's clock. */
export async function use(page: Page, times: number, now: () => Promise<number>): Promise<number[]> {
  const moments: number[] = [];
  for (let round = 0; round < times; round++) {
    for (const step of STEPS) {
      moments.push(await now());
      await step(page);
      await page.waitForTimeout(LOOK_MS);
    }
  }
  moments.push(await now());
  return moments;
}
