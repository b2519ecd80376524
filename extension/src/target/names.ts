// Role and accessible name by the standard algorithm (accname 1.2), with one exception: the standard lets the value of a
// field become part of the name of something else (a label around a text field, for instance). Values are never read
// here, so such a name is made of the text without the fields.

import { computeAccessibleName, getRole } from "dom-accessibility-api";
import { LOOKAHEAD } from "../privacy/clean";
import { FIELDS, squeeze, visibleText } from "./dom";

const MAX_NAME = 500 + LOOKAHEAD;
/** The test environment's getComputedStyle knows no pseudo-elements. */
const options = { computedStyleSupportsPseudoElements: !navigator.userAgent.includes("jsdom") };

/** The ARIA role, explicit or implied; undefined where there is none. */
export function roleOf(element: Element): string | undefined {
  const explicit = element.getAttribute("role")?.trim().split(/\s+/)[0]?.toLowerCase();
  const role = explicit !== undefined && explicit !== "" ? explicit : getRole(element);
  return role === null || role === "" ? undefined : role.slice(0, 50);
}

/** The accessible name, "" where there is none. */
export function nameOf(element: Element): string {
  const name = takesInValues(element) ? nameWithoutFields(element) : computeAccessibleName(element, options);
  return squeeze(name).slice(0, MAX_NAME);
}

/** Whether the standard's name could take in the value of a field. */
function takesInValues(element: Element): boolean {
  const sources = [element, ...labelsOf(element), ...referenced(element, "aria-labelledby")];
  return sources.some((s) => (s !== element && s.matches(FIELDS)) || hasOtherField(s, element)) || isValueNamed(element);
}

function hasOtherField(source: Element, element: Element): boolean {
  for (const field of source.querySelectorAll(FIELDS)) if (field !== element) return true;
  return false;
}

/** Custom text fields, which the standard would name by what is typed in them. */
function isValueNamed(element: Element): boolean {
  return element.matches(FIELDS) && !element.matches("input,textarea,select");
}

function nameWithoutFields(element: Element): string {
  const label = element.getAttribute("aria-label");
  if (label !== null && label.trim() !== "") return label;
  const named = [...referenced(element, "aria-labelledby"), ...labelsOf(element)];
  const text = named.map((source) => visibleText(source, MAX_NAME)).join(" ");
  if (text.trim() !== "") return text;
  return visibleText(element, MAX_NAME) || (element.getAttribute("title") ?? element.getAttribute("placeholder") ?? "");
}

/** The label elements of a field. */
export function labelsOf(element: Element): Element[] {
  const { labels } = element as Partial<HTMLInputElement>;
  return labels ? [...labels] : [];
}

function referenced(element: Element, attribute: string): Element[] {
  const root = element.getRootNode() as Document | ShadowRoot;
  const ids = element.getAttribute(attribute)?.split(/\s+/) ?? [];
  return ids.flatMap((id) => (id === "" ? [] : (root.getElementById(id) ?? [])));
}

/** What stands beside a field to say what it is for, without its value. */
export function labelText(element: Element): string {
  const text = labelsOf(element)
    .map((label) => visibleText(label, MAX_NAME))
    .join(" ");
  if (text.trim() !== "") return squeeze(text);
  return squeeze(referenced(element, "aria-labelledby").map((l) => visibleText(l, MAX_NAME)).join(" "));
}
