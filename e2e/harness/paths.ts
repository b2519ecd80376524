// Where the parts of CodeSight lie in this checkout.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const BINARY = join(ROOT, 'bin/codesight');
export const EXTENSION = join(ROOT, 'extension/.output/chrome-mv3-test');
export const SHOP = join(ROOT, 'demo/shop/serve.mjs');

/** Names of Chromium and its kin, as Debian, Ubuntu and others install them. */
const BROWSERS = ['chromium', 'chromium-browser'];

/** Where the first browser of the system is; `tools/need chromium` installs one. */
export function browserPath(): string {
  for (const folder of (process.env['PATH'] ?? '').split(':')) {
    for (const name of BROWSERS) {
      const path = join(folder, name);
      if (existsSync(path)) return path;
    }
  }
  throw new Error(`no ${BROWSERS.join(', ')} on this machine; \`tools/need chromium\` installs one`);
}

/** Says what is not built yet, in terms of what to do about it. */
export function requireBuilt(): void {
  if (!existsSync(BINARY)) throw new Error('bin/codesight is missing; run `make build`');
  if (!existsSync(join(EXTENSION, 'manifest.json'))) {
    throw new Error('the extension is not built; run `npm run build:test` in extension/');
  }
}
