// Who records: nobody, our extension, or one of the peers from a script in the page's head.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { buildSync } from 'esbuild';

export const PEERS = ['rrweb', 'posthog', 'openreplay'] as const;
export const RECORDERS = ['nobody', 'codesight', ...PEERS] as const;
export type Recorder = (typeof RECORDERS)[number];

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Name and version, as installed or built. */
export function titleOf(recorder: Recorder): string {
  const name = { nobody: '', codesight: '', rrweb: '@rrweb/record', posthog: 'posthog-js', openreplay: '@openreplay/tracker' }[recorder];
  if (name === '') return recorder;
  const { version } = JSON.parse(readFileSync(here(`node_modules/${name}/package.json`), 'utf8')) as { version: string };
  return `${name} ${version}`;
}

/** A peer as one script. */
export function scriptOf(peer: string): string {
  const { outputFiles } = buildSync({ entryPoints: [here(`peers/${peer}.js`)], bundle: true, minify: true, format: 'iife', write: false, logLevel: 'error' });
  return outputFiles[0]?.text ?? '';
}

/** Whether a script belongs to the recorder. */
export function isOf(recorder: Recorder): (url: string) => boolean {
  if (recorder === 'codesight') return (url) => url.startsWith('chrome-extension://');
  return (url) => url.includes(`/${recorder}.js`);
}
