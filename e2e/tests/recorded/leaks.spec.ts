// No private value that was typed is found anywhere but in the browser's memory.

import { expect } from '@playwright/test';

import { filesUnder, LeakSearch } from '../../harness/leaks.ts';
import { CONTROL, PLANTED } from '../../harness/person.ts';
import { test } from './fixtures.ts';

const planted = new LeakSearch(PLANTED);
const control = new LeakSearch({ control: [CONTROL] });

test('the search finds a harmless value in what the server gives, and not in what it stores', async ({ recording, server, api }) => {
  const shown = await server.command('sessions', 'show', recording.session, '--json');
  expect(control.inText(shown, 'sessions show')).not.toEqual([]);
  expect(control.in(await api.get(`/v1/sessions/${recording.session}/events?limit=500`), 'the API')).not.toEqual([]);
  expect(control.inFiles(recording.folders.export)).not.toEqual([]);
  expect(recording.wire.flatMap((message) => control.in(message, 'sent'))).not.toEqual([]);

  expect(control.inFiles(recording.folders.data)).toEqual([]);
  expect(control.inFiles(recording.folders.serverLog)).toEqual([]);
});

test('the files of the data directory and the log hold nothing private', ({ recording: { folders } }) => {
  expect(planted.inFiles(folders.data)).toEqual([]);
  expect(planted.inFiles(folders.serverLog)).toEqual([]);
});

test('what the server opens again holds nothing private', async ({ recording: { session, events }, server, api }) => {
  const shown = await server.command('sessions', 'show', session, '--json');
  expect(planted.inText(shown, 'sessions show')).toEqual([]);
  expect(planted.inText(JSON.stringify(events), 'events')).toEqual([]);
  for (const part of ['', '/events?limit=500', '/quality', '/examples', '/screenshots']) {
    const path = `/v1/sessions/${session}${part}`;
    expect(planted.in(await api.get(path), path)).toEqual([]);
  }
});

test('the exported training data holds nothing private', ({ recording: { folders } }) => {
  expect(planted.inFiles(folders.export)).toEqual([]);
});

test('nothing private left the browser', ({ recording: { wire } }) => {
  expect(wire.flatMap((bytes) => planted.in(bytes, 'sent'))).toEqual([]);
});

test('the extension writes nothing private to the disk, and forgets at the end', ({ recording }) => {
  expect(recording.leaksOnTheWay).toEqual([]);
  expect(filesUnder(recording.extensionFolders[0] ?? '').length).toBeGreaterThan(0);
  expect(planted.inFiles(...recording.extensionFolders)).toEqual([]);
  expect(planted.inText(recording.memoryAfterwards, 'chrome.storage.session')).toEqual([]);
});
