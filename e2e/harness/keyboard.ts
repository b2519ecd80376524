// Somebody who uses no mouse: goes from one thing to the next with Tab, and sees where they are.

import { expect, type Page } from '@playwright/test';

const MAX_TABS = 80; // more than any of the extension's pages has things to stop at

interface Focused { name: string; outline: boolean; shown: boolean }

/** Presses Tab until the thing of that name has the focus. At every stop the focus must be seen. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < MAX_TABS; i++) {
    const now = await focused(page);
    if (now) {
      expect(now.outline && now.shown, `the focus is seen on ${now.name}`).toBe(true);
      if (now.name === name) return;
      passed.push(now.name);
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab did not reach ${name}, only ${[...new Set(passed)].join(', ')}`);
}

/** What has the focus: its name, and whether it shows that. */
function focused(page: Page): Promise<Focused | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return undefined;
    const labels = element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement
      ? [...(element.labels ?? [])].map(({ innerText }) => innerText.trim()).join(' ')
      : '';
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    return {
      name: element.getAttribute('aria-label') ?? (labels || element.innerText.trim()),
      outline: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
      shown: width > 0 && height > 0,
    };
  });
}
