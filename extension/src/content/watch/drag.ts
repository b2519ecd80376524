// Dragging: by the browser's own drag and drop, or by a page that moves something while the pointer is down. One event
// where it begins, one where it ends. Selecting text, pressing with an unsteady hand, and moving off a button to take the
// press back are none.

import type { Point } from "../../event/types";
import { isElement } from "../../target/dom";
import { isOver, pointOf } from "../../target/geometry";
import { namedAround, targetOf } from "../../target/resolve";
import { isTypedInto } from "../fields";
import type { Seen } from "../recorder";
import type { Press } from "./click";
import type { Watch } from "./watch";

/** A hand moves by less while it presses, in CSS pixels. */
const MIN_TRAVEL = 10;
/** Pointers by which a page says that something can be moved. */
const MOVING = /^(grab|grabbing|move|all-scroll|[a-z]+-resize)$/;

/** A press on these is taken back by moving off them. */
const PRESSED = "button,a[href],input,label,select,summary,[role=button],[role=link]";

interface Start {
  element: Element;
  seen: Seen;
  at: Point;
  time: number;
  /** Where the element stood, and what the pointer over it looked like. */
  box: DOMRect;
  cursor: string;
  stamp: number;
}

export function watchDrags({ recorder, on }: Watch, press: Press): void {
  const { document } = recorder;
  let start: Start | undefined;
  /** The browser's own drag is under way, from this document. */
  let dragging = false;

  on("pointerdown", (event) => {
    const { underWay } = press;
    start = undefined;
    if (!underWay || event.button !== 0 || event.pointerType === "touch" || isTypedInto(underWay.element)) return;
    const { element, seen } = underWay;
    const cursor = document.defaultView?.getComputedStyle(element).cursor ?? "";
    const at = { x: event.clientX, y: event.clientY };
    start = { element, seen, at, time: Date.now(), box: element.getBoundingClientRect(), cursor, stamp: seen.stamp };
  });

  on("dragstart", (event) => {
    const hit = event.composedPath().find(isElement);
    // A selection that is dragged is text that moves, which is an input.
    if (!hit?.closest("[draggable=true],a[href],img")) return;
    const at = start?.at ?? { x: event.clientX, y: event.clientY };
    const dragged = hit.closest("[draggable=true]") ?? hit;
    begin(at, start?.element === dragged ? start.seen : recorder.see(dragged, at), start?.time);
    start = undefined;
    dragging = true;
    press.forget();
  });
  on("dragend", () => (dragging = false));
  on("drop", (event) => {
    const files = event.dataTransfer?.files.length ?? 0;
    if (dragging || files > 0) end(targetOf(event), { x: event.clientX, y: event.clientY }, files);
    dragging = false;
  });

  on("pointerup", (event) => {
    const from = start;
    start = undefined;
    const at = { x: event.clientX, y: event.clientY };
    if (!from || !isDrag(from, at)) return;
    press.forget();
    begin(from.at, from.seen, from.time);
    end(under(at, from.element), at, 0);
  });
  on("pointercancel", () => (start = undefined));

  function begin(at: Point, seen: Seen, time = Date.now()): void {
    recorder.flush();
    recorder.report({ type: "drag", drag: pointOf(at, recorder.place()) }, { seen, time });
  }

  function end(element: Element | undefined, at: Point, files: number): void {
    recorder.flush();
    const drop = { ...pointOf(at, recorder.place()), ...(files > 0 && { files }) };
    recorder.report({ type: "drop", drop }, { seen: recorder.see(element, element && at) });
  }

  function isDrag({ element, at: from, box, cursor, stamp }: Start, to: Point): boolean {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const travel = Math.hypot(dx, dy);
    if (travel < MIN_TRAVEL || document.getSelection()?.isCollapsed === false) return false;
    // A page that lets one drag shows that something moves.
    if (recorder.stillness.sync() === stamp) return false;
    const now = element.getBoundingClientRect();
    const followed = Math.hypot(now.left - box.left - dx, now.top - box.top - dy) < travel / 2;
    const slid = element.matches("[role=slider],[role=separator]");
    const left = !element.matches(PRESSED) && !isOver(element, to);
    return followed || slid || MOVING.test(cursor) || !element.isConnected || left;
  }

  /** What lies under what was dragged. */
  function under({ x, y }: Point, dragged: Element): Element | undefined {
    const hits = document.elementsFromPoint(x, y);
    const hit = hits.find((e) => !dragged.contains(e) && !e.contains(dragged)) ?? hits.find((e) => !dragged.contains(e));
    return hit && namedAround(hit);
  }
}
