// The one recording that most tests look at: the whole purchase, made once per run by record.setup.ts into a folder, so
// that a test that fails does not make the next one record again.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Event } from '../../extension/src/event/types.ts';
import type { Leak } from '../harness/leaks.ts';
import type { Deed } from '../harness/shopper.ts';
import type { Folders } from '../harness/stage.ts';

/** Playwright empties it before each run, and leaves it for who wants to look. */
export const FOLDER = fileURLToPath(new URL('../test-results/purchase', import.meta.url));
const WIRE = join(FOLDER, 'wire');
const IMAGES = join(FOLDER, 'screenshots');
const FACTS = join(FOLDER, 'recording.json');

/** What is known of the recording beside the server's data. */
export interface Facts {
  folders: Folders;
  session: string;
  adminKey: string;
  deeds: Deed[];
  events: Event[];
  /** Folders of the profile in which the extension keeps what it stores. */
  extensionFolders: string[];
  /** Private values that were found in the extension's storage after a step. */
  leaksOnTheWay: Leak[];
  /** What the extension still held in memory after the recording. */
  memoryAfterwards: string;
}

export interface Recording extends Facts {
  /** Every screenshot by its id. */
  images: ReadonlyMap<string, Buffer>;
  /** What left the browser: the raw bytes of each connection, and what they say. */
  wire: readonly Buffer[];
}

export function saveRecording({ images, wire, ...facts }: Recording): void {
  for (const folder of [WIRE, IMAGES]) mkdirSync(folder, { recursive: true });
  wire.forEach((bytes, i) => { writeFileSync(join(WIRE, String(i).padStart(5, '0')), bytes); });
  for (const [id, image] of images) writeFileSync(join(IMAGES, `${id}.webp`), image);
  writeFileSync(FACTS, JSON.stringify(facts, undefined, 1));
}

export function loadRecording(): Recording {
  const facts = JSON.parse(readFileSync(FACTS, 'utf8')) as Facts;
  const images = new Map(readdirSync(IMAGES).map((name) => [name.replace('.webp', ''), readFileSync(join(IMAGES, name))]));
  const wire = readdirSync(WIRE).sort().map((name) => readFileSync(join(WIRE, name)));
  return { ...facts, images, wire };
}
