// A pointer that rests on something and thereby reveals what one could act on: a menu, the buttons of a card. A script may
// reveal it, or a style alone, which the browser reports to nobody; so it is looked for around the pointer.

import { isElement } from "../../target/dom";
import { round, shownBy } from "../../target/geometry";
import { targetOf } from "../../target/resolve";
import type { Look } from "../recorder";
import { INTERACTIVE } from "../snapshot";
import { type Watch, afterRest } from "./watch";

/** A pointer that stays this long means what it points at, in milliseconds. The page has come to rest by then. */
const REST_MS = 350;
/** What is revealed stands close to what revealed it, in CSS pixels. */
const NEAR = 40;
/** How far around the pointer what a style reveals is looked for. */
const MAX_LEVELS = 4;
const MAX_LOOKED_AT = 400;

interface Over {
  element: Element;
  x: number;
  y: number;
  time: number;
  /** The page before; the pointer has changed nothing yet. */
  look: Look;
}

export function watchHovers({ recorder, on }: Watch): void {
  let over: Over | undefined;
  /** What the last hover revealed. */
  let revealed: Element[] = [];

  const rest = afterRest(() => {
    const rested = over;
    over = undefined;
    if (!rested?.element.isConnected) return;
    const changed = recorder.stillness.sync() !== rested.look.stamp;
    tell(rested, changed ? recorder.look().taken.elements : around(rested.element));
  }, REST_MS);

  /** Tells of the hover, if any of these is new. */
  function tell({ element, x, y, time, look }: Over, candidates: readonly Element[]): void {
    const { taken } = look;
    // Of a page that was not listed whole, nobody knows what is new.
    if (taken.truncated) return;
    const known = new Set(taken.elements);
    const found = candidates.filter((e) => !known.has(e) && e !== element && shownBy(e) === e && isNear(e, element));
    if (found.length === 0) return;
    revealed = found;
    // What a style showed is no change to anyone else.
    if (recorder.stillness.sync() === look.stamp) recorder.stillness.touch();
    recorder.flush();
    const place = recorder.place();
    const hover = { x: round(x + place.x), y: round(y + place.y), duration_ms: Math.max(0, Date.now() - time) };
    recorder.report({ type: "hover", hover }, { seen: recorder.see(element, { x, y }, look), urgent: false });
  }

  on("pointerover", (event) => {
    // What a style hides again is no change to anyone else, either.
    if (revealed.length > 0 && !revealed.some((e) => e.isConnected && shownBy(e) === e)) {
      revealed = [];
      recorder.stillness.touch();
    }
    const element = event.pointerType === "mouse" && event.buttons === 0 ? targetOf(event) : undefined;
    if (element && element === over?.element) return;
    // Whoever is quick is on what was revealed already.
    if (over && element?.matches(INTERACTIVE)) tell(over, [element]);
    const look = recorder.lastLook();
    // The pointer comes over what appears under it, too: only on a page at rest does the hand move, and not the page.
    const rests = look?.stamp === recorder.stillness.sync();
    over = element && look && rests && !element.matches("html,body") ? { element, x: event.clientX, y: event.clientY, time: Date.now(), look } : undefined;
    if (over) rest.touch();
    else rest.cancel();
  });
  // What comes after these is theirs.
  for (const other of ["pointerdown", "keydown", "wheel", "scroll"] as const) {
    on(other, () => {
      over = undefined;
      rest.cancel();
    });
  }
}

/** The interactive elements around an element, as far as a style can reveal them when the pointer is over it. */
function around(element: Element): Element[] {
  let best: Element[] = [];
  let root: Element | null = element;
  for (let level = 0; root !== null && level < MAX_LEVELS; level++) {
    const all = root.querySelectorAll(INTERACTIVE);
    if (all.length > MAX_LOOKED_AT) break;
    best = [...all];
    root = root.parentElement;
  }
  return best.filter(isElement);
}

function isNear(found: Element, from: Element): boolean {
  const [a, b] = [found.getBoundingClientRect(), from.getBoundingClientRect()];
  return a.left < b.right + NEAR && a.right > b.left - NEAR && a.top < b.bottom + NEAR && a.bottom > b.top - NEAR;
}
