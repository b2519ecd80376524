// Fingers: what neither a click nor a scroll tells of. A tap makes a click, and where the browser scrolls by a finger,
// that is a scroll; a swipe that the page itself answers, a long press and a pinch are told here.

import type { Point, TouchDetail } from "../../event/types";
import { pointOf } from "../../target/geometry";
import { targetOf } from "../../target/resolve";
import type { Seen } from "../recorder";
import type { Press } from "./click";
import type { Watch } from "./watch";

/** A finger trembles by less, in CSS pixels. */
const MIN_TRAVEL = 24;

interface Gesture {
  seen: Seen;
  time: number;
  /** Where each finger was put down, and where it was last, by its number. */
  fingers: Map<number, { from: Point; to: Point }>;
  /** The browser scrolls or zooms by it. */
  browsers: boolean;
  told: boolean;
}

export function watchTouches({ recorder, on }: Watch, press: Press): void {
  let gesture: Gesture | undefined;

  const tell = (done: Gesture, kind: TouchDetail["kind"], { from, to }: { from: Point; to: Point }): void => {
    if (done.told) return;
    done.told = true;
    press.forget();
    recorder.flush();
    const place = recorder.place();
    const touch: TouchDetail = { kind, from: pointOf(from, place), to: pointOf(to, place), count: done.fingers.size };
    recorder.report({ type: "touch", touch }, { seen: done.seen, time: done.time });
  };

  on("touchstart", (event) => {
    const [first] = event.changedTouches;
    const element = targetOf(event);
    if (!first || !element) return;
    if (event.touches.length <= event.changedTouches.length || !gesture) {
      const seen = press.underWay?.element === element ? press.underWay.seen : recorder.see(element, tipOf(first));
      gesture = { seen, time: Date.now(), fingers: new Map(), browsers: false, told: false };
    }
    for (const finger of event.changedTouches) gesture.fingers.set(finger.identifier, { from: tipOf(finger), to: tipOf(finger) });
  });
  on("touchmove", (event) => {
    for (const finger of event.changedTouches) {
      const known = gesture?.fingers.get(finger.identifier);
      if (known) known.to = tipOf(finger);
    }
  });
  on("pointercancel", (event) => {
    if (gesture && event.pointerType === "touch") gesture.browsers = true;
  });
  on("contextmenu", (event) => {
    const [finger] = gesture?.fingers.values() ?? [];
    if (gesture && finger && event.pointerType === "touch") tell(gesture, "long_press", { from: finger.from, to: finger.from });
  });
  on("touchend", (event) => {
    if (!gesture || event.touches.length > 0) return;
    const done = gesture;
    gesture = undefined;
    const [one, two] = done.fingers.values();
    if (!one) return;
    if (two && Math.abs(distance(one.from, two.from) - distance(one.to, two.to)) >= MIN_TRAVEL) tell(done, "pinch", one);
    // The page's own listeners come after this.
    else if (!done.browsers && distance(one.from, one.to) >= MIN_TRAVEL) setTimeout(() => { if (answered(done)) tell(done, "swipe", one); });
  });
  on("touchcancel", () => (gesture = undefined));

  /** A page that answers a finger shows it. */
  function answered({ seen }: Gesture): boolean {
    return recorder.stillness.sync() !== seen.stamp;
  }
}

function tipOf({ clientX, clientY }: Touch): Point {
  return { x: clientX, y: clientY };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
