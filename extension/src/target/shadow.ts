// Shadow trees, also those that a page keeps to itself: extensions may look into them. Chromium has a function for it
// (chrome.dom), Firefox a property of elements.

import { browser } from "wxt/browser";
import { isElement, parentOf } from "./dom";
import { closedRoots } from "./roots";

/** Elements that can have a shadow root. */
const HOSTS = new Set("article,aside,blockquote,body,div,footer,h1,h2,h3,h4,h5,h6,header,main,nav,p,section,span".split(","));
/** Shadow trees within each other; a page has two or three. */
const MAX_DEPTH = 20;

/** What had the focus in a closed root last: an event that tells of its leaving comes when nothing has it any more. */
const focused = new WeakMap<ShadowRoot, Element>();

/** The element's shadow root, asked of the browser; from then on, whoever walks the page knows it, too. */
export function findShadow(element: Element): ShadowRoot | null {
  if (element.shadowRoot) return element.shadowRoot;
  const known = closedRoots.get(element);
  if (known) return known;
  if (!HOSTS.has(element.localName) && !element.localName.includes("-")) return null;
  const found = ask(element);
  if (found) closedRoots.set(element, found);
  return found;
}

function ask(element: Element): ShadowRoot | null {
  const { openOrClosedShadowRoot } = element as { openOrClosedShadowRoot?: ShadowRoot | null };
  if (openOrClosedShadowRoot !== undefined) return openOrClosedShadowRoot;
  const { dom } = (browser as typeof browser | undefined) ?? {};
  return dom?.openOrClosedShadowRoot(element as HTMLElement) ?? null;
}

/**
 * The way of an event from its innermost target outwards. The browser names only the host of a closed tree to whoever
 * listens outside of it; what the event hit inside is found by where it happened, or by what has the focus.
 */
export function pathOf(event: Event): EventTarget[] {
  let path = event.composedPath();
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const [host] = path;
    // The way from within an open tree is told whole.
    const root = isElement(host) && !host.shadowRoot ? findShadow(host) : null;
    const inner = root && innerTarget(event, root);
    if (!inner) break;
    const inside: Element[] = [];
    for (let e: Element | null = inner; e && e !== host; e = parentOf(e)) inside.push(e);
    path = [...inside, ...path];
  }
  return path;
}

function innerTarget(event: Event, root: ShadowRoot): Element | undefined {
  const active = root.activeElement;
  const before = focused.get(root);
  if (active) focused.set(root, active);
  const hit = pointOf(event);
  const at = hit && root.elementFromPoint(hit.x, hit.y);
  if (hit) return at && at.getRootNode() === root ? at : undefined;
  if (event.type === "focusout") return before?.isConnected === true ? before : undefined;
  return active ?? (before?.isConnected === true ? before : undefined);
}

/** Where in the viewport the event happened; undefined for keys, and for clicks that were made by one. */
function pointOf(event: Event): { x: number; y: number } | undefined {
  if (event instanceof MouseEvent) {
    if (event.type === "click" && event.detail === 0) return undefined;
    return { x: event.clientX, y: event.clientY };
  }
  const [touch] = "changedTouches" in event ? (event as TouchEvent).changedTouches : [];
  return touch && { x: touch.clientX, y: touch.clientY };
}
