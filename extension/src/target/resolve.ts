// From the node that was hit to the element that a person would name: the button, not the path inside its icon.

import { isElement, parentOf } from "./dom";

const NAMED =
  "button,a[href],input,select,textarea,summary,label,option,area[href],[contenteditable]:not([contenteditable=false i])," +
  [
    ..."button,link,checkbox,radio,switch,tab,menuitem,menuitemcheckbox,menuitemradio,option,treeitem,combobox".split(","),
    ..."textbox,searchbox,spinbutton,slider,gridcell".split(","),
  ]
    .map((role) => `[role~=${role}]`)
    .join(",");
/** Less telling than a role, but still something that reacts. */
const REACTING = "[onclick],[tabindex]:not([tabindex='-1']),[data-testid],[data-test],[data-qa],[data-cy]";
/** A person does not mean a card of the whole page when hitting a word in it. */
const MAX_CLIMB = 8;

/** The element that an event of the page is about; undefined where it hit nothing. */
export function targetOf(event: { composedPath(): EventTarget[] }): Element | undefined {
  const hit = event.composedPath().find(isElement);
  return hit && namedAround(hit);
}

/** The nearest element around this one (or itself) that a person would name. For a label, that is what it labels. */
export function namedAround(hit: Element): Element {
  const named = climb(hit, NAMED);
  return (named && controlOf(named)) ?? named ?? climb(hit, REACTING) ?? pointedAt(hit) ?? drawingsOwner(hit);
}

/** The field of a label; undefined where the element is no label, or one of nothing. */
function controlOf(label: Element): Element | undefined {
  return (label as Partial<HTMLLabelElement>).control ?? undefined;
}

/** The outermost element over which the pointer says that a click does something: a card, for instance. */
function pointedAt(hit: Element): Element | undefined {
  const { body, defaultView } = hit.ownerDocument;
  const hasHand = (element: Element): boolean => defaultView?.getComputedStyle(element).cursor === "pointer";
  // A page that has the hand everywhere says nothing by it.
  if (hasHand(body)) return undefined;
  let found: Element | undefined;
  let element: Element | null = hit;
  for (let i = 0; element !== null && i < MAX_CLIMB && hasHand(element); i++) {
    found = element;
    element = parentOf(element);
  }
  return found;
}

function climb(from: Element, selector: string): Element | undefined {
  let element: Element | null = from;
  for (let i = 0; element !== null && i < MAX_CLIMB; i++) {
    if (element.matches(selector)) return element;
    element = parentOf(element);
  }
  return undefined;
}

/** Not a shape of a drawing, but what holds the drawing. */
function drawingsOwner(hit: Element): Element {
  let element = hit;
  while (element.namespaceURI === "http://www.w3.org/2000/svg" && element.localName !== "svg") {
    const parent = parentOf(element);
    if (parent === null) break;
    element = parent;
  }
  return element;
}
