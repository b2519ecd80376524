// How far beyond its own place an element is drawn a second time: by shadows of its text, by filters, by reflections.

import { parentOf } from "../target/dom";

const LENGTH = /(-?[\d.]+)px/g;

/** A margin around the element in CSS pixels that holds all of it; Infinity where nobody can say. */
export function drawnBeyond(element: Element, view: Window): number {
  let margin = lengthsIn(view.getComputedStyle(element).textShadow);
  for (let e: Element | null = element; e; e = parentOf(e)) {
    const style = view.getComputedStyle(e);
    if (!isNone(style.getPropertyValue("-webkit-box-reflect"))) return Infinity;
    if (isNone(style.filter)) continue;
    // A filter of the page's own may do anything.
    if (style.filter.includes("url(")) return Infinity;
    margin += lengthsIn(style.filter);
  }
  return margin;
}

function isNone(value: string | undefined): boolean {
  return value === undefined || value === "" || value === "none";
}

/** The sum of the lengths: a shadow's offsets and blurs reach no further. */
function lengthsIn(value: string | undefined): number {
  if (value === undefined || isNone(value)) return 0;
  // A blur of a filter is a standard deviation, which reaches three times as far.
  const times = value.includes("blur(") || value.includes("drop-shadow(") ? 3 : 1;
  return [...value.matchAll(LENGTH)].reduce((sum, [, length]) => sum + times * Math.abs(Number(length)), 0);
}
