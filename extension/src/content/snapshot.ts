// The page's interactive elements in page order: what an agent could act on. Made while the page rests, so that an
// action finds it ready; made anew where the page changed since.

import type { Element as Entry, Snapshot } from "../event/types";
import { LOOKAHEAD } from "../privacy/clean";
import { FIELDS, elementsOf, isRendered } from "../target/dom";
import { type FramePlace, boxOf } from "../target/geometry";
import { nameOf, roleOf } from "../target/names";
import { isTypedInto, kindOf, valueOf } from "./fields";

const INTERACTIVE =
  "a[href],button,input:not([type=hidden]),select,textarea,summary,area[href],[contenteditable]:not([contenteditable=false i])," +
  "[role=button],[role=link],[role=checkbox],[role=radio],[role=switch],[role=tab],[role=menuitem],[role=option]," +
  "[role=combobox],[role=textbox],[role=searchbox],[role=slider],[role=spinbutton],[role=treeitem]," +
  "[onclick],[tabindex]:not([tabindex='-1'])";
/** A page with more is cut; what is in view comes first. */
const MAX_ELEMENTS = 300;
const MAX_NAME = 200 + LOOKAHEAD;

/** A snapshot with the elements that its entries describe. */
export interface Taken {
  id: string;
  entries: Entry[];
  elements: Element[];
  truncated: boolean;
}

/** Takes a snapshot of the document and its open shadow trees. */
export function takeSnapshot(document: Document, place: FramePlace, id: string): Taken {
  const all = [...elementsOf(document)].filter((e) => e.matches(INTERACTIVE) && isShown(e));
  const elements = choose(all, document);
  return { id, elements, truncated: elements.length < all.length, entries: elements.map((e) => entryOf(e, place)) };
}

/** The event's part of a snapshot: the whole of it, or a reference with the target's place. */
export function snapshotOf(taken: Taken): Snapshot {
  return { id: taken.id, elements: taken.entries, ...(taken.truncated && { truncated: true }) };
}

/** How many entries have this role and name; undefined where not all are there. */
export function countIn(taken: Taken, role: string, name: string): number | undefined {
  if (taken.truncated) return undefined;
  return taken.entries.filter((e) => e.role === role && e.name === name.slice(0, MAX_NAME)).length;
}

export function referenceTo(taken: Taken, target: Element | undefined): Snapshot {
  const index = target ? taken.elements.indexOf(target) : -1;
  return index < 0 ? { id: taken.id } : { id: taken.id, target: index };
}

function choose(all: Element[], document: Document): Element[] {
  if (all.length <= MAX_ELEMENTS) return all;
  const near = all.filter((e) => isInView(e, document)).slice(0, MAX_ELEMENTS);
  const chosen = new Set(near);
  for (const e of all) {
    if (chosen.size >= MAX_ELEMENTS) break;
    chosen.add(e);
  }
  return all.filter((e) => chosen.has(e));
}

function isShown(element: Element): boolean {
  if (!isRendered(element)) return false;
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0;
}

function isInView(element: Element, document: Document): boolean {
  const view = document.defaultView;
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return view !== null && bottom > 0 && right > 0 && top < view.innerHeight && left < view.innerWidth;
}

function entryOf(element: Element, place: FramePlace): Entry {
  const entry: Entry = { role: roleOf(element) ?? "generic", tag: element.localName.slice(0, 100), box: boxOf(element, place) };
  const name = nameOf(element);
  if (name !== "") entry.name = name.slice(0, MAX_NAME);
  if (element.localName === "input") entry.type = (element as HTMLInputElement).type.slice(0, 50);
  const value = valueClass(element);
  if (value) entry.value = value;
  const states = statesOf(element);
  if (states.length > 0) entry.states = states;
  return entry;
}

function valueClass(element: Element): Entry["value"] {
  if (!element.matches(FIELDS) || !isTypedInto(element)) return undefined;
  if (kindOf(element) !== "harmless") return "private";
  return valueOf(element) === "" ? "empty" : "filled";
}

function statesOf(element: Element): NonNullable<Entry["states"]> {
  const is = (name: string): boolean => element.getAttribute(`aria-${name}`) === "true";
  const field = element as Partial<HTMLInputElement>;
  const states: [NonNullable<Entry["states"]>[number], boolean][] = [
    ["checked", field.checked === true || is("checked")],
    ["disabled", field.disabled === true || is("disabled")],
    ["expanded", is("expanded")],
    ["collapsed", element.getAttribute("aria-expanded") === "false"],
    ["focused", (element.getRootNode() as Document | ShadowRoot).activeElement === element],
    ["pressed", is("pressed")],
    ["readonly", field.readOnly === true],
    ["required", field.required === true || is("required")],
    ["selected", is("selected")],
    ["offscreen", !isInView(element, element.ownerDocument)],
  ];
  return states.filter(([, on]) => on).map(([name]) => name);
}
