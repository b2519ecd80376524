// A page cannot see that it is recorded, cannot pass for the participant, and cannot give orders to the recorder.

import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { expect, type Page } from '@playwright/test';

import type { Event } from '../../../extension/src/event/types.ts';
import { servePages } from '../../harness/page-server.ts';
import { EXTENSION } from '../../harness/paths.ts';
import { Popup } from '../../harness/popup.ts';
import type { Stage } from '../../harness/stage.ts';
import { test } from './stage.ts';

/** What spy.html's own script offers. */
interface Spy {
  look(): Record<string, unknown>;
  reach(id: string, files: readonly string[]): Promise<string[]>;
}

const SPY = await readFile(join(import.meta.dirname, 'spy.html'), 'utf8');
const ACTIONS = new Set(['click', 'input', 'select', 'submit', 'scroll', 'key', 'drag', 'drop', 'touch']);

async function look(page: Page): Promise<Record<string, unknown>> {
  await page.waitForLoadState('networkidle');
  return page.evaluate(() => (window as unknown as Spy).look());
}

async function stopped(stage: Stage, popup: Popup): Promise<Event[]> {
  await popup.stop();
  const session = await stage.api.onlySession();
  await stage.api.ready(session);
  return stage.api.events(session);
}

const actions = (events: readonly Event[]): string[] =>
  events.filter(({ type }) => ACTIONS.has(type)).map(({ type, target }) => `${type} ${target?.name ?? ''}`);

test('a page finds no trace of the recorder, and what it forges is neither recorded nor obeyed', async ({ stage }) => {
  const server = await servePages({ '/': SPY, '/forged': '' });
  const at = `http://localhost:${server.port}/`;
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.server.url, stage.ingestKey);
  const page = await stage.browser.newPage();
  await page.goto(at);
  const alone = await look(page);

  await popup.start('Look at a page that looks back');
  await page.bringToFront();
  const id = await stage.browser.extensionId();
  const forged = page.waitForResponse('**/forged');
  await page.goto(`${at}?forge=${id}`);
  await forged;
  await page.goto(at);
  await page.locator('#real').click();
  expect(await look(page)).toEqual(alone);

  const files = (await readdir(EXTENSION, { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile()).map((file) => relative(EXTENSION, join(file.parentPath, file.name)));
  expect(files).toContain('recorder.js');
  expect(await page.evaluate(([own, all]) => (window as unknown as Spy).reach(own, all), [id, files] as const)).toEqual([]);

  // The forged orders to stop changed nothing, nor did the forged value: its word would be taken out.
  expect(actions(await stopped(stage, popup))).toEqual(['click Real']);
  await server.stop();
});

test('a recording of one site has nothing of any other', async ({ stage }) => {
  const server = await servePages({ '/': SPY, '/forged': '' });
  const popup = await Popup.of(stage.browser);
  await popup.enrol(stage.server.url, stage.ingestKey);
  const page = await stage.browser.newPage();
  await popup.start('Stay on one site', { site: `http://localhost:${server.port}/` });
  await page.bringToFront();
  for (const host of ['localhost', '127.0.0.1', 'localhost']) {
    await page.goto(`http://${host}:${server.port}/?at=${host}`);
    await page.locator('#real').click();
  }
  const events = await stopped(stage, popup);
  expect(actions(events)).toEqual(['click Real', 'click Real']);
  const own = events.find(({ type }) => type === 'click')?.tab;
  expect(events.filter(({ tab, gap }) => tab === own && gap?.reason === 'excluded_site')).toHaveLength(1);
  expect(JSON.stringify(events)).not.toContain('127.0.0.1');
  await server.stop();
});
