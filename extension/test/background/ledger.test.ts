import { beforeEach, describe, expect, it } from "vitest";
import { Ledger } from "../../src/background/ledger";
import type { Event } from "../../src/event/types";
import { MemoryArea } from "./memory-area";
import { SESSION, T0, click, gap, header, item, place } from "./samples";

let area: MemoryArea;
let ledger: Ledger;

/** What a worker that starts now finds. */
const restarted = (): Ledger => new Ledger(area);
const all = (from: Ledger): Promise<Event[]> => from.unacknowledged(SESSION, 1000, 1e9);
const seqs = async (from: Ledger): Promise<number[]> => (await all(from)).map((e) => e.seq);

beforeEach(async () => {
  area = new MemoryArea();
  ledger = new Ledger(area);
  await ledger.begin(header());
});

describe("numbering", () => {
  it("numbers events from 1 without gaps, over recorders and restarts", async () => {
    await ledger.deliver(SESSION, "a", [item(1), item(2)], place);
    await ledger.deliver(SESSION, "b", [item(1)], place);
    await restarted().deliver(SESSION, "a", [item(3)], place);
    expect(await seqs(restarted())).toEqual([1, 2, 3, 4]);
  });

  it("numbers in the order of the calls, however they overlap", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => ledger.deliver(SESSION, `s${i}`, [item(1)], place)));
    expect(await seqs(ledger)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it("stores the events, the counter and the page's number in one write", async () => {
    const before = area.writes;
    await ledger.deliver(SESSION, "a", [item(1), item(2)], place);
    expect(area.writes).toBe(before + 1);
  });

  it("stores an item once, however often it is handed over", async () => {
    await ledger.deliver(SESSION, "a", [item(1), item(2)], place);
    const stored = await restarted().deliver(SESSION, "a", [item(1), item(2), item(3)], place);
    expect(stored).toBe(3);
    expect((await all(restarted())).map((e) => e.click?.x)).toEqual([1, 2, 3]);
  });

  it("does not go past an item that is missing", async () => {
    expect(await ledger.deliver(SESSION, "a", [item(2)], place)).toBe(0);
    expect(await seqs(ledger)).toEqual([]);
  });

  it("refuses an event that the server would not take, counts it, and leaves no gap for it", async () => {
    const bad = { ...click(), click: { x: 1, y: 2, button: "middle-ish" } } as never;
    expect(await ledger.deliver(SESSION, "a", [item(1), item(2, bad), item(3)], place)).toBe(3);
    expect(await seqs(ledger)).toEqual([1, 2]);
    expect((await restarted().current())?.refused).toBe(1);
  });
});

describe("steps", () => {
  it("are counted over restarts, and told when the session is done", async () => {
    await ledger.deliver(SESSION, "a", [item(1), item(2, { time: T0, type: "gap", page: click().page, gap: { reason: "unknown" } })], place);
    await restarted().deliver(SESSION, "a", [item(3)], place);
    expect(await restarted().current()).toMatchObject({ last: 3, steps: 2 });
    await restarted().forget(SESSION);
    expect((await area.get("previous"))["previous"]).toMatchObject({ steps: 2 });
  });
});

