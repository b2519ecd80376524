// What the recorders in the pages say, and what they are told. The worker fills in what only it knows: tab, frame and
// document (from the browser), zoom, the page before, the frame that shows the page before the action.

import { browser } from "wxt/browser";
import type { Page } from "../event/types";
import { type Delivered, type Item, MAX_ECHO, type Orders, type PageMessage } from "../messages";
import { clean } from "../privacy/clean";
import type { Scrubber } from "../privacy/scrubber";
import type { Source } from "../senders";
import type { Unnumbered } from "./ledger";
import type { Parts } from "./parts";
import { isOutside } from "./scope";
import { showSign } from "./sign";
import { type TabEntry, beganAt, frameBefore } from "./tab-book";

/** What every page is told: whether to record, and what must be taken out. */
export async function orders(parts: Parts): Promise<Orders> {
  const current = await parts.ledger.current();
  const recording = current?.record.phase === "recording";
  return {
    session: recording ? current.id : null,
    screenshots: recording && current.record.header.consent.scopes.includes("screenshots"),
    echo: recording ? await parts.echo.values() : [],
  };
}

const SILENT: Orders = { session: null, screenshots: false, echo: [] };

/** Tells every page of every tab. A tab without a recorder does not answer, which is no error. */
export async function broadcast(parts: Parts): Promise<void> {
  const message = { to: "page", type: "orders", orders: await orders(parts) };
  for (const tab of await browser.tabs.query({})) {
    // What was typed elsewhere is not told to a page that is not recorded, either.
    const said = (await isOutside(parts, tab.url)) ? { ...message, orders: SILENT } : message;
    if (tab.id !== undefined) void browser.tabs.sendMessage(tab.id, said).catch(() => undefined);
  }
}

/** A document has loaded, or was shown again. */
export async function hello(parts: Parts, source: Source): Promise<Orders> {
  const outside = await isOutside(parts, source.origin);
  if (source.frame === 0) {
    const entry = await parts.tabs.entry(source.tab);
    entry.document = source.document;
    if (outside) delete entry.page;
    await parts.tabs.save(source.tab);
  }
  if (outside) return SILENT;
  const told = await orders(parts);
  if (source.frame === 0 && told.session !== null) void showSign(source.tab);
  return { ...told, frame: source.frame };
}

/** Stores what a page's recorder hands over; the answer goes out only when it is stored. */
export async function deliver(
  parts: Parts,
  source: Source,
  message: Extract<PageMessage, { type: "deliver" }>,
): Promise<Delivered | undefined> {
  // The participant may have excluded the site just now: what its page still hands over is dropped.
  if (await isOutside(parts, source.origin)) return { stored: message.items.at(-1)?.n ?? 0 };
  const typed = message.items.flatMap((item) => (item.kind === "echo" ? [item.echo] : []));
  if (typed.length > 0 && (await parts.echo.add(typed.filter((e) => e.value.length <= MAX_ECHO)))) {
    await broadcast(parts);
  }
  const session = message.session ?? (await parts.ledger.current())?.id;
  if (session === undefined) return undefined;
  const entry = await parts.tabs.entry(source.tab);
  const scrubber = await parts.echo.scrubber();
  const zoom = await browser.tabs.getZoom(source.tab).catch(() => 1);
  const placed: Unnumbered[] = [];
  const stored = await parts.ledger.deliver(session, `${source.document}:${message.recorder}`, message.items, (i) => {
    const event = place(i, { source, entry, scrubber, zoom, run: parts.run });
    placed.push(event);
    return event;
  });
  if (stored === undefined) return undefined;
  if (placed.length > 0) void guide(parts, session, placed);
  await parts.tabs.save(source.tab);
  parts.send();
  parts.changed();
  return { stored };
}

/** Lets the guide see what was recorded. Recording neither waits for it nor fails with it. */
async function guide(parts: Parts, session: string, events: readonly Unnumbered[]): Promise<void> {
  const current = await parts.ledger.current();
  if (current?.id !== session) return;
  await parts.guide.notice(session, current.record.header.task, events).catch(() => undefined);
  parts.changed();
}

interface Place {
  source: Source;
  entry: TabEntry;
  scrubber: Scrubber;
  zoom: number;
  run: string;
}

function place(item: Extract<Item, { kind: "event" }>, at: Place): Unnumbered {
  const { source, entry } = at;
  const event: Unnumbered = {
    ...item.event,
    tab: source.tab,
    frame: String(source.frame),
    document: source.document,
    run: at.run,
  };
  let cleaned: Unnumbered;
  try {
    cleaned = clean(event, at.scrubber);
  } catch {
    // Not of an event's form at all: the ledger will refuse and count it.
    return event;
  }
  cleaned.page = { ...cleaned.page, viewport: { ...cleaned.page.viewport, zoom: at.zoom } };
  if (cleaned.navigation && source.frame === 0) cleaned.navigation = withFrom(cleaned.navigation, entry.page);
  if (isAction(cleaned.type)) bindFrame(cleaned, item.stamp, source, entry);
  if (source.frame === 0) entry.page = cleaned.page;
  return cleaned;
}

function withFrom(navigation: NonNullable<Unnumbered["navigation"]>, before: Page | undefined): typeof navigation {
  return before === undefined ? navigation : { ...navigation, from: before.url };
}

const ACTIONS = new Set(["click", "input", "select", "submit", "scroll", "key", "drag", "drop", "touch", "hover"]);

function isAction(type: string): boolean {
  return ACTIONS.has(type);
}

/** Binds the newest settled frame of the page that the action happened on. */
function bindFrame(event: Unnumbered, stamp: number, source: Source, entry: TabEntry): void {
  const frame = frameBefore(entry, event);
  if (frame === undefined) return;
  // A frame that another one followed was followed because the page had changed, sooner or later.
  const changed = frame.changed || frame !== entry.frame;
  const stale = source.frame === 0 ? frame.stamp !== stamp : changed;
  frame.bound = true;
  event.screenshot = { id: frame.image, age_ms: beganAt(event) - frame.takenAt, ...(stale && { stale }) };
}
