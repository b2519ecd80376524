// What a person does beyond clicking and typing, on a page made for it: hovering, dragging, what a click causes or does not.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, type Page } from '@playwright/test';

import type { Event } from '../../../extension/src/event/types.ts';
import { Popup } from '../../harness/popup.ts';
import type { Stage } from '../../harness/stage.ts';
import { test } from './stage.ts';

const LOOK_MS = 700; // a person looks at the page, and it comes to rest
const REST_MS = 2500; // until a click is known to have done nothing, and a new page to be at rest

const PAGE = `<!doctype html><title>Gestures</title>
<script type="application/ld+json">{"@type":"Product","name":"Oak chair","offers":{"price":"129.50","priceCurrency":"EUR"}}</script>
<style>
  nav { width: 200px } nav div { display: none } nav:hover div { display: block }
  li { cursor: grab; width: 200px; height: 40px; background: #ddd; margin: 4px } input[type=checkbox] { position: absolute; opacity: 0; width: 1px; height: 1px }
</style>
<nav><button>Rooms</button><div><a href="#kitchen">Kitchen</a></div></nav>
<ul><li id="first">First</li><li id="second">Second</li><li id="third">Third</li></ul>
<p id="dead">Just a word</p>
<p><label for="gift">Gift wrap</label><input id="gift" type="checkbox"></p>
<div id="slides" style="touch-action: none">Slide 1</div>
<button id="ask">Ask</button><div id="answer" role="dialog" hidden>Sure? <button id="yes">Yes</button></div>
<p><a href="/slow">Slow page</a></p>
<button id="add">Add to cart</button><output id="notice"></output>
<script>
  let dragged;
  first.onpointerdown = (e) => { dragged = { y: e.clientY }; first.setPointerCapture(e.pointerId); };
  first.onpointermove = (e) => { if (dragged) first.style.transform = 'translateY(' + (e.clientY - dragged.y) + 'px)'; };
  first.onpointerup = () => { dragged = undefined; first.style.transform = ''; third.after(first); };
  let touched;
  slides.addEventListener('touchstart', (e) => { touched = e.touches[0].clientX; });
  slides.addEventListener('touchend', (e) => { if (touched - e.changedTouches[0].clientX > 50) slides.textContent = 'Slide 2'; });
  ask.onclick = () => { answer.hidden = false; };
  yes.onclick = () => { answer.hidden = true; };
  add.onclick = () => { setTimeout(() => { notice.textContent = 'In your cart'; }, 100); };
</script>`;

/** Records what is done on the page, and returns its events. */
async function record(stage: Stage, act: (page: Page) => Promise<void>): Promise<Event[]> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (request.url === '/slow') setTimeout(() => { response.end('<title>Slow</title>Here it is'); }, REST_MS);
    else response.end(PAGE);
  });
  await new Promise<void>((resolve) => { server.listen(0, 'localhost', resolve); });
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.server.url, stage.ingestKey);
  const page = await stage.browser.newPage();
  await popup.start('Try things out');
  await page.bringToFront();
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  await page.waitForTimeout(REST_MS); // a hover counts on a page that was looked at, which a busy machine does late
  await act(page);
  await popup.stop();
  server.close();
  const session = await stage.api.onlySession();
  await stage.api.ready(session);
  return stage.api.events(session);
}

const told = (events: Event[]): string[] => events
  .filter(({ type }) => ['click', 'hover', 'drag', 'drop', 'select', 'effect'].includes(type))
  .map(({ type, target, effect }) => [type, effect?.kind ?? target?.name ?? target?.text].join(' '));

test('hovering, dragging, and what clicks cause are recorded as they were', async ({ stage }) => {
  const events = await record(stage, async (page) => {
    await page.getByRole('button', { name: 'Rooms' }).hover();
    await page.waitForTimeout(LOOK_MS);
    await page.getByRole('link', { name: 'Kitchen' }).click();
    await page.waitForTimeout(LOOK_MS);
    const [from, to] = [await page.locator('#first').boundingBox(), await page.locator('#third').boundingBox()];
    if (!from || !to) throw new Error('nothing to drag');
    await page.mouse.move(from.x + 20, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + 20, { steps: 5 });
    await page.mouse.up();
    await page.waitForTimeout(LOOK_MS);
    await page.locator('#dead').click();
    await page.waitForTimeout(REST_MS);
    await page.getByText('Gift wrap').click();
    await page.waitForTimeout(LOOK_MS);
    await page.locator('#add').click();
    await page.waitForTimeout(LOOK_MS);
  });
  expect(told(events)).toEqual([
    'hover Rooms', 'click Kitchen', 'drag First', 'drop Third', 'effect changed', 'click Just a word', 'effect none',
    'click Gift wrap', 'effect changed', 'select Gift wrap', 'click Add to cart', 'effect changed',
  ]);
  const of = (type: Event['type'], name: string): Event | undefined => events.find((e) => e.type === type && e.target?.name === name);
  // The link that the hover revealed is in the list that the click refers to.
  expect(of('click', 'Kitchen')?.snapshot?.target).toBeDefined();
  const gift = of('click', 'Gift wrap')?.target;
  expect(gift?.tag).toBe('input');
  expect(gift?.box?.width).toBeGreaterThan(20);
  expect(of('click', 'Add to cart')?.page.product).toEqual({ name: 'Oak chair', price: '129.50', currency: 'EUR' });
  expect(of('click', 'Add to cart')?.snapshot?.html).toContain('<button id="add">Add to cart</button>');
  expect(events.some(({ snapshot }) => snapshot?.base !== undefined)).toBe(true);
});

test('fingers, dialogs of the page\'s own making and slow pages are told as they were', async ({ stage }) => {
  const events = await record(stage, async (page) => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: true });
    const box = await page.locator('#slides').boundingBox();
    if (!box) throw new Error('nothing to swipe');
    const y = box.y + box.height / 2;
    await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 300, y }] });
    for (const x of [250, 200, 150]) await devtools.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y }] });
    await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.waitForTimeout(LOOK_MS);
    await page.locator('#ask').click();
    await page.waitForTimeout(LOOK_MS);
    await page.locator('#yes').click();
    await page.waitForTimeout(LOOK_MS);
    await page.getByText('Slow page').click();
    await page.waitForURL('**/slow');
  });
  const said = events.filter(({ type }) => ['touch', 'click', 'dialog', 'effect'].includes(type))
    .map(({ type, touch, dialog, effect, target }) => [type, touch?.kind ?? dialog?.action ?? effect?.kind ?? target?.name].join(' '));
  expect(said).toEqual([
    'touch swipe', 'click Ask', 'dialog opened', 'effect dialog', 'click Yes', 'dialog dismissed', 'effect changed', 'click Slow page',
  ]);
  const swipe = events.find(({ type }) => type === 'touch');
  expect(swipe?.target?.text).toBe('Slide 1');
  expect(swipe?.touch).toMatchObject({ from: { x: 300 }, to: { x: 150 }, count: 1 });
});
