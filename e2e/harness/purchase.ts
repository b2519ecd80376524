// The visit that the demo and the tests record: a person signs in, searches, looks, buys two chairs, and reads the account.

import type { FrameLocator, Locator, Page } from '@playwright/test';

import { CONTROL, person } from './person.ts';
import type { Shopper, Thing } from './shopper.ts';

/** What the participant is asked to do. */
export const TASK = 'Buy two Otto lounge chairs with walnut legs';

export interface Step {
  title: string;
  run: (shopper: Shopper) => Promise<void>;
}

type Role = Parameters<Page['getByRole']>[0];

/** An element by its role and its exact accessible name. */
function thing(page: Page | Locator | FrameLocator, role: Role, name: string): Thing {
  return { at: page.getByRole(role, { name, exact: true }), name };
}

/** Clicks into a field and types what must not be recorded. */
async function typeInto(shopper: Shopper, field: Thing, text: string): Promise<void> {
  await shopper.click(field);
  await shopper.type(field, text, true);
}

/** Searches; what stands in the field is typed over. */
async function search(shopper: Shopper, words: string, over = false): Promise<void> {
  const field = thing(shopper.page, 'searchbox', 'Search the shop');
  await shopper.click(field);
  if (over) await shopper.press(field, 'Control+a');
  await shopper.type(field, words);
  await shopper.press({ ...field, sends: true }, 'Enter');
  await shopper.page.getByRole('heading', { name: `Results for “${words}”` }).waitFor();
}

/** The steps of the purchase in the shop at the address (which ends in a slash). */
export function purchase(shop: string): Step[] {
  return [
    { title: 'open the shop and refuse the cookies', run: async (shopper) => {
      await shopper.open(`${shop}index.html`);
      await shopper.click({ ...thing(shopper.page, 'button', 'Only what’s needed'), sends: true });
      await shopper.page.getByTestId('cookie-dialog').waitFor({ state: 'detached' });
      await shopper.scroll(500);
    } },
    { title: 'sign in, and show the password', run: signIn },
    { title: 'search for what the shop does not have', run: (shopper) => search(shopper, CONTROL) },
    { title: 'search for a chair', run: (shopper) => search(shopper, 'chair', true) },
    { title: 'filter and sort the results', run: filter },
    { title: 'look at a chair, go back, and look again', run: look },
    { title: 'choose rust and walnut, and read if it fits', run: configure },
    { title: 'put two into the cart', run: addTwo },
    { title: 'check the cart', run: async (shopper) => {
      await shopper.click(thing(shopper.page, 'link', 'View cart'));
      await shopper.page.waitForURL('**/cart.html');
      await shopper.click(thing(shopper.page, 'link', 'Check out'));
      await shopper.page.waitForURL('**/checkout.html');
    } },
    { title: 'fill in the address', run: deliver },
    { title: 'pay by card in the payment frame', run: pay },
    { title: 'read the account, which shows it all back', run: readAccount },
  ];
}

/** Runs the steps one after the other; the observer hears of each as it is done. */
export async function perform(steps: readonly Step[], shopper: Shopper, done: (title: string) => void | Promise<void> = () => undefined): Promise<void> {
  for (const { title, run } of steps) {
    shopper.begin(title);
    await run(shopper);
    await done(title);
  }
}

async function signIn(shopper: Shopper): Promise<void> {
  const { page } = shopper;
  await shopper.click(thing(page.getByRole('banner'), 'link', 'Sign in'));
  await page.waitForURL('**/login.html');
  await typeInto(shopper, thing(page, 'textbox', 'E-mail'), person.email);
  await typeInto(shopper, thing(page, 'textbox', 'Password'), person.password.slice(0, 9));
  await shopper.click(thing(page, 'button', 'Show the password'));
  await typeInto(shopper, thing(page, 'textbox', 'Password'), person.password.slice(9));
  await shopper.click({ ...thing(page.getByTestId('login-form'), 'button', 'Sign in'), sends: true });
  await page.waitForURL('**/account.html');
}

