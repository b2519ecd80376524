// A person at the browser: moves the real mouse, presses real keys, and keeps a journal of what was done. Names and
// boxes in the journal come from Playwright's own view of the page, so they witness against the recording.

import type { ElementHandle, Frame, Locator, Page } from '@playwright/test';

import { until } from './until.ts';

export interface Box { x: number; y: number; width: number; height: number }
export interface Point { x: number; y: number }

/** One thing that was done. Boxes and points are CSS pixels from the top left corner of the page's viewport. */
export interface Deed {
  does: 'open' | 'click' | 'type' | 'choose' | 'tick' | 'press' | 'submit' | 'scroll' | 'back' | 'arrive';
  /** The step of the visit that it belongs to. */
  step: string;
  /** The address of the document in which it was done; for `open` and `arrive` the address that was reached. */
  url: string;
  /** Accessible name of the element, or its text where it has none. */
  name: string;
  /** Of the element, where there is one. */
  box?: Box;
  point?: Point;
  /** What was typed, chosen or pressed, or the direction of a scroll. */
  text?: string;
  /** Whether the field is one whose value must not be recorded. */
  secret?: boolean;
  /** The boxes of all fields that stood on the page, in all its frames, when it was done. */
  fields?: Box[];
  /** For `arrive`: whether a new document was loaded, or the page changed its own address. */
  load?: boolean;
}

/** What is known of an element beyond its locator. */
export interface Thing {
  at: Locator;
  name: string;
  /** Pressing it sends a form. */
  sends?: boolean;
  /** Pressing it ticks the box or the radio button that it is. */
  ticks?: boolean;
}

export interface ShopperOptions {
  /** Milliseconds that the person looks at the page before each act. People do, and recorders take their pictures then. */
  paceMs: number;
  /** Called before each act on an element, when the page is as it will be acted on. */
  before?: (deed: Deed, element: Locator) => Promise<void>;
}

const WHEEL_MARGIN = 160; // CSS pixels kept between an element and the viewport's edges, where headers stick
const KEY_MS = 8; // between two key strokes: fast, and still one by one
const FIELDS = 'input:not([type=checkbox], [type=radio], [type=range], [type=hidden]), select, textarea';

export class Shopper {
  readonly page: Page;
  readonly deeds: Deed[] = [];
  #step = '';
  readonly #options: ShopperOptions;

  constructor(page: Page, options: ShopperOptions) {
    this.page = page;
    this.#options = options;
  }

