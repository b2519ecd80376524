import { describe, expect, it } from "vitest";
import { MAX_KEPT, Outbox } from "../../src/content/outbox";
import type { Delivered, Item } from "../../src/messages";
import { click } from "../background/samples";

/** A worker that can be dead, and what it stored. */
function setup(): { outbox: Outbox; stored: number[]; worker: { alive: boolean; dies: boolean }; later: (() => void)[]; sent: number[][]; handedOver: number[][] } {
  const stored: number[] = [];
  const sent: number[][] = [];
  const handedOver: number[][] = [];
  const later: (() => void)[] = [];
  const worker = { alive: true, dies: false };
  const outbox = new Outbox({
    send(items: readonly Item[]): Promise<Delivered | undefined> {
      sent.push(items.map((i) => i.n));
      if (!worker.alive) return Promise.reject(new Error("no worker"));
      for (const { n } of items) if (n === stored.length + 1) stored.push(n);
      return worker.dies ? Promise.resolve(undefined) : Promise.resolve({ stored: stored.length });
    },
    handOver: (items) => handedOver.push(items.map((i) => i.n)),
    later: (work) => later.push(work),
  });
  return { outbox, stored, worker, later, sent, handedOver };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const put = (outbox: Outbox, urgent = false): void => {
  outbox.put({ kind: "event", event: click(), stamp: 1 }, urgent);
};

describe("the outbox", () => {
  it("posts an urgent item before it returns", () => {
    const { outbox, sent } = setup();
    put(outbox, true);
    expect(sent).toEqual([[1]]);
  });

  it("carries what is not answered for in each message, in order", () => {
    const { outbox, sent } = setup();
    put(outbox, true);
    put(outbox, true);
    expect(sent).toEqual([[1], [1, 2]]);
  });

  it("keeps items until the worker has stored them, and stores each once", async () => {
    const { outbox, stored, worker, later } = setup();
    worker.alive = false;
    put(outbox);
    put(outbox);
    await settle();
    expect(outbox.empty).toBe(false);
    worker.alive = true;
    later.shift()?.();
    await settle();
    expect(stored).toEqual([1, 2]);
    expect(outbox.empty).toBe(true);
  });

  it("sends again what was stored without an answer", async () => {
    const { outbox, stored, worker, later } = setup();
    worker.dies = true;
    put(outbox);
    await settle();
    worker.dies = false;
    put(outbox);
    await settle();
    for (const work of later.splice(0)) work();
    await settle();
    expect(stored).toEqual([1, 2]);
    expect(outbox.empty).toBe(true);
  });

  it("hands over to the courier what is not answered for when the page is left, and only that", async () => {
    const { outbox, worker, handedOver } = setup();
    put(outbox, true);
    await settle();
    worker.alive = false;
    put(outbox, true);
    put(outbox, true);
    outbox.leave();
    expect(handedOver).toEqual([[2, 3]]);
  });

  it("is bounded, says what did not fit, and always has room for what was typed", async () => {
    const { outbox, worker } = setup();
    worker.alive = false;
    for (let i = 0; i < MAX_KEPT; i++) put(outbox);
    expect(outbox.put({ kind: "event", event: click(), stamp: 1 }, true)).toBe(false);
    expect(outbox.put({ kind: "echo", echo: { value: "Linda", field: "name" } }, false)).toBe(true);
    await settle();
  });

  it("waits with more items while several messages are under way", async () => {
    const { outbox, stored, sent } = setup();
    for (let i = 0; i < 30; i++) put(outbox);
    expect(sent.length).toBe(4);
    await settle();
    await settle();
    expect(stored.length).toBeGreaterThanOrEqual(4);
  });
});
