import { expect, it, vi } from "vitest";

/** A browser that is idle when told so, for so many questions. */
function browser() {
  const waiting: IdleRequestCallback[] = [];
  return {
    waiting,
    idle: (work: IdleRequestCallback) => waiting.push(work),
    rest: (pieces: number) => {
      let left = pieces;
      waiting.shift()?.({ didTimeout: false, timeRemaining: () => left-- });
    },
  };
}

/** The engine as it is when it was just loaded. */
async function loaded() {
  vi.resetModules();
  const { prepareWhenIdle } = await import("../../src/content/idle");
  return { prepareWhenIdle, engine: await import("../../src/redact") };
}

it("prepares the engine in pieces, as long as the page rests", async () => {
  const { prepareWhenIdle, engine } = await loaded();
  const { waiting, idle, rest } = browser();
  prepareWhenIdle(new AbortController().signal, idle);
  let periods = 0;
  for (; waiting.length > 0; periods++) rest(3);
  expect(periods).toBeGreaterThan(5);
  expect(engine.prepare(() => true)).toBe(true);
});

it("stops when the recorder does", async () => {
  const { prepareWhenIdle, engine } = await loaded();
  const { waiting, idle, rest } = browser();
  const stopping = new AbortController();
  prepareWhenIdle(stopping.signal, idle);
  rest(1);
  stopping.abort();
  rest(100);
  expect(waiting).toEqual([]);
  expect(engine.prepare(() => true)).toBe(false);
});

it("is not needed: the first text finds what is prepared in part", async () => {
  const { engine } = await loaded();
  let asked = 0;
  expect(engine.prepare(() => asked++ > 0)).toBe(false);
  expect(engine.redactText("Ship to: Ann Lee, 12 Willow Lane")).toBe("Ship to: [PERSON], [ADDRESS]");
  expect(engine.classifyField({ type: "text", label: "First name" })).toBe("private");
});