async function filter(shopper: Shopper): Promise<void> {
  const { page } = shopper;
  await shopper.click({ ...thing(page, 'checkbox', 'In stock now'), ticks: true });
  await page.waitForURL(/stock=1/);
  await shopper.choose({ at: page.getByTestId('sort'), name: 'Sort by' }, ['ArrowDown'], 'Price, low to high');
  await page.waitForURL(/sort=cheap/);
}

async function look(shopper: Shopper): Promise<void> {
  const { page } = shopper;
  const chair = thing(page.getByTestId('results'), 'link', 'Save $60 Otto Lounge Chair');
  await shopper.click(chair);
  await page.waitForURL(/product\.html/);
  await shopper.back();
  await page.waitForURL(/search\.html/);
  await shopper.click(chair);
  await page.waitForURL(/product\.html/);
  await page.getByText('With you by').waitFor();
}

async function configure(shopper: Shopper): Promise<void> {
  const { page } = shopper;
  await shopper.click({ ...thing(page, 'radio', 'Rust'), ticks: true });
  await page.waitForURL(/colour=rust/);
  await shopper.choose({ at: page.getByTestId('size-select'), name: 'Size' }, ['ArrowDown'], 'Walnut legs (+$40)');
  await page.waitForURL(/size=walnut/);
  await shopper.click(thing(page, 'button', 'Will it fit?'));
  await shopper.click({ ...thing(page.getByTestId('size-dialog'), 'button', 'Close'), sends: true });
  await page.getByTestId('size-dialog').waitFor({ state: 'hidden' });
}

async function addTwo(shopper: Shopper): Promise<void> {
  const { page } = shopper;
  await shopper.click(thing(page, 'button', 'One more'));
  await shopper.scroll(160, { at: page.getByTestId('reviews'), name: 'Reviews' });
  await shopper.click({ ...thing(page, 'button', 'Add to cart'), sends: true });
  await page.getByTestId('added-dialog').waitFor();
}

async function deliver(shopper: Shopper): Promise<void> {
  const { page } = shopper;
  const field = (name: string): Thing => thing(page, 'textbox', name);
  await typeInto(shopper, field('Full name'), person.name);
  await typeInto(shopper, field('Street address'), person.street);
  await typeInto(shopper, field('Apartment, floor, buzzer (optional)'), person.extra);
  await typeInto(shopper, field('City'), person.city);
  await typeInto(shopper, field('Postcode'), person.postcode);
  await shopper.choose({ at: page.getByTestId('checkout-country'), name: 'Country' }, ['U'], 'United Kingdom', true);
  await typeInto(shopper, field('Phone for the courier'), person.phone);
  await typeInto(shopper, field('A note for the courier (optional)'), person.note);
  await typeInto(shopper, thing(page.getByTestId('address-form'), 'textbox', 'E-mail'), person.email);
  await shopper.click({ ...thing(page, 'checkbox', 'Save my details for next time'), ticks: true });
  await shopper.click({ ...thing(page, 'button', 'Continue to payment'), sends: true });
  await page.waitForURL(/step=payment/);
}

async function pay(shopper: Shopper): Promise<void> {
  const { page } = shopper;
  const frame = page.frameLocator('[data-testid=payment-frame]');
  const field = (name: string): Thing => thing(frame, 'textbox', name);
  await typeInto(shopper, field('Card number'), person.card.replaceAll(' ', ''));
  await typeInto(shopper, field('Name on card'), person.name);
  await typeInto(shopper, field('Expires'), person.expiry.replaceAll(/\D/g, ''));
  await typeInto(shopper, field('Security code'), person.code);
  await shopper.click({ at: page.getByTestId('place-order'), name: await page.getByTestId('place-order').innerText() });
  await page.waitForURL(/confirmation\.html/);
  await page.getByTestId('toasts').getByText(`Thank you, ${person.name}!`).waitFor();
}

async function readAccount(shopper: Shopper): Promise<void> {
  const { page } = shopper;
  await shopper.click(thing(page, 'link', 'See my account'));
  await page.waitForURL('**/account.html');
  await page.getByTestId('saved-card').waitFor();
  await shopper.scroll(200);
  await shopper.click(thing(page, 'button', 'Edit'));
  await page.getByTestId('profile-form').waitFor();
  await shopper.scroll(200);
}
