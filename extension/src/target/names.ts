// Role and accessible name by the standard algorithm (accname 1.2), with one exception: the standard lets the value of a
// field become part of the name of something else (a label around a text field, for instance). Values are never read
// here, so such a name is made of the text without the fields.

import { computeAccessibleName, getRole } from "dom-accessibility-api";
import { LOOKAHEAD } from "../privacy/clean";
import { escapeIdentifier } from "./selectors";
import { FIELDS, isElement, rootOf, squeeze, visibleText } from "./dom";

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
  // The standard leaves what is hidden without a name; but a field may be hidden behind its label, which is seen.
  return (squeeze(name) || labelText(element)).slice(0, MAX_NAME);
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

/** The label elements of a field. The property that says so looks through the whole page, so it is not asked. */
export function labelsOf(element: Element): Element[] {
  if (!("labels" in element)) return [];
  const around = element.closest("label");
  const named = element.id === "" ? [] : [...rootOf(element).querySelectorAll<HTMLLabelElement>(`label[for="${escapeIdentifier(element.id)}"]`)];
  return [...new Set(around ? [around, ...named] : named)].filter(({ control }: { control: Element | null }) => control === element);
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

const GROUPS = "fieldset,[role=group],[role=radiogroup]";
const BUTTONS = "button,a,[role=button]";
const HEADINGS = "h1,h2,h3,h4,h5,h6";
/** A longer text is no label, in characters. */
const MAX_NEARBY = 40;
/** How far up from a field the text before it is looked for. */
const NEARBY_LEVELS = 3;

/** What is said of the group that a field belongs to: a fieldset's legend, the group's own name, the text before it. */
export function groupText(element: Element): string {
  const group = element.closest(GROUPS);
  const legend = [...(group?.children ?? [])].find((child) => child.localName === "legend");
  if (legend) return visibleText(legend, MAX_NAME);
  const named = group === null ? "" : referenced(group, "aria-labelledby").map((l) => visibleText(l, MAX_NAME)).join(" ");
  const said = squeeze(named === "" ? (group?.getAttribute("aria-label") ?? "") : named);
  const first = said === "" ? firstOfGroup(element) : undefined;
  return first ? nearbyText(labelsOf(first).find((label) => label.contains(first)) ?? first) : said;
}

/** The first of the radio buttons of which one is chosen. */
function firstOfGroup(element: Element): Element | undefined {
  if (!element.matches("input[type=radio][name]")) return undefined;
  const around = element.closest("form") ?? rootOf(element);
  const name = element.getAttribute("name");
  return [...around.querySelectorAll("input[type=radio]")].find((radio) => radio.getAttribute("name") === name);
}

/** A short text that stands before a field without a label, or over its column; "" where another field comes between. */
export function nearbyText(element: Element): string {
  const header = headerText(element);
  if (header !== "") return header;
  let e: Element | null = element;
  for (let level = 0; e !== null && e.localName !== "form" && level < NEARBY_LEVELS; level++) {
    for (let before = e.previousSibling; before !== null; before = before.previousSibling) {
      if (isElement(before) && before.matches(BUTTONS)) continue;
      if (isElement(before) && (before.matches(`${FIELDS},${HEADINGS}`) || before.querySelector(FIELDS) !== null)) return "";
      const text = textOf(before);
      if (text !== "") return text.length > MAX_NEARBY ? "" : text;
    }
    e = e.parentElement;
  }
  return "";
}

function textOf(node: Node): string {
  if (isElement(node)) return visibleText(node, MAX_NEARBY + 1);
  return node.nodeType === Node.TEXT_NODE ? squeeze(node.nodeValue ?? "") : "";
}

/** The head of the column that a field's cell belongs to. */
function headerText(element: Element): string {
  const cell = element.closest<HTMLTableCellElement>("td");
  const head = cell?.closest("table")?.tHead?.rows[0]?.cells[cell.cellIndex];
  return head ? visibleText(head, MAX_NEARBY) : "";
}
