// What the fields of a document were once found to be. Pages change the types, names and labels of fields while one
// types, to show a password for instance, and some put a new field in the place of the old one at each keystroke. The
// strictest answer that was ever given for a field holds: for the element itself, and, where it was known to be private,
// for whatever has its name or id in the same form. Once it is gone, it holds for what stands in its place, too, unless
// that says that it is harmless: a search may come where a login was.

import type { FieldClass } from "../redact";
import { FIELDS, rootOf } from "../target/dom";

/** Strictest last. What is unknown is stricter than what is harmless. */
const STRICTNESS: readonly FieldClass[] = ["harmless", "unknown", "private", "never"];
/** Names and places that are remembered, of each; the oldest are forgotten. Elements are forgotten with their page. */
const MAX_REMEMBERED = 1000;

/** What is known of one field, by whichever element it is shown. */
interface Known {
  class: FieldClass;
  /** The element that was last in its place. */
  element: WeakRef<Element>;
}

export class FieldMemory {
  readonly #judge: (field: Element) => FieldClass;
  readonly #elements = new WeakMap<Element, Known>();
  readonly #names = new Map<string, Known>();
  readonly #places = new Map<string, Known>();

  constructor(judge: (field: Element) => FieldClass) {
    this.#judge = judge;
  }

  /** The strictest class that the field was ever found to be of. */
  classOf(field: Element): FieldClass {
    if (this.#elements.get(field)?.class === "never") return "never";
    const now = this.#judge(field);
    const known = this.#elements.get(field) ?? this.#meet(field, now);
    let strictest = stricter(known.class, now);
    // An element may get a name that was known before; so names are looked up each time, and its place once.
    const names = namesOf(field);
    for (const name of names) {
      const before = this.#names.get(name);
      if (before !== undefined) strictest = stricter(strictest, before.class);
    }
    known.class = strictest;
    if (isKnown(strictest)) for (const name of names) remember(this.#names, name, known);
    return strictest;
  }

  /** Meets an element for the first time. It may have come in the place of another one. */
  #meet(field: Element, now: FieldClass): Known {
    const known: Known = { class: now, element: new WeakRef(field) };
    this.#elements.set(field, known);
    const place = placeOf(field);
    if (place === undefined) return known;
    const before = this.#places.get(place);
    if (before !== undefined && isGone(before) && isKnown(before.class) && now !== "harmless") known.class = stricter(before.class, now);
    remember(this.#places, place, known);
    return known;
  }
}

function stricter(a: FieldClass, b: FieldClass): FieldClass {
  return STRICTNESS.indexOf(a) > STRICTNESS.indexOf(b) ? a : b;
}

/** Whether something was found in the field's words, rather than nothing. */
function isKnown(kind: FieldClass): boolean {
  return kind === "private" || kind === "never";
}

function isGone({ element }: Known): boolean {
  return element.deref()?.isConnected !== true;
}

function remember(map: Map<string, Known>, key: string, known: Known): void {
  map.delete(key);
  map.set(key, known);
  const [oldest] = map.keys();
  if (map.size > MAX_REMEMBERED && oldest !== undefined) map.delete(oldest);
}

function namesOf(field: Element): string[] {
  const form = formOf(field);
  return ["name", "id"].flatMap((attribute) => {
    const value = field.getAttribute(attribute) ?? "";
    return value === "" ? [] : JSON.stringify([form, attribute, value]);
  });
}

/** Where the field stands: on which page, in which form, the how manieth. */
function placeOf(field: Element): string | undefined {
  const around = field.closest("form") ?? rootOf(field);
  const index = [...around.querySelectorAll(FIELDS)].indexOf(field);
  return index < 0 ? undefined : JSON.stringify([pageOf(field), formOf(field), index]);
}

/** Pages that change without loading anew have many fields without a form; those of another address are others. */
function pageOf(field: Element): string {
  return field.ownerDocument.location.pathname;
}

/** What tells the field's form from the others of its document. */
function formOf(field: Element): string {
  const form = field.closest("form");
  if (form === null) return pageOf(field);
  const said = ["id", "name", "action"].map((attribute) => form.getAttribute(attribute) ?? "").find((value) => value !== "");
  return said ?? String([...form.ownerDocument.forms].indexOf(form));
}
