// Ways to find an element again, each tried at once: how many elements it matches, and whether the one is ours. Ranked
// as Playwright ranks its own, what depends on the order of elements last and marked.

import type { Selector } from "../event/types";
import { isRendered, rootOf, visibleText } from "./dom";
import { labelText, nameOf, roleOf } from "./names";

const TEST_IDS = ["data-testid", "data-test", "data-qa", "data-cy"];
/** Longer texts are prose, not names. */
const MAX_TEXT = 100;
const MAX_VALUE = 2000;
/** Comparing the text of more elements of a kind than this takes longer than a person should wait. */
const MAX_COMPARED = 2000;

/** How many elements of the page have this role and name; undefined where that is not known. */
export type RoleCount = (role: string, name: string) => number | undefined;

/** The selectors of an element, relative to its document or shadow root, best first. */
export function selectorsOf(element: Element, role: string | undefined, name: string, countRole: RoleCount): Selector[] {
  const root = rootOf(element);
  const found = [
    ...testIds(element, root),
    ...byRole(role, name, (r, n) => countRole(r, n) ?? countByRole(root, r, n)),
    ...byAttribute(element, root, "placeholder", "placeholder"),
    ...byLabel(element, root),
    ...byAttribute(element, root, "alt", "alt"),
    ...byText(element, root),
    ...byAttribute(element, root, "title", "title"),
    ...byId(element, root),
    css(element, root),
    ...xpath(element, root),
  ];
  return found.filter((s) => (s.value ?? "").length <= MAX_VALUE).sort((a, b) => rank(a) - rank(b));
}

/** What finds the element alone comes first; what depends on the order of elements, last. */
function rank({ verified, positional }: Selector): number {
  if (positional === true) return 2;
  return verified === true ? 0 : 1;
}

function testIds(element: Element, root: ParentNode): Selector[] {
  return TEST_IDS.flatMap((attribute) => {
    const value = element.getAttribute(attribute);
    return value === null || value === "" ? [] : [verified("test_id", attributeSelector(attribute, value), element, root)];
  });
}

function byRole(role: string | undefined, name: string, countRole: RoleCount): Selector[] {
  if (role === undefined || name === "") return [];
  const matches = countRole(role, name);
  if (matches === undefined || matches === 0) return [];
  return [{ kind: "role", value: `${role}[name=${JSON.stringify(name)}]`, matches, verified: matches === 1 }];
}

/** What may have a role that a name is looked for with. */
const WITH_ROLE = "[role],a[href],area,button,input,option,select,summary,textarea";
/** Names are slow to make: 5 to 50 microseconds each. */
const MAX_NAMED = 150;

/** Counts what has the role and name, one by one; undefined where there are too many to look at. */
function countByRole(root: ParentNode, role: string, name: string): number | undefined {
  const all = root.querySelectorAll(WITH_ROLE);
  if (all.length > MAX_COMPARED) return undefined;
  const alike = [...all].filter((e) => roleOf(e) === role && isRendered(e));
  return alike.length > MAX_NAMED ? undefined : alike.filter((e) => nameOf(e) === name).length;
}

function byAttribute(element: Element, root: ParentNode, attribute: string, kind: Selector["kind"]): Selector[] {
  const value = element.getAttribute(attribute);
  if (value === null || value.trim() === "") return [];
  const matches = root.querySelectorAll(attributeSelector(attribute, value)).length;
  return [{ kind, value, matches, verified: matches === 1 }];
}

function byLabel(element: Element, root: ParentNode): Selector[] {
  const label = element.getAttribute("aria-label") ?? labelText(element);
  if (label.trim() === "") return [];
  const matches = countWhere(labelledIn(root, label), (e) => (e.getAttribute("aria-label") ?? labelText(e)) === label);
  return matches === undefined ? [] : [{ kind: "label", value: label, matches, verified: matches === 1 }];
}

/**
 * Everything whose label may be this text. To ask each field for its labels would take long: the browser looks through the
 * whole page for them.
 */
function labelledIn(root: ParentNode, label: string): Element[] {
  const [word = ""] = label.trim().split(/\s/, 1);
  const found = new Set(root.querySelectorAll("[aria-label],[aria-labelledby]"));
  for (const said of root.querySelectorAll("label")) if (said.control && said.textContent.includes(word)) found.add(said.control);
  return [...found];
}

function byText(element: Element, root: ParentNode): Selector[] {
  const text = visibleText(element, MAX_TEXT + 1);
  if (text === "" || text.length > MAX_TEXT) return [];
  const found = new Set<Element>();
  if (!collectByText(root, text, found, { left: MAX_COMPARED }) || found.size === 0) return [];
  const [only] = found;
  return [{ kind: "text", value: text, matches: found.size, verified: found.size === 1 && element.contains(only ?? null) }];
}

/** Collects the smallest elements that show exactly this text; false where there are too many to look at. */
function collectByText(parent: ParentNode, text: string, found: Set<Element>, budget: { left: number }): boolean {
  const [word = ""] = text.split(" ", 1);
  for (const child of parent.children) {
    if (!child.textContent.includes(word)) continue;
    if (budget.left-- <= 0) return false;
    const before = found.size;
    if (!collectByText(child, text, found, budget)) return false;
    if (found.size === before && visibleText(child, MAX_TEXT + 1) === text) found.add(child);
  }
  return true;
}

