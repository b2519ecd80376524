import { beforeEach, describe, expect, it, vi } from "vitest";
import { carryOut, finishCarryingOut } from "../../src/background/carry-out";
import { EchoBook } from "../../src/background/echo";
import { Ledger } from "../../src/background/ledger";
import type { Parts } from "../../src/background/parts";
import { MemoryArea } from "./memory-area";
import { SESSION, T0, gap, header } from "./samples";

/** The browser's side: which scripts it puts into pages. Each call may be the worker's last. */
const fake = vi.hoisted(() => ({ registered: new Set<string>(), calls: 0, dieAt: 0 }));

vi.mock("wxt/browser", () => {
  const call = (work: () => void): Promise<void> => {
    if (++fake.calls >= fake.dieAt && fake.dieAt > 0) return new Promise(() => undefined);
    work();
    return Promise.resolve();
  };
  return {
    browser: {
      scripting: {
        registerContentScripts: ([script]: { id: string }[]) => call(() => fake.registered.add(script?.id ?? "")),
        unregisterContentScripts: ({ ids }: { ids: string[] }) => call(() => { for (const id of ids) fake.registered.delete(id); }),
      },
      tabs: { query: () => call(() => undefined).then(() => []) },
    },
  };
});

let local: MemoryArea;
let memory: MemoryArea;

/** A worker that starts now. */
function worker(): Parts {
  return { local, memory, ledger: new Ledger(local), echo: new EchoBook(memory), changed: () => undefined } as unknown as Parts;
}

beforeEach(() => {
  local = new MemoryArea();
  memory = new MemoryArea();
  fake.registered.clear();
});

describe("what the ledger says", () => {
  it("is carried out by the next worker, at whatever call of the browser's the one before was stopped", async () => {
    const lives = [
      { change: (p: Parts) => p.ledger.begin(header()), recorders: true },
      { change: (p: Parts) => p.ledger.act(SESSION, { do: "pause", at: T0, because: "paused" }, gap), recorders: false },
      { change: (p: Parts) => p.ledger.act(SESSION, { do: "resume", at: T0 }, gap), recorders: true },
      { change: (p: Parts) => p.ledger.act(SESSION, { do: "stop", at: T0 }, gap), recorders: false },
    ];
    for (const { change, recorders } of lives) {
      const [before, remembered, placed] = [{ ...local.data }, { ...memory.data }, [...fake.registered]];
      for (let dieAt = 1; dieAt <= 6; dieAt++) {
        [local.data, memory.data] = [{ ...before }, { ...remembered }];
        fake.registered = new Set(placed);
        [fake.calls, fake.dieAt] = [0, dieAt];
        const parts = worker();
        // A worker that is stopped never comes back from its call.
        await Promise.race([carryOut(parts, async () => { await change(parts); }), new Promise((resolve) => setTimeout(resolve, 5))]);
        [fake.calls, fake.dieAt] = [0, 0];
        await finishCarryingOut(worker());
        expect(fake.registered.size > 0).toBe(recorders);
        expect(Object.keys(memory.data)).not.toContain("carrying out");
      }
    }
  });
});
