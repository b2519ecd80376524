// The life of a session in the browser, as a pure state machine:
//
//   recording ⇄ paused
//       └────┬────┘
//         ending (held: until the participant has looked it through) ── everything acknowledged, every image stored, completed ── (gone)
//
// At most one session is recording or paused; any number may be ending, when the server was out of reach.

import type { GapDetail, Session } from "../event/types";

export type Phase = "recording" | "paused" | "ending";
export type PauseReason = Extract<GapDetail["reason"], "paused" | "storage_full">;

/** What is kept of a session besides its events. */
export interface SessionRecord {
  header: Session;
  phase: Phase;
  /** The participant looks it through first: nothing of it is sent until it is released. */
  held?: true;
  /** When the session was paused or ended, in ms since the epoch: nothing that happened later belongs to it. */
  until?: number;
  pausedBecause?: PauseReason;
  endedBecause?: "participant" | "browser_closed";
}

export type Action =
  | { do: "pause"; at: number; because: PauseReason }
  | { do: "resume"; at: number }
  | { do: "stop"; at: number }
  | { do: "release"; at: number }
  | { do: "browserClosed"; at: number };

/** What an action makes of a session, and the gap that has to be recorded with it; undefined where it may not happen. */
export function step(record: SessionRecord, action: Action): { record: SessionRecord; gap?: GapDetail } | undefined {
  const { header, phase } = record;
  const kept: Pick<SessionRecord, "header" | "held"> = { header, ...(record.held && { held: true }) };
  switch (action.do) {
    case "pause":
      if (phase !== "recording") return undefined;
      return { record: { ...kept, phase: "paused", until: action.at, pausedBecause: action.because } };
    case "resume": {
      if (phase !== "paused") return undefined;
      return { record: { ...kept, phase: "recording" }, gap: pauseGap(record, action.at) };
    }
    case "stop": {
      if (phase === "ending") return undefined;
      const ended: SessionRecord = { ...kept, phase: "ending", until: action.at, endedBecause: "participant" };
      return phase === "paused" ? { record: ended, gap: pauseGap(record, action.at) } : { record: ended };
    }
    case "release": {
      if (phase !== "ending" || !record.held) return undefined;
      const released = { ...record };
      delete released.held;
      return { record: released };
    }
    case "browserClosed": {
      // What was typed lived in memory only and is gone, so later pages could not be cleaned of it: the session ends.
      if (phase === "ending") return undefined;
      const ended: SessionRecord = { ...kept, phase: "ending", until: action.at, endedBecause: "browser_closed" };
      return { record: ended, gap: { reason: "browser_closed", to: action.at } };
    }
  }
}

function pauseGap(record: SessionRecord, to: number): GapDetail {
  const reason = record.pausedBecause ?? "paused";
  return record.until === undefined ? { reason, to } : { reason, from: Math.min(record.until, to), to };
}

/** Whether something that happened at this time belongs to the session. */
export function takes(record: SessionRecord, time: number): boolean {
  return record.phase === "recording" || (record.until !== undefined && time <= record.until);
}
