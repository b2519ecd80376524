// What kind of field an element is. A field that was once found private stays so: pages change types and names of
// fields while one types, to show a password for instance.

import { labelText } from "../target/names";
import { classifyField } from "../redact";

/** never: not even read. private: read only to recognise the value elsewhere. harmless: recorded, after redaction. */
export type FieldKind = "never" | "private" | "harmless";

const SEVERITY: Record<FieldKind, number> = { harmless: 0, private: 1, never: 2 };
const worst = new WeakMap<Element, FieldKind>();

/** The kind of a field. What is not known to be harmless is private. */
export function kindOf(field: Element): FieldKind {
  const now = judge(field);
  const before = worst.get(field);
  const kind = before !== undefined && SEVERITY[before] > SEVERITY[now] ? before : now;
  worst.set(field, kind);
  return kind;
}

/** Whether a choice (select, checkbox, radio) says something private. Options are the page's own words, so an unknown
 * field's are not. */
export function choiceIsPrivate(field: Element): boolean {
  const kind = classifyField(describe(field));
  return kind === "never" || kind === "private";
}

function judge(field: Element): FieldKind {
  const kind = classifyField(describe(field));
  return kind === "unknown" ? "private" : kind;
}

/** What the field says of itself. */
export function describe(field: Element): Parameters<typeof classifyField>[0] {
  const attribute = (name: string): string => field.getAttribute(name) ?? "";
  return {
    autocomplete: attribute("autocomplete"),
    type: attribute("type"),
    name: attribute("name"),
    id: field.id,
    label: labelText(field),
    placeholder: attribute("placeholder"),
    ariaLabel: attribute("aria-label"),
    tag: field.localName,
    inputmode: attribute("inputmode"),
  };
}

/** What the field is for, in its own words: says what kind of value it holds, and beside what a short one counts. */
export function wordsOf(field: Element): string {
  const { label, ariaLabel, placeholder, name, autocomplete } = describe(field);
  const token = autocomplete?.trim().split(/\s+/).at(-1) ?? "";
  const said = token === "on" || token === "off" ? "" : token;
  return [said, label, ariaLabel, placeholder, name].find((w) => w !== undefined && w !== "") ?? "";
}

const TEXT_TYPES = new Set(["button", "submit", "reset", "image", "checkbox", "radio", "file", "hidden"]);

/** Whether one types into the element (or moves it, as a slider). */
export function isTypedInto(element: Element): element is HTMLElement {
  if (element.localName === "textarea") return true;
  if (element.localName === "input") return !TEXT_TYPES.has((element as HTMLInputElement).type);
  return (element as HTMLElement).isContentEditable;
}

/** What stands in the field. Not for fields of kind never. */
export function valueOf(field: Element): string {
  return "value" in field && typeof field.value === "string" ? field.value : (field as HTMLElement).innerText;
}
