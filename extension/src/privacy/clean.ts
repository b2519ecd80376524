// Takes what is private out of an event. Everything that leaves a page passes here, and again in the service worker,
// which knows what was typed on other pages in the meantime. Cleaning twice changes nothing.
//
// Text that people read gets placeholders. Identity evidence (names, ids, selectors) is exact or left out with its
// reason: a rewritten selector would name something that the page never showed.

import type { Ancestor, Event, Page, Product, Selector, Snapshot, Target } from "../event/types";
import { replaceSpans } from "../redact";
import { withinBudget } from "./budget";
import { besideOthers } from "./beside";
import { cleanHtml } from "./html";
import type { Scrubber } from "./scrubber";

/** What an event has before the worker gives it its number and its place in the browser. */
export type Content = Omit<Event, "seq" | "tab" | "frame">;

type WithheldName = keyof NonNullable<Target["withheld"]>;

/** Attributes that hold an address. */
const ADDRESSES = new Set(["href", "src"]);
/** Attributes that an element may be found by, or whose text a person reads. The others hold keywords and numbers. */
const EVIDENCE = new Set(
  "alt,aria-label,class,data-cy,data-qa,data-test,data-testid,for,id,name,pattern,placeholder,title".split(","),
);
const PLACEHOLDER = /\[([A-Z_]+)\]/g;
const TYPES = new Set(
  (
    "PERSON,EMAIL,PHONE,ADDRESS,CARD,IBAN,BANK_ACCOUNT,NATIONAL_ID,TAX_ID,PASSPORT,DRIVER_LICENSE,HEALTH_ID," +
    "DATE_OF_BIRTH,IP,MAC,GEO,VIN,LICENSE_PLATE,CRYPTO_WALLET,SECRET,USERNAME,TRACKING_ID,URL_VALUE,PRIVATE"
  ).split(","),
);

/** The event without what is private, and without the texts for which there was no time. The input stays as it is. */
export function clean<E extends Content>(event: E, scrubber: Scrubber, now?: () => number): E {
  const counts = new Map(Object.entries(event.redactions ?? {}));
  const counting = new Counting(withinBudget(scrubber, now), counts);
  const out: E = { ...event, page: cleanPage(event.page, counting) };
  if (event.target) out.target = cleanTarget(event.target, counting);
  if (event.snapshot) out.snapshot = cleanSnapshot(event.snapshot, counting);
  if (event.navigation?.from !== undefined) {
    out.navigation = { ...event.navigation, from: counting.url(event.navigation.from, MAX_URL) };
  }
  if (event.input && event.input.private !== true) {
    out.input = { ...event.input, value: counting.text(event.input.value, MAX_VALUE) };
  }
  if (event.select?.options && event.select.private !== true) {
    out.select = { ...event.select, options: event.select.options.map((o) => counting.text(o, MAX_OPTION)) };
  }
  if (event.submit?.action !== undefined) {
    out.submit = { ...event.submit, action: counting.url(event.submit.action, MAX_URL) };
  }
  if (event.dialog?.message !== undefined) {
    out.dialog = { ...event.dialog, message: counting.text(event.dialog.message, MAX_TEXT) };
  }
  if (counts.size > 0) out.redactions = Object.fromEntries(counts);
  return out;
}

// The limits of the schema, in code points.
const MAX_URL = 4096;
const MAX_TITLE = 1000;
const MAX_VALUE = 10_000;
const MAX_OPTION = 500;
const MAX_TEXT = 2000;
const MAX_NAME = 500;
const MAX_NEARBY = 200;
const MAX_HTML = 100_000;
const MAX_PRODUCT = { name: 500, brand: 200, sku: 100 };

/**
 * How far a text is read beyond what is kept of it, so that a value at its end is seen whole: a card number that is cut
 * in half is no card number to the engine.
 */
export const LOOKAHEAD = 256;

/** The text without what is private, then cut to a number of characters, never within a private value. */
export function cleanText(text: string, max: number, scrubber: Scrubber): string {
  if (text.length <= max) return limit(scrubber.text(text), max);
  const spans = scrubber.spans(text);
  const end = spans.find((s) => s.start < max && s.end > max)?.start ?? max;
  return limit(replaceSpans(text.slice(0, end).toWellFormed(), spans.filter((s) => s.end <= end)), max);
}

