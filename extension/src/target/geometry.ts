// Boxes in the coordinates of the top frame's viewport, and the way there.

import type { Box, Point } from "../event/types";
import { isRendered, isShadowRoot, rootOf } from "./dom";
import { labelsOf } from "./names";
import { css } from "./selectors";

const MAX_DEPTH = 20;

/** Where a frame's viewport lies in the top frame's, and the frames that lead to it, outermost first. */
export interface FramePlace {
  x: number;
  y: number;
  path: string[];
  /** The top frame's window; undefined where a frame of another origin stands between: then x and y are relative to it. */
  top: Window | undefined;
  /** The outermost window that can be looked into; x and y are relative to it. */
  outer: Window;
}

/** The place of a window. Frames of the same origin can be walked; others hide what is around them. */
export function placeOf(view: Window): FramePlace {
  const place: FramePlace = { x: 0, y: 0, path: [], top: view, outer: view };
  for (let depth = 0; place.top !== undefined && place.top !== place.top.parent && depth < MAX_DEPTH; depth++) {
    const frame: Element | null = ownFrame(place.top);
    if (frame === null) {
      place.top = undefined;
      break;
    }
    const { x, y } = contentCorner(frame);
    place.x += x;
    place.y += y;
    place.path.unshift(css(frame, rootOf(frame)).value ?? frame.localName);
    place.top = place.top.parent;
    place.outer = place.top;
  }
  return place;
}

/** Where what a frame shows begins: inside of its border and padding. */
export function contentCorner(frame: Element): Point {
  const { left, top } = frame.getBoundingClientRect();
  const { paddingLeft, paddingTop } = getComputedStyle(frame);
  return { x: left + frame.clientLeft + pixels(paddingLeft), y: top + frame.clientTop + pixels(paddingTop) };
}

function pixels(length: string): number {
  return Number.parseFloat(length) || 0;
}

/**
 * Whether what a frame shows has the places that adding up its corner gives. It has not where the frame, or anything
 * around it, is scaled, turned or mirrored; half a turn keeps the size, so styles are asked, too.
 */
export function isStraight(frame: HTMLElement): boolean {
  const { width, height } = frame.getBoundingClientRect();
  if (Math.abs(width - frame.offsetWidth) >= 1 || Math.abs(height - frame.offsetHeight) >= 1) return false;
  for (let at: Element | null = frame; at; at = drawnIn(at)) {
    const { transform, rotate, scale, offsetPath } = getComputedStyle(at);
    if (!isPlain(rotate) || !isPlain(scale) || !isPlain(offsetPath)) return false;
    if (!isPlain(transform) && !transform.startsWith("matrix(1, 0, 0, 1, ")) return false;
  }
  return true;
}

/** An environment that draws nothing does not know every property. */
function isPlain(value: string | undefined): boolean {
  return value === undefined || value === "" || value === "none";
}

/** The element that an element is drawn inside of: its slot, its parent, or the host of its shadow root. */
function drawnIn(element: Element): Element | null {
  const root = rootOf(element);
  return element.assignedSlot ?? element.parentElement ?? (isShadowRoot(root) ? root.host : null);
}

/** The outermost window that can be looked into from this one. */
export function outerOf(view: Window): Window {
  let outer = view;
  for (let depth = 0; outer !== outer.parent && ownFrame(outer) !== null && depth < MAX_DEPTH; depth++) outer = outer.parent;
  return outer;
}

function ownFrame(view: Window): Element | null {
  try {
    return view.frameElement;
  } catch {
    return null;
  }
}

/** The element's box in the coordinates of the place's viewport. */
export function boxOf(element: Element, place: { x: number; y: number }): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: round(left + place.x), y: round(top + place.y), width: round(width), height: round(height) };
}

/** A point of the frame's own viewport in the coordinates of the place's. */
export function pointOf({ x, y }: Point, place: { x: number; y: number }): Point {
  return { x: round(x + place.x), y: round(y + place.y) };
}

/** A smaller box is there for screen readers only, in CSS pixels. */
const MIN_SIDE = 3;

/**
 * What is shown of an element: itself, or the label that was hit or that stands for a field that is not shown itself, as
 * pages do that draw their own boxes to tick. At is in the element's own viewport. Undefined where nothing is shown.
 */
export function shownBy(element: Element, at?: Point): Element | undefined {
  if (at && !isOver(element, at)) {
    const hit = labelsOf(element).find((label) => isOver(label, at));
    if (hit) return hit;
  }
  // The browser looks through the whole page for an element's labels: only where there is need.
  return isShown(element) ? element : labelsOf(element).find(isShown);
}

function isShown(element: Element): boolean {
  return isRendered(element) && isLarge(element);
}

function isLarge(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width >= MIN_SIDE && height >= MIN_SIDE;
}

/** Whether a place of the element's own viewport lies in its box. */
export function isOver(element: Element, { x, y }: Point): boolean {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** Hundredths of a pixel are noise. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Selectors of the shadow hosts that lead to the element, outermost first. */
export function shadowPath(element: Element): string[] {
  const path: string[] = [];
  let root = element.getRootNode();
  while (isShadowRoot(root) && path.length < MAX_DEPTH) {
    path.unshift(css(root.host, rootOf(root.host)).value ?? root.host.localName);
    root = root.host.getRootNode();
  }
  return path;
}
