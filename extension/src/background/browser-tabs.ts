// Tabs that open, close and come to the front are events of the session.

import { browser } from "wxt/browser";
import type { TabDetail } from "../event/types";
import { BLANK, lastPage } from "./control";
import type { Parts } from "./parts";
import { isOutside } from "./scope";
import { framesOf } from "./tab-book";

/** Listens to the browser's tabs. Must be called at the start of the worker, before anything is awaited. */
export function watchTabs(parts: Parts, ready: Promise<unknown>): void {
  browser.tabs.onCreated.addListener((tab) => {
    if (tab.id === undefined) return;
    const opener = tab.openerTabId === undefined ? {} : { opener: tab.openerTabId };
    void ready.then(() => note(parts, tab.id ?? 0, { kind: "opened", ...opener }));
  });
  browser.tabs.onActivated.addListener(({ tabId }) => {
    void ready.then(() => note(parts, tabId, { kind: "activated" }));
  });
  browser.tabs.onUpdated.addListener((tabId, { url, status }, tab) => {
    // Of a page that we have no access to, the browser says only that it loads.
    if (url !== undefined || status === "loading") void ready.then(() => wentTo(parts, tabId, url ?? tab.url));
  });
  browser.tabs.onRemoved.addListener((tabId) => {
    void ready.then(async () => {
      await note(parts, tabId, { kind: "closed" });
      const frames = framesOf(await parts.tabs.entry(tabId));
      await parts.tabs.drop(tabId);
      for (const frame of frames) if (!frame.bound) await parts.images.delete(frame.image);
    });
  });
}

/** A visit to a site that is not to be recorded is a gap that says so, and nothing else: not where, not what came before it in the tab. */
async function wentTo(parts: Parts, tab: number, url: string | undefined): Promise<void> {
  const current = await parts.ledger.current();
  if (current?.record.phase !== "recording") return;
  const entry = await parts.tabs.entry(tab);
  const excluded = await isOutside(parts, url);
  if ((entry.excluded ?? false) === excluded) return;
  entry.excluded = excluded;
  if (excluded) delete entry.page;
  await parts.tabs.save(tab);
  if (!excluded) return;
  await parts.ledger.append(current.id, [
    { tab, frame: "0", page: BLANK, time: Date.now(), type: "gap", run: parts.run, gap: { reason: "excluded_site" } },
  ]);
  parts.changed();
}

async function note(parts: Parts, tab: number, change: TabDetail): Promise<void> {
  const current = await parts.ledger.current();
  if (current?.record.phase !== "recording") return;
  const page = await lastPage(parts, tab);
  await parts.ledger.append(current.id, [
    { ...page, time: Date.now(), type: "tab", run: parts.run, tab_change: change },
  ]);
  parts.send();
  parts.changed();
}
