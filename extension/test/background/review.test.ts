import { beforeEach, describe, expect, it } from "vitest";
import { Ledger } from "../../src/background/ledger";
import { filmStrip, withMistake, withoutSpan } from "../../src/background/review";
import { keys } from "../../src/background/storage";
import { checkEvent } from "../../src/event/check";
import type { Event } from "../../src/event/types";
import { MemoryArea } from "./memory-area";
import { SESSION, T0, click, gap, header, item, page, place } from "./samples";

const at = (seq: number, event: Partial<Event> = {}): Event => ({
  ...click(T0 + seq),
  seq,
  tab: 1,
  frame: "0",
  target: { tag: "button", role: "button", name: `Button ${seq}`, box: { x: 1, y: 2, width: 3, height: 4 } },
  ...event,
});
const snapshot = (seq: number, id: string): Event => ({ seq, time: T0, type: "snapshot", tab: 1, frame: "0", page, snapshot: { id, elements: [] } });
const types = (events: readonly Event[]): string[] => events.map((e) => e.type);

describe("a span that is taken out", () => {
  it("leaves its numbers, and nothing else of it", () => {
    const after = withoutSpan([at(1), at(2, { screenshot: { id: "00aa", age_ms: 1 } }), at(3)], 2, 2);
    expect(after.map((e) => e.seq)).toEqual([1, 2, 3]);
    const text = JSON.stringify(after[1]);
    for (const gone of ["Button 2", "00aa", "shop.example", "Oak chair"]) expect(text).not.toContain(gone);
    expect(after[1]).toMatchObject({ type: "gap", gap: { reason: "removed_by_participant", lost: 1 } });
    expect(after.flatMap((e) => checkEvent(e))).toEqual([]);
  });

  it("takes a snapshot with it that nothing else refers to, and keeps one that something does", () => {
    const events = [snapshot(1, "a"), at(2, { snapshot: { id: "a" } }), snapshot(3, "b"), at(4, { snapshot: { id: "b" } }), at(5, { snapshot: { id: "b" } })];
    expect(types(withoutSpan(events, 2, 2))).toEqual(["gap", "gap", "snapshot", "click", "click"]);
    expect(types(withoutSpan(events, 3, 4))).toEqual(["snapshot", "click", "snapshot", "gap", "click"]);
    expect(types(withoutSpan(withoutSpan(events, 4, 4), 5, 5))).toEqual(["snapshot", "click", "gap", "gap", "gap"]);
  });

  it("takes what an action caused with it", () => {
    const effect: Event = { seq: 2, time: T0, type: "effect", tab: 1, frame: "0", page, effect: { kind: "none" } };
    expect(types(withoutSpan([at(1), effect, at(3)], 1, 1))).toEqual(["gap", "gap", "click"]);
    expect(types(withoutSpan([at(1), effect, at(3)], 3, 3))).toEqual(["click", "effect", "gap"]);
  });

  it("tells a snapshot whole where the one that it was told by goes", () => {
    const [buy, sell] = ["Buy", "Sell"].map((name) => ({ tag: "button", role: "button", name, box: { x: 1, y: 2, width: 3, height: 4 } }));
    if (!buy || !sell) throw new Error("no elements");
    const first: Event = { ...snapshot(1, "a"), snapshot: { id: "a", elements: [buy] } };
    const second: Event = { ...snapshot(3, "b"), snapshot: { id: "b", base: "a", kept: [{ at: 0, from: 0, count: 1, dx: 5 }], elements: [sell] } };
    const after = withoutSpan([first, at(2, { snapshot: { id: "a" } }), second, at(4, { snapshot: { id: "b" } })], 2, 2);
    expect(types(after)).toEqual(["gap", "gap", "snapshot", "click"]);
    expect(after[2]?.snapshot).toEqual({ id: "b", elements: [{ ...buy, box: { ...buy.box, x: 6 } }, sell] });
    expect(after.flatMap((e) => checkEvent(e))).toEqual([]);
  });

  it("is one line each of the film strip, without the snapshots", () => {
    const events = withoutSpan([snapshot(1, "a"), at(2, { snapshot: { id: "a" } }), at(3)], 1, 2);
    expect(filmStrip(events).map(({ seq, name, removed }) => ({ seq, name, removed }))).toEqual([
      { seq: 2, name: "", removed: true },
      { seq: 3, name: "Button 3", removed: undefined },
    ]);
  });
});

describe("a mistake", () => {
  it("is said of one event, and can be taken back", () => {
    const marked = withMistake([at(1), at(2)], 2, true);
    expect(marked.map((e) => e.mistake)).toEqual([undefined, true]);
    expect(marked.flatMap((e) => checkEvent(e))).toEqual([]);
    expect(withMistake(marked, 2, false)).toEqual([at(1), at(2)]);
  });
});

describe("a held session in the ledger", () => {
  let area: MemoryArea;
  let ledger: Ledger;
  const restarted = (): Ledger => new Ledger(area);
  const all = (): Promise<Event[]> => restarted().unacknowledged(SESSION, 1000, 1e9);
  const frame = { ...click(), screenshot: { id: "00aa", age_ms: 1 } };

  beforeEach(async () => {
    area = new MemoryArea();
    ledger = new Ledger(area);
    await ledger.begin(header(), true);
    await ledger.deliver(SESSION, "a", [item(1), item(2)], place);
    await ledger.deliver(SESSION, "a", [item(3, frame), item(4)], place);
  });

  it("keeps its sequence whole, counts its steps anew and names the images that go", async () => {
    expect(await ledger.revise(SESSION, (events) => withoutSpan(events, 2, 3))).toEqual(["00aa"]);
    expect((await all()).map((e) => [e.seq, e.type])).toEqual([[1, "click"], [2, "gap"], [3, "gap"], [4, "click"]]);
    expect(await restarted().current()).toMatchObject({ last: 4, steps: 2, images: [] });
    expect(JSON.stringify(area.data)).not.toContain("00aa");
  });

  it("never keeps an image whose event was taken out, at whatever write the worker dies", async () => {
    for (const how of ["before", "after"] as const) {
      for (const nth of [1, 2]) {
        area.fail = () => undefined;
        const trial = new MemoryArea();
        Object.assign(trial.data, structuredClone(area.data));
        trial.fail = (write) => (write === nth ? how : undefined);
        await new Ledger(trial).revise(SESSION, (events) => withoutSpan(events, 3, 3)).catch(() => undefined);
        const found = Object.values(trial.data).some((v) => JSON.stringify(v).includes("00aa"));
        if (!found) expect(trial.data).not.toHaveProperty([keys.image(SESSION, "00aa")]);
      }
    }
  });

  it("cannot be changed once it was released, and not be discarded while it records", async () => {
    expect(await ledger.discard(SESSION)).toBeUndefined();
    await ledger.act(SESSION, { do: "stop", at: T0 + 9 }, gap);
    await ledger.act(SESSION, { do: "release", at: T0 + 10 }, gap);
    expect(await ledger.revise(SESSION, (events) => withoutSpan(events, 1, 4))).toBeUndefined();
    expect(await ledger.discard(SESSION)).toBeUndefined();
    expect(await all()).toHaveLength(4);
  });

  it("leaves nothing when it is discarded", async () => {
    await ledger.act(SESSION, { do: "stop", at: T0 + 9 }, gap);
    expect(await ledger.discard(SESSION)).toEqual(["00aa"]);
    expect(Object.keys(area.data)).toEqual([]);
  });
});
