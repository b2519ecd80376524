// Devious pages, one after the other in one recording: nothing that was typed is in what left the browser, in what the server
// has, or in a picture; and what stands on them by chance is still there.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import type { Event } from '../../../extension/src/event/types.ts';
import { PAGES, servePages } from '../../harness/devious.ts';
import { Darkroom } from '../../harness/images.ts';
import { LeakSearch } from '../../harness/leaks.ts';
import { readable, readText } from '../../harness/ocr.ts';
import { Popup } from '../../harness/popup.ts';
import { sentEvents } from '../../harness/sent.ts';
import { Stage } from '../../harness/stage.ts';

const PATIENCE_MS = 20_000; // with a page that does not do what it should
const READERS = 2; // images that are read at once

let sent: Event[];
let wire: Buffer[];
let stored: Event[];
let images: Buffer[];

test.beforeAll('a person meets the devious pages', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'codesight-e2e-'));
  const stage = await Stage.set(folder);
  const { url, server } = await servePages();
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.tap.url, stage.ingestKey);
  const page = await stage.browser.newPage();
  await popup.start('Fill in some forms');
  await page.bringToFront();
  page.setDefaultTimeout(PATIENCE_MS);
  for (const { name, act } of PAGES) {
    await page.goto(url + name);
    await test.step(name, () => act(page));
  }
  await popup.stop();
  server.close();
  const session = await stage.api.onlySession();
  await stage.api.ready(session);
  stored = await stage.api.events(session);
  wire = [...stage.tap.raw(), ...stage.tap.sent()];
  sent = sentEvents(stage.tap.sent());
  const darkroom = await Darkroom.open(page.context());
  images = [];
  for (const id of await stage.api.screenshotIds(session)) images.push(await darkroom.png(await stage.api.screenshot(session, id)));
  await stage.strike();
  await rm(folder, { recursive: true });
});

for (const { name, does, planted, never = [], kept = [], answers } of PAGES) {
  test(`a page that ${does} leaks nothing`, () => {
    const search = new LeakSearch({ [name]: planted });
    const texts = { sent: JSON.stringify(sent), stored: JSON.stringify(stored) };
    expect(wire.flatMap((bytes) => search.in(bytes, 'the wire'))).toEqual([]);
    for (const [place, text] of Object.entries(texts)) {
      expect(search.inText(text, place)).toEqual([]);
      for (const pattern of never) expect(pattern.exec(text)?.[0], place).toBeUndefined();
      for (const words of kept) expect(text, place).toContain(words);
    }
    if (!answers) return;
    const pressed = sent.filter(({ type, target }) => type === 'click' && target?.role === answers.role);
    expect(pressed.length).toBeGreaterThan(0);
    for (const { target, snapshot } of pressed) expect(JSON.stringify([target, snapshot])).not.toMatch(answers.named);
  });
}

test('what was typed cannot be read in any picture, and the rest of the pages can', async () => {
  const queue = [...images];
  let seen = '';
  await Promise.all(Array.from({ length: READERS }, async () => {
    for (let next = queue.pop(); next; next = queue.pop()) seen += await readText(next);
  }));
  expect(readable(seen, Object.fromEntries(PAGES.map(({ name, planted }) => [name, planted])))).toEqual([]);
  // Which pages get a picture is up to the machine; this label stands on most of them.
  expect(readable(seen, { label: ['Full name'] })).toEqual(['label']);
});

test('the pages were recorded', () => {
  expect(sent.filter(({ type }) => type === 'input').length).toBeGreaterThanOrEqual(PAGES.length - 2);
  expect(sent.filter(({ type }) => type === 'click').length).toBeGreaterThan(2 * PAGES.length - 1);
});
