// Measures what a picture of this page must not show: every field, every text that the privacy engine finds, frames of
// other origins, video, canvas, pictures of people, and whatever cannot be looked into.
//
// Measured in the top document, which looks into its frames of the same origin itself; a frame that it cannot look into
// is hidden as a whole.

import type { Measured, Region } from "../messages";
import { BUDGET_MS } from "../privacy/budget";
import type { Scrubber } from "../privacy/scrubber";
import { FIELDS, isElement, isRendered } from "../target/dom";
import { findShadow } from "../target/shadow";
import { contentCorner, isStraight } from "../target/geometry";
import { drawnBeyond } from "./drawn";
import type { Stillness } from "./stillness";

const HIDDEN = `${FIELDS},video,canvas,object,embed,[class*=avatar i],img[alt*="profile picture" i],img[alt*=avatar i]`;
/** What is inside is no text of the page, or not drawn as such. */
const SILENT = new Set(["script", "style", "noscript", "template", "head"]);
const CLOSED = new Set(["input", "textarea", "select", "video", "canvas", "object", "embed"]);
const BLOCK_BREAK = "\n";
/** A page of more text than this cannot be scanned in time, so no picture of it is taken. */
const MAX_TEXT = 400_000;
const MAX_REGIONS = 5000;
/** A frame that is not drawn for this long is not shown. */
const DRAW_MS = 1000;

interface Piece {
  node: Text;
  /** Where the node's text begins in the whole text. */
  start: number;
  /** Where the node's document begins in the viewport. */
  x: number;
  y: number;
}

/** Measures the page after two frames were drawn, so that what is measured is what is shown. */
export async function measure(document: Document, stillness: Stillness, scrubber: Scrubber): Promise<Measured | undefined> {
  const view = document.defaultView;
  if (!view || document.visibilityState !== "visible") return undefined;
  const stampBefore = stillness.sync();
  const drawn = (await nextFrame(view)) && (await nextFrame(view));
  const found = new Finder(document, view, stillness);
  const regions = found.regions(scrubber);
  const scale = view.visualViewport?.scale ?? 1;
  return {
    stamp: stillness.sync(),
    steady: drawn && regions !== undefined && scale === 1 && stillness.stamp === stampBefore && !found.moving && !found.scattered,
    width: view.innerWidth,
    height: view.innerHeight,
    dpr: view.devicePixelRatio,
    scroll: { x: view.scrollX, y: view.scrollY },
    regions: regions ?? [],
  };
}

function nextFrame(view: Window): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(false);
    }, DRAW_MS);
    view.requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

class Finder {
  /** Something that must be hidden is being animated. */
  moving = false;
  /** Something that must be hidden is drawn where nobody can say, too. */
  scattered = false;
  readonly #document: Document;
  readonly #documents: Document[] = [];
  readonly #view: Window;
  readonly #stillness: Stillness;
  readonly #regions: Region[] = [];
  readonly #hidden: Element[] = [];
  /** What matches HIDDEN: to ask for all at once is much faster than to ask each. */
  readonly #toHide = new Set<Element>();
  readonly #pieces: Piece[] = [];
  readonly #images: { image: HTMLImageElement; x: number; y: number }[] = [];
  #text = "";

  constructor(document: Document, view: Window, stillness: Stillness) {
    this.#document = document;
    this.#view = view;
    this.#stillness = stillness;
  }

