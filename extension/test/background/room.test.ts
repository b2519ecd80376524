import { describe, expect, it } from "vitest";
import type { Ledger } from "../../src/background/ledger";
import { MAX_IMAGE_BYTES, type Images } from "../../src/background/images";
import { MAX_QUEUED_BYTES, type Room, noteStored, roomOf } from "../../src/background/room";
import { MemoryArea } from "./memory-area";

let shown = 0;
const memory = new MemoryArea();

function room(queued: number[], images: number): Promise<Room> {
  const ledger = { sessions: () => Promise.resolve(queued.map((queuedBytes) => ({ queuedBytes }))) } as unknown as Ledger;
  return roomOf({ ledger, memory, images: { usedBytes: () => Promise.resolve(images) } as unknown as Images });
}

describe("room", () => {
  it("ends for pictures first, and for events at the bound of all sessions together", async () => {
    const half = MAX_QUEUED_BYTES / 2;
    expect(await room([], 0)).toEqual({ used: 0, pictures: true, events: true, broken: false });
    expect(await room([half], 0)).toMatchObject({ used: 0.5, pictures: true, events: true });
    expect(await room([half, 1], 0)).toMatchObject({ pictures: false, events: true });
    expect(await room([half, half], 0)).toMatchObject({ used: 1, pictures: false, events: true });
    expect(await room([half, half, 1], 0)).toMatchObject({ used: 1, events: false });
    expect(await room([], MAX_IMAGE_BYTES)).toMatchObject({ used: 1, pictures: false, events: true });
  });

  it("says that storing fails until it works again", async () => {
    const parts = { memory, changed: () => { shown++; } };
    for (const [stored, broken] of [[true, false], [false, true], [false, true], [true, false]] as const) {
      await noteStored(parts, stored);
      expect(await room([], 0)).toMatchObject({ broken });
    }
    expect(shown).toBe(2);
  });
});