/** The text, cut to a number of code points; a placeholder is never cut in half. Only for what is clean. */
function limit(text: string, points: number): string {
  if (text.length <= points) return text;
  const cut = Array.from(text).slice(0, points).join("");
  return cut.replace(/\[[A-Z_]*$/, "");
}

/** Counts what is taken out. */
class Counting {
  readonly scrubber: Scrubber;
  readonly #counts: Map<string, number>;

  constructor(scrubber: Scrubber, counts: Map<string, number>) {
    this.scrubber = scrubber;
    this.#counts = counts;
  }

  contains(text: string): boolean {
    return this.scrubber.contains(text);
  }

  text(text: string, max: number): string {
    const after = cleanText(text, max, this.scrubber);
    count(text, after, this.#counts);
    return after;
  }

  /** The text without what is private only beside one of the others. */
  beside(text: string, others: readonly string[]): string {
    const after = besideOthers(text, others, this.scrubber);
    count(text, after, this.#counts);
    return after;
  }

  html(html: string): string {
    const { scrubber } = this;
    const after = cleanHtml(html, {
      url: (url, max) => limit(scrubber.url(url), max),
      contains: (text) => scrubber.contains(text),
      spans: (text) => scrubber.spans(text),
    });
    count(html, after, this.#counts);
    return after;
  }

  url(url: string, max: number): string {
    const after = limit(this.scrubber.url(url), max);
    count(url, after, this.#counts);
    return after;
  }
}

function count(before: string, after: string, counts: Map<string, number>): void {
  const tally = (text: string, step: number): void => {
    for (const [, type] of text.matchAll(PLACEHOLDER)) {
      if (type !== undefined && TYPES.has(type)) counts.set(type, (counts.get(type) ?? 0) + step);
    }
  };
  tally(after, 1);
  tally(before, -1);
  for (const [type, n] of counts) if (n <= 0) counts.delete(type);
}

function cleanPage(page: Page, scrubber: Counting): Page {
  const out: Page = {
    ...page,
    url: scrubber.url(page.url, MAX_URL) || "about:blank",
    title: scrubber.text(page.title, MAX_TITLE),
  };
  if (page.product) out.product = cleanProduct(page.product, scrubber);
  return out;
}

function cleanProduct(product: Product, scrubber: Counting): Product {
  const out: Product = { ...product };
  for (const name of ["name", "brand", "sku"] as const) {
    const value = product[name];
    if (value !== undefined) out[name] = scrubber.text(value, MAX_PRODUCT[name]);
  }
  if (product.options) out.options = product.options.map((o) => scrubber.text(o, MAX_NEARBY));
  return out;
}

function cleanTarget(target: Target, scrubber: Counting): Target {
  const texts = [...(target.text === undefined ? [] : [target.text]), ...(target.nearby ?? [])];
  const around = (text: string): string => scrubber.beside(text, texts);
  /** What the target is called or shows, where that is a short value. */
  const short = [target.name, target.text].filter((t) => t !== undefined && around(t) !== t);
  const out: Target = { ...target };
  const withheld = new Set(Object.keys(target.withheld ?? {}) as WithheldName[]);
  if (target.name !== undefined && (short.includes(target.name) || scrubber.contains(target.name))) {
    delete out.name;
    withheld.add("name");
  } else if (target.name !== undefined) {
    out.name = limit(target.name, MAX_NAME);
  }
  if (target.text !== undefined) out.text = scrubber.text(around(target.text), MAX_TEXT);
  if (target.attributes) out.attributes = cleanAttributes(target.attributes, scrubber, withheld);
  if (target.selectors) out.selectors = target.selectors.map((s) => cleanSelector(s, scrubber, short));
  if (target.ancestors) out.ancestors = target.ancestors.map((a) => cleanAncestor(a, scrubber));
  if (target.nearby) out.nearby = target.nearby.map((t) => scrubber.text(around(t), MAX_NEARBY));
  if (target.frame_path?.some((s) => scrubber.contains(s)) === true) delete out.frame_path;
  if (target.shadow?.some((s) => scrubber.contains(s)) === true) delete out.shadow;
  if (withheld.size > 0) out.withheld = Object.fromEntries([...withheld].map((name) => [name, "private"]));
  return out;
}

function cleanAttributes(
  attributes: NonNullable<Target["attributes"]>,
  scrubber: Counting,
  withheld: Set<WithheldName>,
): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (ADDRESSES.has(name)) out[name] = scrubber.url(value, MAX_TITLE);
    else if (EVIDENCE.has(name) && scrubber.contains(value)) withheld.add(`@${name}` as WithheldName);
    else out[name] = value;
  }
  return out;
}

function cleanSelector(selector: Selector, scrubber: Counting, short: readonly (string | undefined)[]): Selector {
  const { value } = selector;
  if (value === undefined) return selector;
  const named = short.some((text) => text !== undefined && (value === text || value.includes(JSON.stringify(text))));
  if (!named && !scrubber.contains(value)) return selector;
  const out: Selector = { ...selector, withheld: "private" };
  delete out.value;
  return out;
}

function cleanAncestor(ancestor: Ancestor, scrubber: Counting): Ancestor {
  const out: Ancestor = { ...ancestor };
  if (ancestor.name !== undefined && scrubber.contains(ancestor.name)) delete out.name;
  if (ancestor.id !== undefined && scrubber.contains(ancestor.id)) delete out.id;
  return out;
}

function cleanSnapshot(snapshot: Snapshot, scrubber: Counting): Snapshot {
  const out: Snapshot = { ...snapshot };
  if (snapshot.elements) {
    out.elements = snapshot.elements.map((e) =>
      e.name === undefined ? e : { ...e, name: scrubber.text(e.name, MAX_NEARBY) },
    );
  }
  if (snapshot.html !== undefined) out.html = scrubber.html(snapshot.html);
  if (out.html !== undefined && out.html.length > MAX_HTML) delete out.html;
  return out;
}
