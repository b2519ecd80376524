import { describe, expect, it } from "vitest";
import { type Action, type SessionRecord, step, takes } from "../../src/background/session";
import { T0, header } from "./samples";

const fresh: SessionRecord = { header: header(), phase: "recording" };

describe("a session", () => {
  it("follows the model through any sequence of actions", () => {
    // The model: which actions each phase takes, and where they lead.
    const model: Record<SessionRecord["phase"], Partial<Record<Action["do"], SessionRecord["phase"]>>> = {
      recording: { pause: "paused", stop: "ending", browserClosed: "ending" },
      paused: { resume: "recording", stop: "ending", browserClosed: "ending" },
      // Only a held session can be released.
      ending: {},
    };
    const actions: Action["do"][] = ["pause", "resume", "stop", "browserClosed"];
    let seed = 7;
    const next = (n: number): number => (seed = (seed * 48_271) % 2_147_483_647) % n;
    for (let run = 0; run < 500; run++) {
      let record = fresh;
      for (let at = T0; at < T0 + 20; at++) {
        const what = actions[next(actions.length)] ?? "stop";
        const action: Action = what === "pause" ? { do: what, at, because: "paused" } : { do: what, at };
        const expected = model[record.phase][what];
        const result = step(record, action);
        expect(result?.record.phase).toBe(expected);
        if (!result) continue;
        // Time that was not recorded is always a gap.
        const silent = record.phase === "paused" || what === "browserClosed";
        expect(result.gap !== undefined).toBe(silent);
        record = result.record;
      }
    }
  });

  it("takes nothing that happened after it ended", () => {
    const ended = step(fresh, { do: "stop", at: T0 + 5 })?.record ?? fresh;
    expect(takes(ended, T0 + 5)).toBe(true);
    expect(takes(ended, T0 + 6)).toBe(false);
  });

  it("stays held through its whole life, and is released only when it has ended", () => {
    const held: SessionRecord = { ...fresh, held: true };
    expect(step(held, { do: "release", at: T0 })).toBeUndefined();
    const paused = step(held, { do: "pause", at: T0, because: "paused" })?.record ?? fresh;
    const resumed = step(paused, { do: "resume", at: T0 + 1 })?.record ?? fresh;
    for (const action of ["stop", "browserClosed"] as const) {
      const ended = step(resumed, { do: action, at: T0 + 2 })?.record ?? fresh;
      expect(ended.held).toBe(true);
      const released = step(ended, { do: "release", at: T0 + 3 });
      expect(released).toEqual({ record: { header: held.header, phase: "ending", until: T0 + 2, endedBecause: ended.endedBecause } });
      expect(step(released?.record ?? held, { do: "release", at: T0 + 4 })).toBeUndefined();
    }
  });

  it("says why it was paused in its gap", () => {
    const full = step(fresh, { do: "pause", at: T0, because: "storage_full" })?.record ?? fresh;
    expect(step(full, { do: "resume", at: T0 + 9 })?.gap).toEqual({ reason: "storage_full", from: T0, to: T0 + 9 });
  });
});
