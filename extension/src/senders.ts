// Who sent a message, as the browser says. What a message says of its sender is never believed.

import { browser, type Browser } from "wxt/browser";

/** A page that a message comes from. */
export interface Source {
  tab: number;
  frame: number;
  document: string;
  /** Where the frame's content is from. */
  origin: string;
}

/** The sender of a page's message, or undefined where it is not a page of a tab. */
export function sourceOf(sender: Browser.runtime.MessageSender | undefined): Source | undefined {
  const { id, tab, frameId, documentId, origin, url } = sender ?? {};
  if (id !== browser.runtime.id || tab?.id === undefined || frameId === undefined) return undefined;
  return { tab: tab.id, frame: frameId, document: documentId ?? `${tab.id}-${frameId}`, origin: originOf(origin, url) };
}

/** An empty or sandboxed frame has no origin of its own that says anything; its address may. */
function originOf(origin: string | undefined, url: string | undefined): string {
  return origin !== undefined && origin !== "null" ? origin : (url ?? "");
}

/** Whether the sender is one of the extension's own pages. A page of the web cannot have its address. */
export function isOwnPage(sender: Browser.runtime.MessageSender | undefined, path = "/"): boolean {
  return sender?.id === browser.runtime.id && sender.url?.startsWith(browser.runtime.getURL(path as "/")) === true;
}
