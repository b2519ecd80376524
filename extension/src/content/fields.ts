// What kind of field an element is. A field that was once found private stays so.

import { autofillToken, classifyField, type FieldClass, type FieldWords, kindOfField } from "../redact";
import { isRendered, rootOf } from "../target/dom";
import { groupText, labelText, nearbyText } from "../target/names";
import { FieldMemory } from "./field-memory";

/** never: not even read. private: read only to recognise the value elsewhere. harmless: recorded, after redaction. */
export type FieldKind = "never" | "private" | "harmless";

const memory = new FieldMemory(judge);
/** Each field's words when it was last judged: it is asked about at every change of its page, and seldom changes. */
const judged = new WeakMap<Element, { words: string; found: FieldClass }>();

function judge(field: Element): FieldClass {
  const said = describe(field);
  const words = JSON.stringify(said);
  const before = judged.get(field);
  if (before?.words === words) return before.found;
  const found = classifyField(said);
  judged.set(field, { words, found });
  return found;
}

/** The kind of a field. What is not known to be harmless is private. */
export function kindOf(field: Element): FieldKind {
  const found = memory.classOf(field);
  return found === "unknown" ? "private" : found;
}

/**
 * Whether a choice (select, checkbox, radio) says something private. Options are the page's own words, so an unknown
 * field's are not.
 */
export function choiceIsPrivate(field: Element): boolean {
  const found = memory.classOf(field);
  return found === "never" || found === "private";
}

const ANSWERS = "input[type=checkbox],input[type=radio],[role=checkbox],[role=radio],[role=switch]";

/** Whether the element is one of several answers to something private: its name is what the participant would say. */
export function isPrivateAnswer(element: Element): boolean {
  if (element.matches("[role=option]")) return questionsOf(element).some(choiceIsPrivate);
  return element.matches(ANSWERS) && choiceIsPrivate(element);
}

/** What is answered by an option: its list, or the field that opens the list. */
function questionsOf(option: Element): Element[] {
  const list = option.closest("[role=listbox]");
  if (!list) return [];
  const opens = (e: Element): boolean =>
    ["aria-controls", "aria-owns"].some((name) => e.getAttribute(name)?.split(/\s+/).includes(list.id) === true);
  const openers = list.id === "" ? [] : [...rootOf(list).querySelectorAll("[aria-controls],[aria-owns]")].filter(opens);
  return [list, ...openers];
}

/** What the field says of itself. */
export function describe(field: Element): FieldWords {
  const attribute = (name: string): string => field.getAttribute(name) ?? "";
  const words: FieldWords = {
    autocomplete: attribute("autocomplete"),
    type: attribute("type"),
    name: attribute("name"),
    id: field.id,
    label: labelText(field),
    placeholder: attribute("placeholder") || attribute("aria-placeholder") || attribute("data-placeholder"),
    ariaLabel: attribute("aria-label"),
    title: attribute("title"),
    tag: field.localName,
    role: attribute("role"),
    inputmode: attribute("inputmode"),
    maxlength: attribute("maxlength"),
    pattern: attribute("pattern"),
    legend: groupText(field),
    masked: isMasked(field),
  };
  const labelled = [words.label, words.ariaLabel, words.placeholder, words.title].some((w) => w !== "");
  return labelled ? words : { ...words, nearby: showsPassword(field) ? "password" : nearbyText(field) };
}

/** Whether the field stands where a password field is hidden: some pages show a password in a second field. */
function showsPassword(field: Element): boolean {
  const twin = field.parentElement?.querySelector(":scope > input[type=password]");
  return twin !== null && twin !== undefined && twin !== field && isRendered(field) && !isRendered(twin);
}

/** Whether what is typed is drawn as dots. */
function isMasked(field: Element): boolean {
  const security = field.ownerDocument.defaultView?.getComputedStyle(field).getPropertyValue("-webkit-text-security") ?? "";
  return security !== "" && security !== "none";
}

/** What the field is for, in its own words: says what kind of value it holds, and beside what a short one counts. */
export function wordsOf(field: Element): string {
  const { label, ariaLabel, placeholder, title, name, legend, nearby, autocomplete } = describe(field);
  const said = [autofillToken(autocomplete ?? ""), label, ariaLabel, placeholder, title, name, legend, nearby].filter(
    (w) => w !== undefined && w !== "",
  ) as string[];
  return said.find((words) => kindOfField(words) !== "PRIVATE") ?? said[0] ?? "";
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