describe("death of the worker", () => {
  it.each(["before", "after"] as const)("%s any write loses nothing that was answered for and doubles nothing", async (how) => {
    // Kills the worker at each write in turn; the page tries again, as it does.
    for (let killAt = 1; killAt <= 12; killAt++) {
      area = new MemoryArea();
      await new Ledger(area).begin(header());
      const base = area.writes;
      let killed = false;
      area.fail = (write) => {
        if (killed || write !== base + killAt) return undefined;
        killed = true;
        return how;
      };
      let worker = new Ledger(area);
      for (let n = 1; n <= 10; n++) {
        for (;;) {
          try {
            expect(await worker.deliver(SESSION, "a", [item(n)], place)).toBe(n);
            break;
          } catch {
            worker = restarted();
          }
        }
      }
      const events = await all(restarted());
      expect(events.map((e) => e.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(events.map((e) => e.click?.x)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
  });

  it("reads everything again in the same worker after a write that failed", async () => {
    area.fail = (write) => (write === 3 ? "after" : undefined);
    await ledger.deliver(SESSION, "a", [item(1)], place);
    await expect(ledger.deliver(SESSION, "a", [item(2)], place)).rejects.toThrow();
    expect(await ledger.deliver(SESSION, "a", [item(2), item(3)], place)).toBe(3);
    expect(await seqs(ledger)).toEqual([1, 2, 3]);
  });
});

describe("acknowledgement", () => {
  it("deletes only what the server has", async () => {
    await ledger.deliver(SESSION, "a", [item(1), item(2)], place);
    await ledger.deliver(SESSION, "a", [item(3)], place);
    await ledger.acknowledge(SESSION, { acked: 1, rejected: [] });
    expect(await seqs(restarted())).toEqual([2, 3]);
    await ledger.acknowledge(SESSION, { acked: 3, rejected: [] });
    expect(Object.keys(area.data).filter((k) => k.startsWith("q/"))).toEqual([]);
    expect(await seqs(restarted())).toEqual([]);
  });

  it("does not believe numbers that go back or beyond what was recorded", async () => {
    await ledger.deliver(SESSION, "a", [item(1), item(2)], place);
    await ledger.acknowledge(SESSION, { acked: 2, rejected: [] });
    await ledger.acknowledge(SESSION, { acked: 1, rejected: [] });
    await ledger.acknowledge(SESSION, { acked: 9, rejected: [] });
    expect((await restarted().current())?.acked).toBe(2);
  });

  it("goes on with the next number after everything was acknowledged and deleted", async () => {
    await ledger.deliver(SESSION, "a", [item(1)], place);
    await ledger.acknowledge(SESSION, { acked: 1, rejected: [] });
    await restarted().deliver(SESSION, "a", [item(2)], place);
    expect(await seqs(restarted())).toEqual([2]);
  });

  it("sets refused events aside with their reasons", async () => {
    await ledger.deliver(SESSION, "a", [item(1), item(2)], place);
    await ledger.acknowledge(SESSION, { acked: 2, rejected: [{ seq: 2, reasons: ["event.page: is required"] }] });
    expect((await restarted().current())?.refused).toBe(1);
    expect(area.data[`refused/${SESSION}/000000000002`]).toMatchObject({ event: { seq: 2 }, reasons: ["event.page: is required"] });
  });

  it("gives batches within bounds, and at least one event", async () => {
    for (let n = 1; n <= 6; n++) await ledger.deliver(SESSION, "a", [item(n)], place);
    expect((await ledger.unacknowledged(SESSION, 4, 1e9)).map((e) => e.seq)).toEqual([1, 2, 3, 4]);
    expect((await ledger.unacknowledged(SESSION, 4, 1)).map((e) => e.seq)).toEqual([1]);
  });
});

describe("the life of a session", () => {
  it("records a pause as a gap when it ends", async () => {
    await ledger.act(SESSION, { do: "pause", at: T0 + 10, because: "paused" }, gap);
    await ledger.act(SESSION, { do: "resume", at: T0 + 50 }, gap);
    expect((await all(restarted()))[0]?.gap).toEqual({ reason: "paused", from: T0 + 10, to: T0 + 50 });
  });

  it("takes what happened before a pause, and not what happened in it", async () => {
    await ledger.act(SESSION, { do: "pause", at: T0 + 10, because: "paused" }, gap);
    await ledger.deliver(SESSION, "a", [item(1, click(T0 + 5)), item(2, click(T0 + 15))], place);
    expect((await all(ledger)).map((e) => e.time)).toEqual([T0 + 5]);
  });

  it("keeps images that events refer to until they are sent", async () => {
    await ledger.deliver(SESSION, "a", [item(1)], (i) => ({ ...place(i), screenshot: { id: "pic" } }));
    expect((await restarted().current())?.images).toEqual(["pic"]);
    await ledger.imageDone(SESSION, "pic", true);
    expect(await restarted().current()).toMatchObject({ images: [], imagesSent: 1 });
  });

  it("leaves nothing behind of a session that is done but its figures", async () => {
    await ledger.deliver(SESSION, "a", [item(1)], place);
    await ledger.acknowledge(SESSION, { acked: 1, rejected: [] });
    await ledger.forget(SESSION);
    expect(Object.keys(area.data)).toEqual(["previous"]);
    expect(await restarted().sessions()).toEqual([]);
  });

  it("holds one open session only, but any number that are ending", async () => {
    await expect(ledger.begin(header("0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2c"))).rejects.toThrow();
    await ledger.act(SESSION, { do: "stop", at: T0 }, gap);
    await ledger.begin(header("0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2c"));
    expect((await restarted().sessions()).map((s) => s.record.phase)).toEqual(["ending", "recording"]);
  });
});
