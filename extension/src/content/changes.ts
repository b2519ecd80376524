// Collects which parts of a page changed since a moment, to say what an action caused. Pages change by themselves, too: what
// was changing just before the moment does not count.

import type { Box } from "../event/types";
import { isElement, isRendered, parentOf } from "../target/dom";
import { boxOf } from "../target/geometry";

/** What has changed this short a time before is changing by itself, in milliseconds. */
const RESTLESS_MS = 1500;
/** A page that changes in more places was drawn anew. */
const MAX_TOUCHED = 300;
const MAX_REGIONS = 10;
/** Attributes by which an element may have been hidden. */
const HIDING = new Set(["class", "style", "hidden", "open", "aria-hidden"]);

export class Changes {
  readonly #now: () => number;
  readonly #touched = new Set<Element>();
  readonly #lastChange = new WeakMap<Node, number>();
  #since: number | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Begins to collect. */
  begin(): void {
    this.#touched.clear();
    this.#since = this.#now();
  }

  get collecting(): boolean {
    return this.#since !== undefined;
  }

  end(): void {
    this.#touched.clear();
    this.#since = undefined;
  }

  /** Takes in what the browser reports. */
  take(records: readonly MutationRecord[]): void {
    for (const record of records) {
      if (this.#since === undefined) this.#lastChange.set(record.target, this.#now());
      else if (!this.#isRestless(record.target, this.#since)) for (const element of changedBy(record)) this.touch(element);
    }
  }

  /** Counts an element whose change is no mutation. */
  touch(element: Element): void {
    if (this.#since !== undefined && this.#touched.size < MAX_TOUCHED) this.#touched.add(element);
  }

  #isRestless(node: Node, since: number): boolean {
    const last = this.#lastChange.get(node);
    return last !== undefined && since - last < RESTLESS_MS;
  }

  /** What is shown of the changes, the outermost elements only, in page order. */
  regions(place: { x: number; y: number }): Box[] {
    const shown = [...this.#touched].filter((e) => e.isConnected && isRendered(e));
    const outermost = shown.filter((e) => !hasAncestorIn(e, this.#touched));
    outermost.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    return outermost.map((e) => boxOf(e, place)).filter(({ width, height }) => width > 0 && height > 0).slice(0, MAX_REGIONS);
  }
}

/** The elements that a change may have shown, hidden or drawn anew. */
function changedBy({ type, target, addedNodes, removedNodes, attributeName }: MutationRecord): Element[] {
  if (type === "childList") {
    const added = [...addedNodes].filter(isElement);
    const visible = added.length === 0 && [...addedNodes, ...removedNodes].some((n) => isElement(n) || n.nodeValue?.trim() !== "");
    return [...added, ...(visible ? elementOf(target) : [])];
  }
  if (type === "characterData") return elementOf(target.parentNode);
  const [element] = elementOf(target);
  if (!element || element.matches("html,body")) return [];
  // What is hidden now leaves its place to what is around it.
  const around = HIDING.has(attributeName ?? "") && !isRendered(element) ? parentOf(element) : null;
  return [around ?? element];
}

function elementOf(node: Node | null): Element[] {
  return isElement(node) ? [node] : [];
}

function hasAncestorIn(element: Element, all: ReadonlySet<Element>): boolean {
  for (let e = parentOf(element); e !== null; e = parentOf(e)) if (all.has(e) && isRendered(e)) return true;
  return false;
}
