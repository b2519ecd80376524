// What was recorded of the purchase, held against what was done.

import { join } from 'node:path';

import { expect } from '@playwright/test';

import type { Event } from '../../../extension/src/event/types.ts';
import { holds, linesOfDeeds, linesOfEvents, pageOf, pair } from '../../harness/expected.ts';
import { CONTROL } from '../../harness/person.ts';
import { perform, purchase } from '../../harness/purchase.ts';
import { type Deed, Shopper } from '../../harness/shopper.ts';
import { startShop } from '../../harness/shop-server.ts';
import { FOLDER } from '../recording.ts';
import { test } from './fixtures.ts';
import { brokenSelectors } from './selectors.ts';

const MAX_OFF = 1; // CSS pixels; the browser tells a frame whole pixels of its own, which begin somewhere between the page's
const MAX_LATE_MS = 2000; // typing in a frame is told when it pauses for this long, whatever is done in other frames meanwhile
const PLACEHOLDER = /^\[[A-Z_]+\]$/;

test('every action is recorded once, in order, on its element and its page', ({ recording: { deeds, events } }) => {
  expect(linesOfEvents(events)).toEqual(linesOfDeeds(deeds));
});

test('the order is the order of time, in all frames and tabs', ({ recording: { events } }) => {
  const told = (late: Event[]): string[] => late.map(({ seq, type, target }) => `${seq} ${type} ${target?.name ?? ''}`);
  for (const frame of new Set(events.map((event) => event.frame))) {
    const own = events.filter((event) => event.frame === frame);
    expect.soft(told(own.filter(({ time }, i) => time < (own[i - 1]?.time ?? 0))), `frame ${frame}`).toEqual([]);
  }
  expect(told(events.filter(({ time }, i) => time < (events[i - 1]?.time ?? 0) - MAX_LATE_MS))).toEqual([]);
});

test('the sequence has no gap, nothing was refused, and every piece is authentic', async ({ recording: { session, events }, server, api }) => {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  expect(await api.session(session)).toMatchObject({ status: 'ready', last_seq: events.length, refused: 0 });
  await server.command('sessions', 'verify', session); // its exit code is 0, or this throws
});

test('each click has the point and the box that the mouse met', ({ recording: { deeds, events } }) => {
  for (const [deed, event] of pair(deeds, events)) {
    if (deed.does !== 'click' || !deed.box || !deed.point) continue;
    const { target, click } = event;
    expect.soft(click?.button, deed.name).toBe('left');
    expect.soft(Math.abs((click?.x ?? NaN) - deed.point.x), `${deed.name}: x`).toBeLessThanOrEqual(MAX_OFF);
    expect.soft(Math.abs((click?.y ?? NaN) - deed.point.y), `${deed.name}: y`).toBeLessThanOrEqual(MAX_OFF);
    expect.soft(target?.box && holds(target.box, deed.point), deed.name).toBe(true);
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect.soft(Math.abs((target?.box?.[side] ?? NaN) - deed.box[side]), `${deed.name}: ${side}`).toBeLessThanOrEqual(MAX_OFF);
    }
  }
});

test('what is typed into a private field is a placeholder, and what is searched for is kept', ({ recording: { deeds, events } }) => {
  const typed = pair(deeds, events).filter(([{ does }]) => does === 'type');
  const searches = typed.filter(([{ secret }]) => secret !== true);
  expect(searches.map(([, { input }]) => input?.value)).toEqual([CONTROL, 'chair']);
  for (const [deed, { input }] of typed.filter(([{ secret }]) => secret === true)) {
    expect.soft(input?.private, deed.name).toBe(true);
    expect.soft(input?.value, deed.name).toMatch(PLACEHOLDER);
  }
});

test('an address keeps what was searched and chosen, and loses the person', ({ recording: { events } }) => {
  const addresses = events.map(({ page }) => new URL(page.url).searchParams);
  const values = (name: string): (string | null)[] => [...new Set(addresses.filter((query) => query.has(name)).map((query) => query.get(name)))];
  expect(values('q')).toEqual([CONTROL, 'chair']);
  expect(values('sort')).toEqual(['cheap']);
  expect(values('colour')).toEqual(['rust']);
  expect(values('email')).toEqual([expect.stringMatching(PLACEHOLDER)]);
});

test('each turn of the wheel is a scroll in its direction, on its page', ({ recording: { deeds, events } }) => {
  const scrolls = events.filter(({ type }) => type === 'scroll');
  let from = 0;
  for (const deed of deeds.filter(({ does }) => does === 'scroll')) {
    const found = scrolls.findIndex((event, i) => i >= from && isScrollOf(deed, event));
    expect(found, `${deed.text ?? ''} on ${deed.url}, after ${from} of ${scrolls.length} scrolls`).toBeGreaterThanOrEqual(from);
    from = found + 1;
  }
  expect(from, 'there is no other scroll').toBe(scrolls.length);
});

function isScrollOf(deed: Deed, { scroll, page, target }: Event): boolean {
  const direction = (scroll?.to.y ?? 0) > (scroll?.from.y ?? 0) ? 'down' : 'up';
  return direction === deed.text && pageOf(page.url) === pageOf(deed.url) && (deed.name === '' || target?.name === deed.name);
}

test('an element in a shadow root or a frame is described with the way in', ({ recording: { deeds, events } }) => {
  const targetOf = (name: string): Event['target'] => pair(deeds, events).find(([deed]) => deed.does === 'click' && deed.name === name)?.[1].target;
  expect(targetOf('One more')?.shadow).toHaveLength(1);
  expect(targetOf('Card number')?.frame_path).toHaveLength(1);
  expect(targetOf('Add to cart')).not.toHaveProperty('shadow');
});

test('the selectors lead to the same elements in another browser', async ({ recording: { deeds, events }, browserToLook }) => {
  const eventOf = new Map(pair(deeds, events));
  const acts = deeds.filter((deed) => deed.box);
  const broken: string[] = [];
  const kinds = new Set<string>();
  const shop = await startShop(join(FOLDER, 'shop.log'));
  const page = await browserToLook.newPage();
  let next = 0;
  const shopper = new Shopper(page, { paceMs: 0, before: async (deed, element) => {
    const original = acts[next++];
    expect(deed.name, 'the replay does what was recorded').toBe(original?.name);
    const target = original && eventOf.get(original)?.target;
    if (!target) return;
    for (const { kind, verified } of target.selectors ?? []) if (verified === true) kinds.add(kind);
    for (const what of await brokenSelectors(target, element, page)) broken.push(`${deed.does} “${deed.name}”: ${what}`);
  } });
  await perform(purchase(shop.url), shopper);
  await shop.stop();
  expect(broken).toEqual([]);
  expect([...kinds].sort()).toEqual(expect.arrayContaining(['css', 'id', 'label', 'role', 'test_id', 'text', 'xpath']));
});