  /** Every region to paint over; undefined where the page is too large, or takes too long, to be sure. */
  regions(scrubber: Scrubber): Region[] | undefined {
    this.#look(this.#document, 0, 0);
    if (this.#text.length > MAX_TEXT) return undefined;
    const over = performance.now() + BUDGET_MS;
    const late = (): boolean => performance.now() >= over;
    for (const { start, end } of scrubber.spans(this.#text, late)) this.#hideText(start, end);
    // A picture that is called after someone shows that someone; and where it is missing, its words are shown.
    for (const { image, x, y } of this.#images) if (scrubber.contains(image.alt, late)) this.#hide(image, x, y);
    if (late()) return undefined;
    this.moving = this.#isMoving();
    return this.#regions.length > MAX_REGIONS ? undefined : this.#regions;
  }

  /** Looks through a document that begins at this place of the viewport. */
  #look(document: Document, x: number, y: number): void {
    this.#stillness.observe(document);
    this.#documents.push(document);
    this.#visit(document, x, y);
  }

  /**
   * Collects text in the order in which it is read, joined over elements, so that a value that is split over several is
   * found; blocks are kept apart.
   */
  #visit(parent: Document | ShadowRoot | Element, x: number, y: number): void {
    if (!isElement(parent)) for (const element of parent.querySelectorAll(HIDDEN)) this.#toHide.add(element);
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      if (node.nodeType === Node.TEXT_NODE) this.#collect(node as Text, x, y);
      else if (isElement(node) && !SILENT.has(node.localName)) this.#visitElement(node, x, y);
    }
  }

  #visitElement(element: Element, x: number, y: number): void {
    const { display } = this.#view.getComputedStyle(element);
    if (display === "none") return;
    if (this.#toHide.has(element)) this.#hide(element, x, y);
    if (CLOSED.has(element.localName)) return;
    if (element.localName === "iframe" || element.localName === "frame") this.#lookIntoFrame(element, x, y);
    if (element.localName === "img") this.#images.push({ image: element as HTMLImageElement, x, y });
    const apart = !display.startsWith("inline") && display !== "contents";
    if (apart) this.#text += BLOCK_BREAK;
    const shadow = this.#shadowOf(element);
    if (shadow) this.#visit(shadow, x, y);
    this.#visit(element, x, y);
    if (apart) this.#text += BLOCK_BREAK;
  }

  #collect(node: Text, x: number, y: number): void {
    if (node.data === "") return;
    this.#pieces.push({ node, start: this.#text.length, x, y });
    this.#text += node.data;
  }

  #shadowOf(element: Element): ShadowRoot | null {
    const shadow = findShadow(element);
    if (shadow) this.#stillness.observe(shadow);
    return shadow;
  }

  #lookIntoFrame(frame: Element, x: number, y: number): void {
    const inner = innerDocument(frame as HTMLIFrameElement);
    // A frame that is turned or scaled does not add up; and one of another origin keeps everything to itself.
    if (inner && isStraight(frame as HTMLElement)) {
      const corner = contentCorner(frame);
      this.#look(inner, x + corner.x, y + corner.y);
    } else {
      this.#hide(frame, x, y);
    }
  }

  #hide(element: Element, x: number, y: number): void {
    this.#hidden.push(element);
    if (isRendered(element)) this.#add(element, element.getClientRects(), x, y);
  }

  #hideText(start: number, end: number): void {
    for (let i = this.#pieceAt(start); ; i++) {
      const piece = this.#pieces[i];
      if (!piece || piece.start >= end) return;
      const { node, x, y } = piece;
      if (piece.start + node.length <= start) continue; // the place is between two blocks
      const range = node.ownerDocument.createRange();
      range.setStart(node, Math.max(0, start - piece.start));
      range.setEnd(node, Math.min(node.length, end - piece.start));
      const around = node.parentElement ?? (node.getRootNode() as ShadowRoot).host;
      this.#add(around, range.getClientRects(), x, y);
      this.#hidden.push(around);
    }
  }

  /** The last piece that begins at this place of the whole text or before it. */
  #pieceAt(place: number): number {
    let [low, high] = [0, this.#pieces.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#pieces[middle]?.start ?? 0) <= place) low = middle;
      else high = middle;
    }
    return low;
  }

  #add(element: Element, rects: DOMRectList, x: number, y: number): void {
    const beyond = drawnBeyond(element, this.#view);
    if (beyond === Infinity) this.scattered = true;
    for (const { left, top, width, height } of rects) {
      if (width === 0 || height === 0) continue;
      const region = { x: left + x - beyond, y: top + y - beyond, width: width + 2 * beyond, height: height + 2 * beyond };
      if (beyond !== Infinity && this.#isInView(region)) this.#regions.push(region);
    }
  }

  #isInView({ x, y, width, height }: Region): boolean {
    const { innerWidth, innerHeight } = this.#view;
    return width > 0 && height > 0 && x < innerWidth && y < innerHeight && x + width > 0 && y + height > 0;
  }

  /** Animations move things without changing the page; two measurements could find the same place by chance. */
  #isMoving(): boolean {
    const animated = this.#documents
      .flatMap((document) => document.getAnimations())
      .filter((a) => a.playState === "running")
      .flatMap((a) => (isKeyframes(a.effect) && a.effect.target ? [a.effect.target] : []));
    return animated.some((target) => this.#hidden.some((hidden) => target.contains(hidden)));
  }
}

/** An effect in a frame is of that frame's own class. */
function isKeyframes(effect: AnimationEffect | null): effect is KeyframeEffect {
  return effect !== null && "target" in effect;
}

function innerDocument(frame: HTMLIFrameElement): Document | null {
  try {
    return frame.contentDocument;
  } catch {
    return null;
  }
}
