// What the popup shows, and the badge on the icon: computed from what is stored, never kept beside it.

import { browser } from "wxt/browser";
import { HEALTHY, type Health } from "../uplink/uplink";
import type { Scope } from "../consent";
import { chosenScopes } from "./consent";
import { enrolment } from "./enrolment";
import type { Hint } from "./guide";
import type { Parts } from "./parts";
import { roomOf } from "./room";
import { keys } from "./storage";

/** Everything that the popup shows. */
export interface View {
  server: string | null;
  state: "idle" | "recording" | "paused" | "review" | "sending";
  /** A recording that is looked through before it is sent; null where there is none. */
  review: string | null;
  /** The study asks for it, whatever the participant chose. */
  mustReview: boolean;
  pausedBecause: string | null;
  title: string;
  /** Steps of the task that records, and whether each was done. */
  steps: { text: string; done: boolean }[];
  /** About what was done last; null where there is nothing to say. */
  hint: Hint | null;
  /** What the recording may hold; where there is none, what was chosen last. */
  scopes: readonly Scope[];
  startedAt: number;
  counts: Counts;
  health: Health;
  /** Figures of the last session that was completed. */
  previous: { steps: number; imagesSent: number; endedBecause?: string } | null;
  /** How full the store is, from 0 to 1. */
  used: number;
  /** Pictures are wanted, but there is no room for more. */
  noPictures: boolean;
}

/** Events and images of all sessions that are not completed. */
export interface Counts {
  recorded: number;
  queued: number;
  sent: number;
  refused: number;
  imagesQueued: number;
  imagesSent: number;
}

export async function view(parts: Parts): Promise<View> {
  const sessions = await parts.ledger.sessions();
  const open = sessions.find((s) => s.record.phase !== "ending");
  const held = sessions.find((s) => s.record.held && s.record.phase === "ending");
  const shown = open ?? held ?? sessions.at(-1);
  const enrolled = await enrolment(parts);
  const task = open?.record.header.task;
  const guide = open && (await parts.guide.of(open.id, task));
  const stored = await parts.local.get([keys.uplink, keys.previous]);
  const room = await roomOf(parts);
  const sum = (of: (s: (typeof sessions)[number]) => number): number => sessions.reduce((n, s) => n + of(s), 0);
  return {
    server: enrolled?.server ?? null,
    mustReview: enrolled?.review === true,
    state: shown && shown === held ? "review" : phaseToState(shown?.record.phase),
    review: (held ?? (open?.record.held ? open : undefined))?.id ?? null,
    pausedBecause: open?.record.pausedBecause ?? (open && room.broken ? "storage_full" : null),
    title: shown?.record.header.task?.title ?? "",
    steps: (task?.steps ?? []).map((text, i) => ({ text, done: guide?.done[i] === true })),
    hint: guide?.hint ?? null,
    scopes: open?.record.header.consent.scopes ?? (await chosenScopes(parts)),
    startedAt: shown?.record.header.started_at ?? 0,
    counts: {
      recorded: sum((s) => s.last),
      queued: sum((s) => s.last - s.acked),
      sent: sum((s) => s.acked),
      refused: sum((s) => s.refused),
      imagesQueued: sum((s) => s.images.length),
      imagesSent: sum((s) => s.imagesSent),
    },
    health: (stored[keys.uplink] as Health | undefined) ?? HEALTHY,
    previous: (stored[keys.previous] as View["previous"] | undefined) ?? null,
    used: room.used,
    noPictures: open?.record.header.consent.scopes.includes("screenshots") === true && !room.pictures,
  };
}

function phaseToState(phase: string | undefined): View["state"] {
  if (phase === "recording" || phase === "paused") return phase;
  return phase === "ending" ? "sending" : "idle";
}

const BADGES: Record<View["state"], { text: string; color: string }> = {
  idle: { text: "", color: "#000000" },
  recording: { text: "REC", color: "#c81e1e" },
  paused: { text: "II", color: "#b45309" },
  review: { text: "?", color: "#1d4ed8" },
  sending: { text: "↑", color: "#1d4ed8" },
};

/** Shows the state on the extension's icon. */
export async function showBadge(state: View["state"], inTrouble: boolean): Promise<void> {
  const badge = BADGES[state];
  await browser.action.setBadgeText({ text: inTrouble ? "!" : badge.text });
  await browser.action.setBadgeBackgroundColor({ color: inTrouble ? "#b45309" : badge.color });
  await browser.action.setBadgeTextColor({ color: "#ffffff" });
}
