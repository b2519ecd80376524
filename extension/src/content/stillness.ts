// Counts everything that may have changed the page's pixels, and tells when the page has come to rest.

import { elementsOf } from "../target/dom";
import { shadowOf } from "../target/roots";
import { findShadow } from "../target/shadow";

/** A page that has not changed for this long has come to rest. */
const REST_MS = 200;
const CAUSES = ["scroll", "resize", "load", "error", "toggle", "transitionend", "animationend"];
/** What changes the state of fields only, which are painted over in every picture. */
const FIELD_CAUSES = ["input", "change", "focusin", "focusout"];

export class Stillness {
  /** Changes with every change of the page. */
  stamp = 0;
  readonly #document: Document;
  readonly #tell: { moved(stamp: number): void; settled(): void };
  readonly #observer: MutationObserver;
  #observed = new WeakSet<Node>();
  readonly #asked = new WeakSet<Element>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fields = 0;
  #lastResize = -Infinity;
  readonly #stop = new AbortController();
  /** Whoever wants to know what changed. */
  readonly watchers = new Set<(records: readonly MutationRecord[]) => void>();

  constructor(document: Document, tell: { moved(stamp: number): void; settled(): void }) {
    this.#document = document;
    this.#tell = tell;
    this.#observer = new MutationObserver((records) => {
      this.#mutated(records);
    });
    this.observe(document);
    const options = { capture: true, passive: true, signal: this.#stop.signal };
    for (const cause of CAUSES) {
      document.defaultView?.addEventListener(cause, (event) => {
        if (event.type === "resize") this.#lastResize = performance.now();
        this.#changed();
      }, options);
    }
    for (const cause of FIELD_CAUSES) {
      document.defaultView?.addEventListener(cause, () => {
        this.#fields++;
        this.#awaitRest();
      }, options);
    }
    this.#changed();
  }

  /** Changes with every change of the page and of its fields' states. */
  get view(): string {
    return `${this.stamp} ${this.#fields}`;
  }

  /** Counts changes that the browser has not reported yet; the stamp is exact after this. */
  sync(): number {
    const records = this.#observer.takeRecords();
    if (records.length > 0) this.#mutated(records);
    return this.stamp;
  }

  /** Watches a document or shadow root; true where it was not watched before. */
  observe(root: Document | ShadowRoot): boolean {
    if (this.#observed.has(root)) return false;
    this.#observed.add(root);
    this.#observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    this.stamp++;
    return true;
  }

  /** Whether the viewport was resized or zoomed just now. */
  get resizing(): boolean {
    return performance.now() - this.#lastResize < REST_MS;
  }

  stop(): void {
    this.#stop.abort();
    this.#observer.disconnect();
    clearTimeout(this.#timer);
  }

  /** Counts a change that the browser does not report, such as what a style shows while the pointer is over it. */
  touch(): void {
    this.#changed();
  }

  #mutated(records: readonly MutationRecord[]): void {
    for (const watch of this.watchers) watch(records);
    this.#changed();
  }

  #changed(): void {
    this.stamp++;
    this.#tell.moved(this.stamp);
    this.#awaitRest();
  }

  #awaitRest(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#findShadows();
      this.#tell.settled();
    }, REST_MS);
  }

  /**
   * Shadow roots appear without a report; they are looked for whenever the page rests. Each element is asked once for a
   * closed one, which takes a while; those that come later are found when they are pressed or pictured.
   */
  #findShadows(): void {
    for (const element of elementsOf(this.#document, (e) => this.#shadowOf(e))) {
      const shadow = shadowOf(element);
      if (shadow) this.observe(shadow);
    }
  }

  #shadowOf(element: Element): ShadowRoot | null {
    if (this.#asked.has(element)) return shadowOf(element);
    this.#asked.add(element);
    return findShadow(element);
  }
}
