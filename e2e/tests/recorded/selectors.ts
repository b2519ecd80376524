// Whether the recorded ways to an element lead to it, in a page of the same shop that another browser shows.

import type { ElementHandle, Frame, Locator, Page } from '@playwright/test';

import type { Selector, Target } from '../../../extension/src/event/types.ts';

type Role = Parameters<Page['getByRole']>[0];

/** What is wrong with the target's selectors, given the element that they should lead to. */
export async function brokenSelectors(target: Target, element: Locator, page: Page): Promise<string[]> {
  const handle = await element.elementHandle() as ElementHandle<Element> | null;
  const frame = await handle?.ownerFrame();
  if (!handle || !frame) return ['the element is not on the page'];
  const broken: string[] = [];
  if (!await leadsToFrame(target.frame_path ?? [], page, frame)) broken.push('frame path');
  if (!await handle.evaluate(isUnderHosts, target.shadow ?? [])) broken.push('shadow path');
  for (const selector of target.selectors ?? []) {
    if (selector.verified !== true) continue;
    if (!await leadsTo(selector, target.tag, handle, frame)) broken.push(`${selector.kind} ${selector.value ?? ''}`);
  }
  return broken;
}

async function leadsToFrame(path: readonly string[], page: Page, wanted: Frame): Promise<boolean> {
  let frame = page.mainFrame();
  for (const selector of path) {
    const handle = await frame.locator(selector).elementHandle();
    const inner = await handle.contentFrame();
    if (!inner) return false;
    frame = inner;
  }
  return frame === wanted;
}

async function leadsTo({ kind, value = '' }: Selector, tag: string, element: ElementHandle<Element>, frame: Frame): Promise<boolean> {
  switch (kind) {
    case 'test_id': case 'id': case 'css': return element.evaluate(isOnlyMatch, value);
    case 'placeholder': case 'alt': case 'title': return element.evaluate(isOnlyMatch, `[${kind}=${JSON.stringify(value)}]`);
    case 'xpath': return element.evaluate(isOnlyXPath, value);
    case 'text': return element.evaluate(isOnlyText, { tag, text: value });
    case 'label': return element.evaluate(isOnlyLabelled, value);
    case 'role': {
      const [, role, name] = /^(\w+)\[name=(".*")\]$/s.exec(value) ?? [];
      return role !== undefined && name !== undefined
        && isOnly(frame.getByRole(role as Role, { name: JSON.parse(name) as string, exact: true }), element);
    }
  }
}

async function isOnly(locator: Locator, element: ElementHandle<Element>): Promise<boolean> {
  const found = await locator.elementHandles();
  return found.length === 1 && await element.evaluate((own, other) => own === other, found[0]);
}

// What follows runs in the page.

function isUnderHosts(element: Element, hosts: readonly string[]): boolean {
  let root: Document | ShadowRoot = element.ownerDocument;
  for (const selector of hosts) {
    const host: Element | null = root.querySelector(selector);
    if (!host?.shadowRoot) return false;
    root = host.shadowRoot;
  }
  return element.getRootNode() === root;
}

function isOnlyMatch(element: Element, selector: string): boolean {
  const found = (element.getRootNode() as ParentNode).querySelectorAll(selector);
  return found.length === 1 && found[0] === element;
}

function isOnlyXPath(element: Element, path: string): boolean {
  const found = document.evaluate(path, element.getRootNode(), null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  return found.snapshotLength === 1 && found.snapshotItem(0) === element;
}

/** A label is what stands beside a field, without the field itself, which may stand inside the label. */
function isOnlyLabelled(element: Element, text: string): boolean {
  const fields = (element.getRootNode() as ParentNode).querySelectorAll('input, select, textarea, [aria-label]');
  const found = [...fields].filter((field) => {
    const labels = [...(field as Partial<HTMLInputElement>).labels ?? []].map((label) => {
      const copy = label.cloneNode(true) as HTMLElement;
      for (const inner of copy.querySelectorAll('input, select, textarea')) inner.remove();
      return copy.textContent;
    });
    const own = field.getAttribute('aria-label') ?? labels.join(' ');
    return own.replaceAll(/\s+/g, ' ').trim() === text;
  });
  return found.length === 1 && found[0] === element;
}

function isOnlyText(element: Element, { tag, text }: { tag: string; text: string }): boolean {
  const alike = (element.getRootNode() as ParentNode).querySelectorAll<HTMLElement>(tag);
  const found = [...alike].filter((other) => other.innerText.replaceAll(/\s+/g, ' ').trim() === text);
  return found.length === 1 && found[0] === element;
}
