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

  it("says why it was paused in its gap", () => {
    const full = step(fresh, { do: "pause", at: T0, because: "storage_full" })?.record ?? fresh;
    expect(step(full, { do: "resume", at: T0 + 9 })?.gap).toEqual({ reason: "storage_full", from: T0, to: T0 + 9 });
  });
});
