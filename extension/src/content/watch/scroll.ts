// Scrolling: one event per gesture, from its first movement to its rest. Pages scroll by themselves, too; only what
// follows the participant's wheel, finger, key or press counts.

import type { Point } from "../../event/types";
import { isElement } from "../../target/dom";
import { isTypedInto } from "../fields";
import type { Seen } from "../recorder";
import { type Watch, afterRest } from "./watch";

/** The page may go on moving for this long after the wheel has stopped. */
const GESTURE_MS = 1000;
/** Where the browser does not say that a scroll has ended. */
const REST_MS = 200;

interface Gesture {
  what: Element | Document;
  from: Point;
  began: number;
  seen: Seen;
}

export function watchScrolls({ recorder, on }: Watch): void {
  const { document } = recorder;
  // Where things stood before they moved, from their last rest: when the wheel is reported, they have moved already.
  const rested = new WeakMap<Element | Document, Point>([[document, positionOf(document)]]);
  let gesture: Gesture | undefined;
  /** What the page looked like before the hand moved. */
  let before: { seen: Seen; time: number } | undefined;

  const finish = (): void => {
    rest.cancel();
    const done = gesture;
    gesture = undefined;
    if (!done) return;
    const to = positionOf(done.what);
    rested.set(done.what, to);
    if (to.x === done.from.x && to.y === done.from.y) return;
    const scroll = { from: done.from, to, duration_ms: Math.max(0, Date.now() - done.began) };
    recorder.report({ type: "scroll", scroll }, { seen: done.seen, time: done.began, urgent: false });
  };
  const rest = afterRest(finish, REST_MS);
  recorder.pending.push(finish);

  for (const cause of ["wheel", "touchmove", "pointerdown", "keydown"] as const) {
    on(cause, (event) => {
      if (!mayScroll(event)) return;
      const moving = before !== undefined && event.timeStamp - before.time < GESTURE_MS && gesture !== undefined;
      before = { seen: moving && before ? before.seen : recorder.see(), time: event.timeStamp };
    });
  }
  on("scroll", (event) => {
    const what = scrolled(event, document);
    if (!what) return;
    if (gesture?.what === what) {
      rest.touch();
    } else if (before && event.timeStamp - before.time < GESTURE_MS) {
      // What was typed before is told before; and so is the gesture before this one.
      recorder.flush();
      const seen = isElement(what) ? { ...recorder.see(what), stamp: before.seen.stamp } : before.seen;
      gesture = { what, from: rested.get(what) ?? { x: 0, y: 0 }, began: Date.now(), seen };
      rest.touch();
    } else {
      rested.set(what, positionOf(what));
    }
  });
  on("scrollend", (event) => {
    if (gesture && scrolled(event, document) === gesture.what) finish();
  });
}

const SCROLLING = new Set([" ", "PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);

/** Whether the event can move a page: a key that scrolls, a press on a scroll bar. */
function mayScroll(event: Event): boolean {
  const hit = event.composedPath().find(isElement);
  if (!hit) return false;
  if (event instanceof KeyboardEvent) return SCROLLING.has(event.key) && !isTypedInto(hit);
  if (!(event instanceof PointerEvent)) return true;
  // Beyond the content of what scrolls, but inside of it: that is its scroll bar.
  const { left, top } = hit.getBoundingClientRect();
  const x = event.clientX - (hit === hit.ownerDocument.documentElement ? 0 : left + hit.clientLeft);
  const y = event.clientY - (hit === hit.ownerDocument.documentElement ? 0 : top + hit.clientTop);
  return hit.clientWidth > 0 && (x >= hit.clientWidth || y >= hit.clientHeight);
}

function scrolled(event: Event, document: Document): Element | Document | undefined {
  const [target] = event.composedPath();
  if (target === document) return document;
  return isElement(target) ? target : undefined;
}

function positionOf(what: Element | Document): Point {
  const element = isElement(what) ? what : what.scrollingElement;
  return { x: Math.round(element?.scrollLeft ?? 0), y: Math.round(element?.scrollTop ?? 0) };
}
