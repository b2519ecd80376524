// How much is kept at most, and what happens at the bounds: first no more pictures are taken, then recording pauses. Both
// are shown; nothing is dropped. The bounds are ours: the browser sets none, and a disk has an end.

import { MAX_IMAGE_BYTES } from "./images";
import type { Parts } from "./parts";

/** Events of all sessions; 64 MiB is days of work offline. */
export const MAX_QUEUED_BYTES = 64 * 2 ** 20;
/** With the events this far, what room is left is theirs. */
const MAX_QUEUED_WITH_PICTURES = MAX_QUEUED_BYTES / 2;
/** A picture is smaller than this. */
const PICTURE_BYTES = 2 * 2 ** 20;
/** In the browser's memory: an event could not be stored, so the disk is full or broken. */
const UNSTORED = "unstored";

export interface Room {
  /** How full the store is, from 0 to 1. */
  used: number;
  pictures: boolean;
  events: boolean;
  /** Storing failed the last time. */
  broken: boolean;
}

export async function roomOf(parts: Pick<Parts, "ledger" | "images" | "memory">): Promise<Room> {
  const queued = (await parts.ledger.sessions()).reduce((sum, s) => sum + s.queuedBytes, 0);
  const images = await parts.images.usedBytes();
  return {
    used: Math.min(1, Math.max(queued / MAX_QUEUED_BYTES, images / MAX_IMAGE_BYTES)),
    pictures: queued <= MAX_QUEUED_WITH_PICTURES && images + PICTURE_BYTES <= MAX_IMAGE_BYTES,
    events: queued <= MAX_QUEUED_BYTES,
    broken: (await parts.memory.get(UNSTORED))[UNSTORED] === true,
  };
}

/** Notes whether what a page handed over could be stored. What could not stays in the page, which tries again. */
export async function noteStored(parts: Pick<Parts, "memory" | "changed">, stored: boolean): Promise<void> {
  const before = (await parts.memory.get(UNSTORED))[UNSTORED] === true;
  if (before !== stored) return;
  await (stored ? parts.memory.remove(UNSTORED) : parts.memory.set({ [UNSTORED]: true }));
  parts.changed();
}