  /** Begins to note where the page goes; needs to be called once before the first act. */
  async watch(): Promise<void> {
    const devtools = await this.page.context().newCDPSession(this.page);
    let last = '';
    const arrive = (url: string, load: boolean): void => {
      if (url === last && !load) return; // the page only changed its history state
      last = url;
      this.deeds.push({ does: 'arrive', step: this.#step, url, name: '', load });
    };
    devtools.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) arrive(frame.url + (frame.urlFragment ?? ''), true);
    });
    devtools.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === mainFrame) arrive(url, false);
    });
    await devtools.send('Page.enable');
    const { frameTree } = await devtools.send('Page.getFrameTree');
    const mainFrame = frameTree.frame.id;
  }

  begin(step: string): void {
    this.#step = step;
  }

  async open(url: string): Promise<void> {
    this.#note({ does: 'open', url, name: '' });
    await this.page.goto(url);
  }

  async back(): Promise<void> {
    await this.#act({ does: 'back', name: '' });
    await this.page.goBack();
  }

  /** Presses the left button in the middle of the element. */
  async click({ at, name, sends, ticks }: Thing): Promise<void> {
    const { box, point } = await this.#approach(at);
    await this.#act({ does: 'click', name, box, point }, at);
    if (ticks === true) this.#note({ does: 'tick', name, text: 'on' });
    if (sends === true) this.#note({ does: 'submit', name: '' });
    await this.page.mouse.click(point.x, point.y);
  }

  /** Types into the field that has the focus, key by key. */
  async type(field: Thing, text: string, secret = false): Promise<void> {
    const box = await boxOf(field.at);
    await this.#act({ does: 'type', name: field.name, text, secret, box }, field.at, false);
    await this.page.keyboard.type(text, { delay: KEY_MS });
  }

  /** Chooses in a select with the keyboard: the keys must lead to the option with this label. */
  async choose({ at, name }: Thing, keys: readonly string[], label: string, secret = false): Promise<void> {
    await this.#bring(at);
    await at.focus();
    await this.#act({ does: 'choose', name, box: await boxOf(at), text: label, secret }, at);
    for (const key of keys) await this.page.keyboard.press(key);
    const chosen = await at.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.label);
    if (chosen !== label) throw new Error(`the keys led to “${chosen ?? ''}” instead of “${label}”`);
  }

  /** Presses a key in the element that has the focus. */
  async press({ at, name, sends }: Thing, key: string): Promise<void> {
    await this.#act({ does: 'press', name, text: key, box: await boxOf(at) }, at, false);
    if (sends === true) this.#note({ does: 'submit', name: '' });
    await this.page.keyboard.press(key);
  }

  /** Turns the wheel over the middle of the page, or over an element, and waits until the page rests. */
  async scroll(dy: number, over?: Thing): Promise<void> {
    if (over) await this.#bring(over.at);
    const box = over && await boxOf(over.at);
    const size = this.page.viewportSize() ?? { width: 0, height: 0 };
    const point = middle(box ?? { x: 0, y: 0, ...size });
    await this.#act({ does: 'scroll', name: over?.name ?? '', text: direction(dy), point });
    await this.#wheel(point, dy);
  }

  #note(deed: Omit<Deed, 'step' | 'url'> & { url?: string }): Deed {
    const noted = { step: this.#step, url: this.page.url(), ...deed };
    this.deeds.push(noted);
    return noted;
  }

  async #act(deed: Omit<Deed, 'step' | 'url'>, element?: Locator, look = true): Promise<void> {
    if (look) await new Promise((resolve) => setTimeout(resolve, this.#options.paceMs));
    const noted = this.#note(deed);
    if (!element) return;
    noted.url = await element.evaluate(({ ownerDocument }) => ownerDocument.URL);
    noted.fields = await this.#fields();
    await this.#options.before?.(noted, element);
  }

  async #fields(): Promise<Box[]> {
    const perFrame = await Promise.all(this.page.frames().map(async (frame) => {
      const { x, y } = await originOf(frame);
      const boxes = await frame.locator(FIELDS).evaluateAll(boxesOf);
      return boxes.map((box) => ({ ...box, x: box.x + x, y: box.y + y }));
    }));
    return perFrame.flat().filter(({ width, height }) => width > 0 && height > 0);
  }

  /** Scrolls to the element as a person would, and returns where it can be pressed. */
  async #approach(at: Locator): Promise<{ box: Box; point: Point }> {
    await this.#bring(at);
    const box = await until('the element to be at rest, enabled, and under nothing else', async () => {
      const first = await boxOf(at);
      const ready = await at.isEnabled() && await at.evaluate(isOnTop);
      const second = await boxOf(at);
      return ready && first.x === second.x && first.y === second.y && second;
    });
    const point = middle(box);
    await this.page.mouse.move(point.x, point.y);
    return { box, point };
  }

  /** Turns the wheel until the element is well in sight: over what scrolls around it, then over the page. */
  async #bring(at: Locator): Promise<void> {
    await at.waitFor();
    const inner = await at.evaluate(innerScroll);
    if (inner) await this.#turn(inner.over, inner.dy);
    const height = this.page.viewportSize()?.height ?? 0;
    const { y, height: own } = await boxOf(at);
    const margin = await at.evaluate(isPinned) ? 0 : WHEEL_MARGIN;
    if (y >= margin && y + own <= height - margin) return;
    const room = await this.page.evaluate(() => ({
      up: scrollY, down: document.documentElement.scrollHeight - innerHeight - scrollY,
    }));
    const wanted = y + own / 2 - height / 2;
    const dy = Math.round(Math.max(-room.up, Math.min(room.down, wanted)));
    const beside = { x: (this.page.viewportSize()?.width ?? 0) - 4, y: height / 2 }; // beside everything that scrolls by itself
    if (dy !== 0) await this.#turn(beside, dy);
  }

  async #turn(point: Point, dy: number): Promise<void> {
    await this.#act({ does: 'scroll', name: '', text: direction(dy), point }, undefined, false);
    await this.#wheel(point, dy);
  }

  async #wheel(point: Point, dy: number): Promise<void> {
    await this.page.mouse.move(point.x, point.y);
    await this.page.evaluate(() => {
      const rested = { scroll: false };
      Object.assign(globalThis, { rested });
      addEventListener('scrollend', () => { rested.scroll = true; }, { once: true, capture: true });
    });
    await this.page.mouse.wheel(0, dy);
    await until('the scroll to rest', () => this.page.evaluate(
      () => (globalThis as unknown as { rested: { scroll: boolean } }).rested.scroll,
    ));
  }
}

