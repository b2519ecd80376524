// Tells a snapshot by what is new since the one before: most of a page's elements stay as they are, or all move by the
// same way when it is scrolled. The server puts the list together again (internal/event, Snapshot.List).

import { listOf } from "../event/snapshot";
import type { Box, Element as Entry, Kept, Snapshot } from "../event/types";
import { round } from "../target/geometry";

/** Places are rounded one by one, so that what moves together may differ by this much, in CSS pixels. */
const SLACK = 0.11;
/** After so many differences the whole list is sent again: where one of them was lost, not all that follow are. */
const MAX_CHAIN = 20;
/** A difference that is not much smaller than the whole is not worth its risk. */
const MIN_GAIN = 0.7;

/** The snapshots that were told, as the server knows them. */
export class Told {
  #last: { id: string; list: readonly Entry[]; chain: number } | undefined;

  /** The snapshot in the form in which it is sent. */
  tell(whole: Snapshot & { elements: Entry[] }): Snapshot {
    const base = this.#last;
    const told = base && base.chain < MAX_CHAIN ? difference(base, whole) : undefined;
    if (base && told && JSON.stringify(told).length < MIN_GAIN * JSON.stringify(whole).length) {
      this.#last = { id: whole.id, list: listOf(told, base.list), chain: base.chain + 1 };
      return told;
    }
    this.#last = { id: whole.id, list: whole.elements, chain: 0 };
    return whole;
  }

  /** What was told before may not have arrived, or not where the next one goes. */
  forget(): void {
    this.#last = undefined;
  }
}

function difference(base: { id: string; list: readonly Entry[] }, whole: Snapshot & { elements: Entry[] }): Snapshot {
  const free = new Map<string, number[]>();
  base.list.forEach((entry, i) => {
    const same = free.get(keyOf(entry));
    if (same) same.push(i);
    else free.set(keyOf(entry), [i]);
  });
  const kept: Kept[] = [];
  const elements: Entry[] = [];
  whole.elements.forEach((entry, at) => {
    const same = free.get(keyOf(entry)) ?? [];
    const run = kept.at(-1);
    const next = run && run.at + run.count === at ? run.from + run.count : -1;
    if (run && same.includes(next) && goesWith(run, base.list[next]?.box, entry.box)) {
      run.count++;
      same.splice(same.indexOf(next), 1);
      return;
    }
    const from = nearest(same, base.list, entry.box);
    if (from === undefined) elements.push(entry);
    else kept.push({ at, from, count: 1, ...moveOf(base.list[from]?.box, entry.box) });
  });
  return { ...whole, base: base.id, kept, elements };
}

/** All of an element but its place. */
function keyOf({ box, ...rest }: Entry): string {
  return JSON.stringify([rest, box?.width, box?.height]);
}

/** Takes the one that has moved least out of several alike. */
function nearest(same: number[], list: readonly Entry[], box: Box | undefined): number | undefined {
  const far = (i: number): number => {
    const { dx = 0, dy = 0 } = moveOf(list[i]?.box, box);
    return Math.abs(dx) + Math.abs(dy);
  };
  const best = same.reduce<number | undefined>((a, b) => (a === undefined || far(b) < far(a) ? b : a), undefined);
  if (best !== undefined) same.splice(same.indexOf(best), 1);
  return best;
}

function moveOf(from: Box | undefined, to: Box | undefined): { dx?: number; dy?: number } {
  if (!from || !to) return {};
  const [dx, dy] = [round(to.x - from.x), round(to.y - from.y)];
  return { ...(dx !== 0 && { dx }), ...(dy !== 0 && { dy }) };
}

function goesWith({ dx = 0, dy = 0 }: Kept, from: Box | undefined, to: Box | undefined): boolean {
  const move = moveOf(from, to);
  return Math.abs((move.dx ?? 0) - dx) <= SLACK && Math.abs((move.dy ?? 0) - dy) <= SLACK;
}
