// A short visit for the tests that break something in the middle of it.

import type { Page } from '@playwright/test';

import type { Step } from './purchase.ts';
import type { Thing } from './shopper.ts';

function button(page: Page, name: string): Thing {
  return { at: page.getByRole('button', { name, exact: true }), name };
}

function link(page: Page, name: string): Thing {
  return { at: page.getByRole('link', { name, exact: true }).first(), name };
}

/** Goes from page to page by links: each click unloads the page that it is made on. */
export function walk(shop: string): Step[] {
  return [
    { title: 'open the shop', run: async (shopper) => {
      await shopper.open(shop);
      await shopper.click({ ...button(shopper.page, 'Only what’s needed'), sends: true });
    } },
    ...Array.from({ length: 4 }, (_, i): Step => ({ title: `walk ${i + 1}`, run: async (shopper) => {
      await shopper.click(link(shopper.page, 'Sign in'));
      await shopper.page.waitForURL('**/login.html*');
      await shopper.click(link(shopper.page, 'Mosswick, home'));
      await shopper.page.waitForURL('**/index.html*');
    } })),
  ];
}

/** Looks at a lamp and counts up how many to buy: many small, countable acts. */
export function visit(shop: string): Step[] {
  return [
    { title: 'open a lamp', run: async (shopper) => {
      await shopper.open(`${shop}product.html?id=heron-floor-lamp`);
      await shopper.click({ ...button(shopper.page, 'Only what’s needed'), sends: true });
    } },
    ...['first', 'second', 'third'].map((which): Step => ({ title: `${which} round of counting`, run: async (shopper) => {
      for (let i = 0; i < 4; i++) await shopper.click(button(shopper.page, 'One more'));
      for (let i = 0; i < 3; i++) await shopper.click(button(shopper.page, 'One fewer'));
    } })),
  ];
}
