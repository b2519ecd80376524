// Asks axe-core whether a page can be read and used by everybody (WCAG 2 A and AA, contrast among it), in light and in dark.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { expect, type Page } from '@playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation { id: string; nodes: { html: string; failureSummary?: string }[] }
declare const axe: { run: (options: object) => Promise<{ violations: Violation[]; passes: { id: string }[] }> };

const SCHEMES = ['light', 'dark'] as const;

/** Fails with every place that axe objects to. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(source); // by way of DevTools: the page's own policy allows no script of ours
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    const { violations, passes } = await page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`));
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
    expect(passes.map(({ id }) => id), `${what}, ${colorScheme}: contrast was looked at`).toContain('color-contrast');
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
