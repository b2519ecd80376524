// Describes the element that was acted on, before the page reacts. What comes out is raw: it must be cleaned before it
// leaves the page.

import type { Ancestor, Point, Target } from "../event/types";
import { LOOKAHEAD } from "../privacy/clean";
import { FIELDS, parentOf, squeeze, visibleText } from "./dom";
import { type FramePlace, boxOf, round, shadowPath, shownBy } from "./geometry";
import { nameOf, roleOf } from "./names";
import { type RoleCount, selectorsOf } from "./selectors";

const ATTRIBUTES = (
  "alt,aria-checked,aria-current,aria-disabled,aria-expanded,aria-haspopup,aria-label,aria-pressed,aria-selected," +
  "autocomplete,checked,class,data-cy,data-qa,data-test,data-testid,disabled,for,href,id,inputmode,max,maxlength,min," +
  "multiple,name,open,pattern,placeholder,readonly,rel,required,role,selected,src,step,tabindex,target,title,type"
).split(",");
const MAX_ATTRIBUTE = 1000;
const MAX_TEXT = 2000 + LOOKAHEAD;
const MAX_ANCESTORS = 12;
const MAX_SHORT = 200;
const MAX_NEARBY_TEXT = 200 + LOOKAHEAD;
const MAX_NEARBY = 8;
/** How far around the element a person looks to tell what it is. */
const NEARBY_LEVELS = 4;

export interface Description {
  target: Target;
  element: Element;
}

/** The element as a target. At is where the action happened, in the frame's own viewport. */
export function describe(element: Element, place: FramePlace, countRole: RoleCount, at?: Point): Target {
  const role = roleOf(element);
  const name = nameOf(element);
  const box = boxOf(shownBy(element, at) ?? element, place);
  const target: Target = {
    tag: element.localName.slice(0, 100),
    attributes: attributesOf(element),
    box,
    selectors: selectorsOf(element, role, name, countRole),
    ancestors: ancestorsOf(element),
  };
  if (role !== undefined) target.role = role;
  if (name !== "") target.name = name;
  const text = visibleText(element, MAX_TEXT);
  if (text !== "") target.text = text;
  if (at) target.point = { x: round(at.x + place.x - box.x), y: round(at.y + place.y - box.y) };
  const nearby = nearbyOf(element);
  if (nearby.length > 0) target.nearby = nearby;
  if (place.path.length > 0) target.frame_path = place.path.slice(0, 20);
  const shadow = shadowPath(element);
  if (shadow.length > 0) target.shadow = shadow;
  return target;
}

function attributesOf(element: Element): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    if (value === null) continue;
    // Addresses are judged whole, as the browser understands them.
    if (name === "href" || name === "src") out[name] = URL.parse(value, element.baseURI)?.href ?? "";
    else if (value.length <= MAX_ATTRIBUTE) out[name] = value;
  }
  return out;
}

function ancestorsOf(element: Element): Ancestor[] {
  const out: Ancestor[] = [];
  for (let e = parentOf(element); e !== null && out.length < MAX_ANCESTORS; e = parentOf(e)) {
    const ancestor: Ancestor = { tag: e.localName.slice(0, 100) };
    const role = roleOf(e);
    const label = e.getAttribute("aria-label");
    if (role !== undefined) ancestor.role = role;
    if (label !== null && label.trim() !== "" && label.length <= MAX_SHORT) ancestor.name = squeeze(label);
    if (e.id !== "" && e.id.length <= MAX_SHORT) ancestor.id = e.id;
    out.push(ancestor);
  }
  return out;
}

/** Texts beside the element, nearest first: what a person reads to know which of several equal buttons it is. */
function nearbyOf(element: Element): string[] {
  const out = new Set<string>();
  let e: Element | null = element;
  for (let level = 0; e !== null && level < NEARBY_LEVELS; level++) {
    for (const sibling of e.parentElement?.children ?? []) {
      if (sibling === e || sibling.matches(FIELDS) || out.size >= MAX_NEARBY) continue;
      const text = visibleText(sibling, MAX_NEARBY_TEXT);
      if (text !== "") out.add(text);
    }
    e = e.parentElement;
  }
  return [...out];
}
