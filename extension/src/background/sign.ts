// The frame around a page that is recorded. It is a style of the browser's user, not a part of the page: nothing is added
// to the page's document, its scripts get no event of it, and clicks pass through. It is taken away while a picture is
// taken, so that it never appears in one; that the frame blinks tells the participant that there was a picture.

import { browser } from "wxt/browser";
import type { Parts } from "./parts";
import { isOutside } from "./scope";

const css = `@media screen {
  html::after {
    content: "" !important; display: block !important; position: fixed !important; inset: 0 !important;
    width: auto !important; height: auto !important; margin: 0 !important; padding: 0 !important;
    border: 4px solid #e0115f !important; border-radius: 0 !important; box-sizing: border-box !important;
    background: none !important; opacity: 1 !important; visibility: visible !important; transform: none !important;
    transition: none !important; animation: none !important; pointer-events: none !important; z-index: 2147483647 !important;
  }
}`;

/** Tabs of which a picture is being taken. */
const pictured = new Set<number>();

/** Shows the frame; harmless where it is shown already, and where a picture is being taken. */
export async function showSign(tab: number): Promise<void> {
  if (pictured.has(tab)) return;
  await remove(tab);
  // Another part may have begun to take a picture meanwhile. What is asked for later is done later in the page, too.
  if (pictured.has(tab)) return;
  // A page of the browser itself refuses, which is right.
  await browser.scripting.insertCSS({ target: { tabId: tab }, css, origin: "USER" }).catch(() => undefined);
}

/** Does something while the tab has no frame. It is off the screen when the page has drawn once more. */
export async function withoutSign<T>(tab: number, work: () => Promise<T>): Promise<T> {
  pictured.add(tab);
  try {
    await remove(tab);
    return await work();
  } finally {
    pictured.delete(tab);
  }
}

/** Shows or takes away the frame of every tab, as is right now. */
export async function showSigns(parts: Parts): Promise<void> {
  const recording = (await parts.ledger.current())?.record.phase === "recording";
  for (const { id, url } of await browser.tabs.query({})) {
    if (id !== undefined) void (recording && !(await isOutside(parts, url)) ? showSign(id) : remove(id));
  }
}

async function remove(tab: number): Promise<void> {
  await browser.scripting.removeCSS({ target: { tabId: tab }, css, origin: "USER" }).catch(() => undefined);
}