function countWhere(elements: ArrayLike<Element> & Iterable<Element>, is: (element: Element) => boolean): number | undefined {
  if (elements.length > MAX_COMPARED) return undefined;
  let n = 0;
  for (const element of elements) if (is(element)) n++;
  return n === 0 ? undefined : n;
}

function byId(element: Element, root: ParentNode): Selector[] {
  return isGenerated(element.id) ? [] : [verified("id", `#${escapeIdentifier(element.id)}`, element, root)];
}

/** The shortest CSS path that matches only this element. */
export function css(element: Element, root: ParentNode): Selector {
  let path = "";
  let positional = false;
  for (let e: Element | null = element; e !== null; e = e.parentElement) {
    const step = cssStep(e, root);
    positional ||= step.positional;
    path = path === "" ? step.text : `${step.text} > ${path}`;
    if (step.unique || matchesOnly(path, element, root)) break;
  }
  const selector = verified("css", path, element, root);
  return positional ? { ...selector, positional } : selector;
}

function cssStep(element: Element, root: ParentNode): { text: string; unique: boolean; positional: boolean } {
  const tag = escapeIdentifier(element.localName);
  const named = [
    ...(isGenerated(element.id) ? [] : [`#${escapeIdentifier(element.id)}`]),
    ...TEST_IDS.flatMap((a) => (element.hasAttribute(a) ? [attributeSelector(a, element.getAttribute(a) ?? "")] : [])),
    ...(element.hasAttribute("name") ? [tag + attributeSelector("name", element.getAttribute("name") ?? "")] : []),
  ];
  const unique = named.find((selector) => matchesOnly(selector, element, root));
  if (unique !== undefined) return { text: unique, unique: true, positional: false };
  const classes = [...element.classList].filter(isTelling).slice(0, 2);
  const plain = tag + classes.map((c) => `.${escapeIdentifier(c)}`).join("");
  const siblings = [...(element.parentElement?.children ?? [])];
  if (siblings.filter((s) => s.matches(plain)).length <= 1) return { text: plain, unique: false, positional: false };
  const same = siblings.filter((s) => s.localName === element.localName);
  return { text: `${tag}:nth-of-type(${same.indexOf(element) + 1})`, unique: false, positional: true };
}

/** Class names that a build tool made change with every build. */
function isTelling(name: string): boolean {
  return name.length <= 40 && !/\d{3}|[A-Z].*\d|\d.*[A-Z]|__[\w-]{5,}$/.test(name);
}

/**
 * An empty id, or one that a library made up and that will be another when the page is loaded again: within its words,
 * letters, digits and other characters take turns.
 */
function isGenerated(id: string): boolean {
  const kindOf = (c: string): string => (/\p{L}/u.test(c) ? "letter" : /\d/.test(c) ? "digit" : "other");
  const turns = (word: string): number => Array.from(word).filter((c, i, all) => i > 0 && kindOf(c) !== kindOf(all[i - 1] ?? "")).length;
  const total = id.split(/[-_.\s]/).reduce((sum, word) => sum + turns(word), 0);
  return id === "" || total >= Math.max(2, id.length / 4);
}

function xpath(element: Element, root: Document | ShadowRoot): Selector[] {
  if (!("evaluate" in root)) return [];
  const steps: string[] = [];
  let positional = false;
  for (let e: Element | null = element; e !== null; e = e.parentElement) {
    const { id, localName } = e;
    if (!isGenerated(id) && !id.includes('"') && matchesOnly(`#${escapeIdentifier(id)}`, e, root)) {
      steps.unshift(`//*[@id="${id}"]`);
      break;
    }
    const same = [...(e.parentElement?.children ?? [])].filter((s) => s.localName === localName);
    positional ||= same.length > 1;
    const step = e.namespaceURI === "http://www.w3.org/1999/xhtml" ? localName : `*[local-name()="${localName}"]`;
    steps.unshift(`/${step}${same.length > 1 ? `[${same.indexOf(e) + 1}]` : ""}`);
  }
  const value = steps.join("");
  const nodes = root.evaluate(value, root, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  const matches = nodes.snapshotLength;
  const own = { matches, verified: matches === 1 && nodes.snapshotItem(0) === element };
  return [{ kind: "xpath", value, ...own, ...(positional && { positional }) }];
}

function verified(kind: Selector["kind"], value: string, element: Element, root: ParentNode): Selector {
  const all = root.querySelectorAll(value);
  return { kind, value, matches: all.length, verified: all.length === 1 && all[0] === element };
}

function matchesOnly(selector: string, element: Element, root: ParentNode): boolean {
  const all = root.querySelectorAll(selector);
  return all.length === 1 && all[0] === element;
}

function attributeSelector(attribute: string, value: string): string {
  return `[${attribute}="${value.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\a ")}"]`;
}

/** CSS.escape of CSSOM, which the test environment lacks. */
export function escapeIdentifier(text: string): string {
  return Array.from(text)
    .map((c, i) => {
      const code = c.codePointAt(0) ?? 0;
      if (code === 0) return "\uFFFD";
      const digit = code >= 0x30 && code <= 0x39;
      const first = i === 0 || (i === 1 && text.startsWith("-"));
      if (code < 0x20 || code === 0x7f || (digit && first)) return `\\${code.toString(16)} `;
      if (text === "-") return "\\-";
      return code >= 0x80 || digit || /[\w-]/.test(c) ? c : `\\${c}`;
    })
    .join("");
}
