// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { Told } from "../../src/content/difference";
import { listOf } from "../../src/event/snapshot";
import type { Element as Entry, Snapshot } from "../../src/event/types";

function list(n: number, y = 0): Entry[] {
  return Array.from({ length: n }, (_, i) => ({
    role: "button", tag: "button", name: `Button ${i}`, box: { x: 8, y: i * 30.1 + y, width: 120, height: 20 },
  }));
}

const whole = (id: string, elements: Entry[]) => ({ id, elements });

/** What the server knows after these were told. */
function known(told: Snapshot[]): Map<string, Entry[]> {
  const lists = new Map<string, Entry[]>();
  for (const s of told) lists.set(s.id, listOf(s, lists.get(s.base ?? "") ?? []));
  return lists;
}

describe("a snapshot that is told by its difference", () => {
  it("is small where little has changed, and whole again on the other side", () => {
    const told = new Told();
    const before = list(100);
    const after = [...before.slice(0, 40), { role: "link", tag: "a", name: "Undo" }, ...before.slice(41)];
    const sent = [told.tell(whole("a", before)), told.tell(whole("b", after))];
    expect(sent[0]).toEqual(whole("a", before));
    expect(sent[1]).toMatchObject({ base: "a", elements: [{ name: "Undo" }] });
    expect(JSON.stringify(sent[1]).length).toBeLessThan(300);
    expect(known(sent).get("b")).toEqual(after.map((e) => e.box ? { ...e, box: { ...e.box, y: Math.round(e.box.y * 10) / 10 } } : e));
  });

  it("says of a page that was scrolled only how far", () => {
    const told = new Told();
    const sent = [told.tell(whole("a", list(100))), told.tell(whole("b", list(100, -500)))];
    expect(sent[1]).toMatchObject({ kept: [{ at: 0, from: 0, count: 100, dy: -500 }], elements: [] });
  });

  it("finds what changed its place, and which of several alike", () => {
    const alike = Array.from({ length: 30 }, (_, i) => ({ role: "button", tag: "button", name: "Add", box: { x: 0, y: i * 50, width: 9, height: 9 } }));
    const after = [...alike.slice(20), ...list(2, 7), ...alike.slice(0, 15)];
    const told = new Told();
    const sent = [told.tell(whole("a", alike)), told.tell(whole("b", after))];
    expect(sent[1]?.elements?.length).toBe(2);
    expect(known(sent).get("b")).toEqual(after);
  });

  it("stays true over a long chain of any changes, and is told whole again in between", () => {
    let seed = 7;
    const random = (n: number): number => (seed = (seed * 48_271) % 2_147_483_647) % n;
    const told = new Told();
    const sent: Snapshot[] = [];
    let now = list(60);
    for (let step = 0; step < 120; step++) {
      const [dy, from] = [random(900) / 10 - 45, random(now.length)];
      now = now.map((e) => ({ ...e, box: { x: 8, width: 120, height: 20, y: Math.round(((e.box?.y ?? 0) + dy) * 10) / 10 } }));
      now.splice(from, random(3), ...list(random(3), step));
      sent.push(told.tell(whole(`s${step}`, now)));
      const back = known(sent).get(`s${step}`) ?? [];
      expect(back.map((e) => e.name)).toEqual(now.map((e) => e.name));
      back.forEach((e, i) => {
        expect(Math.abs((e.box?.y ?? 0) - (now[i]?.box?.y ?? 0))).toBeLessThanOrEqual(0.2);
      });
    }
    const wholes = sent.filter((s) => s.base === undefined).length;
    expect(wholes).toBeGreaterThan(4);
    expect(wholes).toBeLessThan(40);
  });

  it("is told whole where it is another page, or what was told before is forgotten", () => {
    const told = new Told();
    told.tell(whole("a", list(50)));
    expect(told.tell(whole("b", list(50).map((e) => ({ ...e, role: "link" })))).base).toBeUndefined();
    told.forget();
    expect(told.tell(whole("c", list(50))).base).toBeUndefined();
  });
});
