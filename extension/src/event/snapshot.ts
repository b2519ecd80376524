// Reads a snapshot that is told by its difference to an earlier one. The twin of Snapshot.List in internal/event.

import type { Element as Entry, Snapshot } from "./types";

/** Places are recorded in tenths of a pixel. */
const tenths = (value: number): number => Math.round(value * 10) / 10;

/** The whole list again, as the server makes it. */
export function listOf({ kept = [], elements = [] }: Snapshot, base: readonly Entry[]): Entry[] {
  const list: Entry[] = [];
  const added = [...elements];
  for (const { at, from, count, dx = 0, dy = 0 } of kept) {
    list.push(...added.splice(0, at - list.length));
    for (const { box, ...rest } of base.slice(from, from + count)) {
      list.push(box ? { ...rest, box: { ...box, x: tenths(box.x + dx), y: tenths(box.y + dy) } } : rest);
    }
  }
  return [...list, ...added];
}
