// The page's interactive elements in page order: what an agent could act on. Made while the page rests, so that an
// action finds it ready; made anew where the page changed since. Frames that can be looked into are part of the page.

import type { Element as Entry, Snapshot } from "../event/types";
import { LOOKAHEAD } from "../privacy/clean";
import { FIELDS, elementsOf } from "../target/dom";
import { boxOf, shownBy } from "../target/geometry";
import { shadowOf } from "../target/roots";
import { nameOf, roleOf } from "../target/names";
import { isPrivateAnswer, isTypedInto, kindOf, valueOf } from "./fields";
import { type Peer, peerOf } from "./peers";

export const INTERACTIVE =
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

/** A document of the page, and where it begins in the coordinates of the outermost one. */
interface Part {
  document: Document;
  x: number;
  y: number;
  /** What can be seen of it, in the same coordinates. */
  shown: Sides;
  /** The frame's id; undefined for the recorder's own. */
  frame: string | undefined;
  judge: Judge;
}

/** Who judges the fields of a document: the recorder that knows what they were before. */
type Judge = Pick<Peer, "kindOf" | "isPrivateAnswer">;

const OWN: Judge = { kindOf, isPrivateAnswer };

interface Sides {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Found {
  element: Element;
  /** What is seen of it: itself, or the label that stands for it. */
  shown: Element;
  part: Part;
}

/** A snapshot may take this long, in milliseconds; what was not looked at by then is left out, what is in view last. */
const BUDGET_MS = 40;
/** The clock is looked at once for so many elements. */
const CLOCK_EVERY = 64;

/**
 * Takes a snapshot of the whole page, as far as it can be looked into, with open shadow trees. Only the own document's
 * where the way to it from the outermost one is hidden.
 */
export function takeSnapshot(
  own: Window,
  place: { x: number; y: number; outer: Window },
  id: string,
  now: () => number = () => performance.now(),
): Taken {
  const late = timer(now);
  const { innerWidth, innerHeight } = place.outer;
  const shown = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const outer = partOf(place.outer, own, { x: 0, y: 0, shown });
  let all = outer ? until(late, interactiveIn(outer, own)) : [];
  if (!all.some(({ part }) => part.frame === undefined)) {
    const alone = { document: own.document, x: place.x, y: place.y, shown, frame: undefined, judge: OWN };
    const inOwn = until(late, interactiveIn(alone, own));
    if (inOwn.length > 0) all = inOwn;
  }
  const looked = choose(all).flatMap((found) => (late() ? [] : [{ found, entry: entryOf(found) }]));
  const order = new Map(all.map(({ element }, i) => [element, i]));
  looked.sort((a, b) => (order.get(a.found.element) ?? 0) - (order.get(b.found.element) ?? 0));
  return {
    id,
    elements: looked.map(({ found }) => found.element),
    truncated: late.passed || looked.length < all.length,
    entries: looked.map(({ entry }) => entry),
  };
}

/** Says whether the time is up. */
function timer(now: () => number): (() => boolean) & { passed: boolean } {
  const end = now() + BUDGET_MS;
  const late = (): boolean => (late.passed ||= now() > end);
  late.passed = false;
  return late;
}

/** What is found as long as there is time. */
function until(late: () => boolean, found: Iterable<Found | undefined>): Found[] {
  const all: Found[] = [];
  let looked = 0;
  for (const one of found) {
    if (one) all.push(one);
    if (++looked % CLOCK_EVERY === 0 && late()) break;
  }
  return all;
}

/** A window's document as a part of the page; undefined where it has no recorder that is known to the worker. */
function partOf(view: Window, own: Window, where: Pick<Part, "x" | "y" | "shown">): Part | undefined {
  if (view === own) return { ...where, document: own.document, frame: undefined, judge: OWN };
  const peer = peerOf(view);
  const frame = peer?.frame();
  return peer && frame !== undefined ? { ...where, document: view.document, frame, judge: peer } : undefined;
}

/** The interactive elements of a part of the page; undefined for each of the others, so that the clock can be looked at. */
function* interactiveIn(part: Part, own: Window): Generator<Found | undefined> {
  // To ask for all at once is much faster than to ask each.
  const interactive = new Set(part.document.querySelectorAll(INTERACTIVE));
  const inside = (element: Element): ShadowRoot | null => {
    const shadow = shadowOf(element);
    for (const inner of shadow?.querySelectorAll(INTERACTIVE) ?? []) interactive.add(inner);
    return shadow;
  };
  for (const element of elementsOf(part.document, inside)) {
    const shown = interactive.has(element) ? shownBy(element) : undefined;
    yield shown && { element, shown, part };
    const isFrame = element.localName === "iframe" || element.localName === "frame";
    const inner = isFrame ? insideOf(element as HTMLIFrameElement, part, own) : undefined;
    if (inner) yield* interactiveIn(inner, own);
  }
}

/** The part of the page inside of a frame; undefined where it cannot be looked into. */
function insideOf(element: HTMLIFrameElement, around: Part, own: Window): Part | undefined {
  const view = element.contentDocument?.defaultView;
  if (!view || !shownBy(element)) return undefined;
  const box = element.getBoundingClientRect();
  const x = around.x + box.left + element.clientLeft;
  const y = around.y + box.top + element.clientTop;
  const shown = {
    left: Math.max(around.shown.left, x),
    top: Math.max(around.shown.top, y),
    right: Math.min(around.shown.right, x + element.clientWidth),
    bottom: Math.min(around.shown.bottom, y + element.clientHeight),
  };
  return partOf(view, own, { x, y, shown });
}

/** The event's part of a snapshot: the whole of it, or a reference with the target's place. */
export function snapshotOf(taken: Taken): Snapshot & { elements: Entry[] } {
  return { id: taken.id, elements: taken.entries, ...(taken.truncated && { truncated: true }) };
}

/** How many entries of the own document have this role and name; undefined where not all are there. */
export function countIn(taken: Taken, role: string, name: string): number | undefined {
  if (taken.truncated) return undefined;
  return taken.entries.filter((e) => e.frame === undefined && e.role === role && e.name === name.slice(0, MAX_NAME)).length;
}

export function referenceTo(taken: Taken, target: Element | undefined): Snapshot {
  const index = target ? taken.elements.indexOf(target) : -1;
  return index < 0 ? { id: taken.id } : { id: taken.id, target: index };
}

/** As many as a snapshot may have, those in view first. */
function choose(all: Found[]): Found[] {
  const seen = all.filter(isInView);
  const inView = new Set(seen);
  return [...seen, ...all.filter((found) => !inView.has(found))].slice(0, MAX_ELEMENTS);
}

function isInView({ shown: area, part }: Found): boolean {
  const { left, top, right, bottom } = area.getBoundingClientRect();
  const { x, y, shown } = part;
  return bottom + y > shown.top && right + x > shown.left && top + y < shown.bottom && left + x < shown.right;
}

function entryOf(found: Found): Entry {
  const { element, shown, part } = found;
  const entry: Entry = { role: roleOf(element) ?? "generic", tag: element.localName.slice(0, 100), box: boxOf(shown, part) };
  const name = nameOf(element);
  if (name !== "") entry.name = name.slice(0, MAX_NAME);
  if (element.localName === "input") entry.type = (element as HTMLInputElement).type.slice(0, 50);
  const value = valueClass(found);
  if (value) entry.value = value;
  const states = statesOf(found);
  if (states.length > 0) entry.states = states;
  if (part.frame !== undefined) entry.frame = part.frame;
  return entry;
}

function valueClass({ element, part }: Found): Entry["value"] {
  if (!element.matches(FIELDS) || !isTypedInto(element)) return undefined;
  if (part.judge.kindOf(element) !== "harmless") return "private";
  return valueOf(element) === "" ? "empty" : "filled";
}

function statesOf(found: Found): NonNullable<Entry["states"]> {
  const { element, part } = found;
  const isSecret = part.judge.isPrivateAnswer(element);
  const is = (name: string): boolean => element.getAttribute(`aria-${name}`) === "true";
  const field = element as Partial<HTMLInputElement>;
  const states: [NonNullable<Entry["states"]>[number], boolean][] = [
    ["checked", !isSecret && (field.checked === true || is("checked"))],
    ["disabled", field.disabled === true || is("disabled")],
    ["expanded", is("expanded")],
    ["collapsed", element.getAttribute("aria-expanded") === "false"],
    ["focused", !isSecret && (element.getRootNode() as Document | ShadowRoot).activeElement === element],
    ["pressed", !isSecret && is("pressed")],
    ["readonly", field.readOnly === true],
    ["required", field.required === true || is("required")],
    ["selected", !isSecret && is("selected")],
    ["offscreen", !isInView(found)],
  ];
  return states.filter(([, on]) => on).map(([name]) => name);
}