async function boxOf(at: Locator): Promise<Box> {
  const box = await at.boundingBox();
  if (!box) throw new Error('the element is not on the page');
  return box;
}

/** Where the frame's own coordinates begin in those of the page that holds it. */
async function originOf(frame: Frame): Promise<Point> {
  if (!frame.parentFrame()) return { x: 0, y: 0 };
  const element = await frame.frameElement() as ElementHandle<Element>;
  return element.evaluate((holder) => {
    const { x, y } = holder.getBoundingClientRect();
    return { x: x + holder.clientLeft, y: y + holder.clientTop };
  });
}

/** Runs in the page. */
function boxesOf(elements: Element[]): Box[] {
  return elements.map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  });
}

/** Runs in the page: how far what scrolls around the element must be scrolled to show it, and where the wheel is turned. */
function innerScroll(element: Element): { over: Point; dy: number } | undefined {
  for (let e = element.parentElement; e && e !== document.body && e !== document.documentElement; e = e.parentElement) {
    if (e.scrollHeight <= e.clientHeight || !['auto', 'scroll'].includes(getComputedStyle(e).overflowY)) continue;
    const around = e.getBoundingClientRect();
    const own = element.getBoundingClientRect();
    if (own.top >= around.top && own.bottom <= around.bottom) return undefined;
    const wanted = (own.top + own.bottom - around.top - around.bottom) / 2;
    const dy = Math.round(Math.max(-e.scrollTop, Math.min(e.scrollHeight - e.clientHeight - e.scrollTop, wanted)));
    return dy === 0 ? undefined : { over: { x: around.left + around.width / 2, y: around.top + around.height / 2 }, dy };
  }
  return undefined;
}

/** Runs in the page: whether the element stays where it is when the page is scrolled. */
function isPinned(element: Element): boolean {
  for (let e: Element | null = element; e; e = e.parentElement) {
    if (['fixed', 'sticky'].includes(getComputedStyle(e).position)) return true;
  }
  return false;
}

/** Runs in the page: whether a press in the middle of the element would reach it. */
async function isOnTop(element: Element): Promise<boolean> {
  await new Promise(requestAnimationFrame);
  const { x, y, width, height } = element.getBoundingClientRect();
  let hit = document.elementFromPoint(x + width / 2, y + height / 2);
  while (hit?.shadowRoot && hit !== element) {
    const inner = hit.shadowRoot.elementFromPoint(x + width / 2, y + height / 2);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  return hit !== null && element.contains(hit);
}

const direction = (dy: number): string => (dy > 0 ? 'down' : 'up');

function middle({ x, y, width, height }: Box): Point {
  return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
}
