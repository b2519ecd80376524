import { expect, it } from "vitest";
import { SentLog } from "../../src/background/sent-log";
import { MemoryArea } from "./memory-area";

it("keeps what was sent letter by letter, also over a restart of the worker", async () => {
  const area = new MemoryArea();
  const log = new SentLog(area, () => 7);
  log.note({ what: "POST /v1/sessions", body: '{"é":1}' });
  log.note({ what: "PUT /v1/x", body: new ArrayBuffer(2048) });
  await log.entries();
  expect(await new SentLog(area).entries()).toEqual([
    { n: 1, at: 7, what: "POST /v1/sessions", size: 8, text: '{"é":1}' },
    { n: 2, at: 7, what: "PUT /v1/x", size: 2048 },
  ]);
});

it("keeps the newest only, and says where it cut a text", async () => {
  const area = new MemoryArea();
  const log = new SentLog(area);
  for (let i = 1; i <= 60; i++) log.note({ what: String(i), body: "x" });
  log.note({ what: "long", body: "x".repeat(100_000) });
  const entries = await log.entries();
  expect(entries.map((e) => e.what)).toEqual([...Array.from({ length: 49 }, (_, i) => String(i + 12)), "long"]);
  expect(entries.at(-1)).toMatchObject({ size: 100_000, cut: true });
  expect(Object.keys(area.data)).toHaveLength(50);
});

it("goes on where one message could not be noted", async () => {
  const area = new MemoryArea();
  area.fail = (write) => (write === 1 ? "before" : undefined);
  const log = new SentLog(area);
  log.note({ what: "a", body: "" });
  log.note({ what: "b", body: "" });
  expect((await log.entries()).map((e) => e.what)).toEqual(["b"]);
});
