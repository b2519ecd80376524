// Scrolling: one event per gesture, from its first movement to its rest. Pages scroll by themselves, too; only what
// follows the participant's wheel, finger, key or press counts.

import type { Point } from "../../event/types";
import { isElement } from "../../target/dom";
import { type Watch, afterRest } from "./watch";

/** The browser may move the page for this long after the wheel has stopped. */
const GESTURE_MS = 1000;
/** Where the browser does not say that a scroll has ended. */
const REST_MS = 200;

interface Gesture {
  what: Element | Document;
  from: Point;
  began: number;
}

export function watchScrolls({ recorder, on }: Watch): void {
  const rested = new WeakMap<Element | Document, Point>();
  let gesture: Gesture | undefined;
  let lastMove = -Infinity;
  const { document } = recorder;
  rested.set(document, positionOf(document));

  for (const cause of ["wheel", "touchmove", "pointerdown", "keydown"] as const) {
    on(cause, (event) => {
      lastMove = event.timeStamp;
      // Where things stand before they move: elements are only known by their first movement otherwise.
      for (const target of event.composedPath()) {
        if (isElement(target) && target.scrollHeight > target.clientHeight && !gesture) rested.set(target, positionOf(target));
      }
      if (!gesture) rested.set(document, positionOf(document));
    });
  }
  on("scroll", (event) => {
    const what = scrolled(event, document);
    if (!what) return;
    if (gesture?.what === what) {
      rest.touch();
    } else if (event.timeStamp - lastMove < GESTURE_MS) {
      finish();
      gesture = { what, from: rested.get(what) ?? { x: 0, y: 0 }, began: Date.now() };
      rest.touch();
    } else {
      rested.set(what, positionOf(what));
    }
  });
  on("scrollend", (event) => {
    if (gesture && scrolled(event, document) === gesture.what) finish();
  });

  const finish = (): void => {
    rest.cancel();
    const done = gesture;
    gesture = undefined;
    if (!done) return;
    const to = positionOf(done.what);
    rested.set(done.what, to);
    if (to.x === done.from.x && to.y === done.from.y) return;
    const scroll = { from: done.from, to, duration_ms: Math.max(0, Date.now() - done.began) };
    const target = isElement(done.what) && done.what !== document.scrollingElement ? recorder.see(done.what) : {};
    recorder.report({ type: "scroll", ...target, scroll }, false, done.began);
  };
  const rest = afterRest(finish, REST_MS);
  recorder.pending.push(finish);
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
