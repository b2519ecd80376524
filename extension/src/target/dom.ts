// Walking a page as it is composed: through shadow roots, also closed ones that were found, without surprises.

import { shadowOf } from "./roots";

/** Elements whose content a participant types or chooses. Their values are never part of any text. */
export const FIELDS =
  "input,textarea,select,[contenteditable]:not([contenteditable=false i]),[role=textbox],[role=searchbox],[role=combobox],[role=spinbutton]";

const UNSEEN = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD"]);

/** Every element under a root in page order, those of shadow trees after their hosts. */
export function* elementsOf(
  root: Document | ShadowRoot | Element,
  inside: (element: Element) => ShadowRoot | null = shadowOf,
): Generator<Element> {
  // A stack of its own, not of generators: each of those would hand on every element that is deeper in the page.
  const next = [root.firstElementChild];
  while (next.length > 0) {
    const element = next.pop();
    if (!element) continue;
    yield element;
    next.push(element.nextElementSibling, element.firstElementChild, inside(element)?.firstElementChild ?? null);
  }
}

/** The element's parent in the composed page: a shadow root's parent is its host. */
export function parentOf(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return isShadowRoot(root) ? root.host : null;
}

export function isShadowRoot(node: Node): node is ShadowRoot {
  return node.nodeType === Node.DOCUMENT_FRAGMENT_NODE && "host" in node;
}

/** The document or shadow root that selectors of this element are relative to. */
export function rootOf(element: Element): Document | ShadowRoot {
  const root = element.getRootNode();
  return isShadowRoot(root) ? root : element.ownerDocument;
}

/** Whether the element is rendered at all. */
export function isRendered(element: Element): boolean {
  return typeof element.checkVisibility === "function"
    ? element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false })
    : true;
}

/** White space as a reader sees it. */
export function squeeze(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** The text of an element as a reader sees it, without what was typed into fields, up to a number of characters. */
export function visibleText(element: Element, max: number): string {
  const parts: string[] = [];
  let length = 0;
  const visit = (node: Node): void => {
    if (length >= max) return;
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.nodeValue ?? "";
      parts.push(text);
      length += text.trim().length;
    } else if (isElement(node) && isReadable(node)) {
      for (const child of (shadowOf(node) ?? node).childNodes) visit(child);
      parts.push(" ");
    }
  };
  if (!element.matches(FIELDS)) for (const child of (shadowOf(element) ?? element).childNodes) visit(child);
  return squeeze(parts.join("")).slice(0, max);
}

function isReadable(element: Element): boolean {
  return !UNSEEN.has(element.tagName) && !element.matches(FIELDS) && isRendered(element);
}

export function isElement(node: unknown): node is Element {
  return typeof node === "object" && node !== null && (node as Node).nodeType === Node.ELEMENT_NODE;
}
