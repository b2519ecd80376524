import { describe, expect, it } from "vitest";
import { Courier, MAX_CARRIED } from "../../src/courier/courier";

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A worker that may not answer, or answer that it could not store. */
function setup(): { courier: Courier<number>; brought: number[]; worker: { answers: "stored" | "not stored" | "nothing" }; later: (() => void)[] } {
  const brought: number[] = [];
  const later: (() => void)[] = [];
  const worker: { answers: "stored" | "not stored" | "nothing" } = { answers: "stored" };
  const courier = new Courier<number>({
    bring(message) {
      if (worker.answers === "nothing") return Promise.reject(new Error("no worker"));
      if (worker.answers === "stored") brought.push(message);
      return Promise.resolve(worker.answers === "stored");
    },
    later: (work) => later.push(work),
  });
  return { courier, brought, worker, later };
}

describe("the courier", () => {
  it("brings messages in their order, each once", async () => {
    const { courier, brought } = setup();
    for (const n of [1, 2, 3]) courier.take(n);
    await settle();
    expect(brought).toEqual([1, 2, 3]);
  });

  it.each(["nothing", "not stored"] as const)("tries again until the worker has stored it, where it answers %s", async (answers) => {
    const { courier, brought, worker, later } = setup();
    worker.answers = answers;
    courier.take(1);
    courier.take(2);
    await settle();
    expect(brought).toEqual([]);
    later.shift()?.();
    await settle();
    worker.answers = "stored";
    later.shift()?.();
    await settle();
    expect(brought).toEqual([1, 2]);
  });

  it("is bounded, and says what did not fit", () => {
    const { courier, worker } = setup();
    worker.answers = "nothing";
    for (let n = 0; n < MAX_CARRIED; n++) expect(courier.take(n)).toBe(true);
    expect(courier.take(0)).toBe(false);
  });
});
