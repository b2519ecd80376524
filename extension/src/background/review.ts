// What the participant sees of a recording before it is sent, and what they may change in it. Pure functions on events:
// a removed event keeps its number, because the server takes no sequence with holes (docs/decisions/0006).

import { listOf } from "../event/snapshot";
import type { Element as Entry, Event, Page } from "../event/types";

/** One line of the film strip. */
export interface ReviewStep {
  seq: number;
  /** In ms since the epoch. */
  time: number;
  type: Event["type"];
  /** What was acted on, as recorded; "" where it has no name. */
  name: string;
  /** What was typed, chosen or pressed, as recorded; a placeholder where it is private. */
  value: string;
  url: string;
  title: string;
  image?: string;
  mistake?: true;
  /** The place of something that the participant took out. */
  removed?: true;
}

/** Recorded for the sake of the steps, which show what is in them. */
const BESIDE = new Set<Event["type"]>(["snapshot", "focus", "blur"]);

/** The film strip of a session. */
export function filmStrip(events: readonly Event[]): ReviewStep[] {
  return events.filter((e) => !BESIDE.has(e.type) && !isRemovedBeside(e)).map((e) => ({
    seq: e.seq,
    time: e.time,
    type: e.type,
    name: e.target?.name ?? e.target?.text ?? "",
    value: valueOf(e),
    url: e.page.url,
    title: e.page.title,
    ...(e.screenshot && { image: e.screenshot.id }),
    ...(e.mistake && { mistake: true }),
    ...(isRemoved(e) && { removed: true }),
  }));
}

function valueOf({ input, select, key, navigation, dialog, clipboard, effect }: Event): string {
  return input?.value ?? select?.options?.join(", ") ?? key?.key ?? navigation?.kind ?? dialog?.kind ?? clipboard?.action ?? effect?.kind ?? "";
}

/** Takes out every event from one number to another, and what was recorded only for their sake. */
export function withoutSpan(events: readonly Event[], from: number, to: number): readonly Event[] {
  let acted = 0;
  const taken = new Set<number>();
  for (const { seq, type } of events) {
    // What an action caused goes with it.
    if (type !== "effect" && !BESIDE.has(type)) acted = seq;
    const of = type === "effect" ? acted : seq;
    if (from <= of && of <= to) taken.add(seq);
  }
  const isIn = (e: Event): boolean => taken.has(e.seq);
  const needed = new Set(events.flatMap((e) => (e.type !== "snapshot" && !isIn(e) && e.snapshot ? [e.snapshot.id] : [])));
  const lost = new Set(events.flatMap((e) => (e.type !== "snapshot" && isIn(e) && e.snapshot ? [e.snapshot.id] : [])));
  const after = events.map((e) => {
    const id = e.type === "snapshot" ? e.snapshot?.id : undefined;
    // A snapshot goes with the last event that refers to it, and stays while another one does.
    const goes = id === undefined ? isIn(e) : !needed.has(id) && (isIn(e) || lost.has(id));
    return goes && !isRemoved(e) ? tombstone(e) : e;
  });
  return toldWhole(events, after);
}

/** A snapshot that stays is told whole where the one that it was told by is gone. */
function toldWhole(before: readonly Event[], after: readonly Event[]): readonly Event[] {
  const lists = new Map<string, Entry[]>();
  const gone = new Set<string>();
  return after.map((e, i) => {
    const snapshot = before[i]?.type === "snapshot" ? before[i].snapshot : undefined;
    if (!snapshot) return e;
    const { base } = snapshot;
    const elements = listOf(snapshot, lists.get(base ?? "") ?? []);
    lists.set(snapshot.id, elements);
    if (isRemoved(e)) gone.add(snapshot.id);
    else if (base !== undefined && gone.has(base)) {
      const whole = { ...snapshot, elements };
      delete whole.base;
      delete whole.kept;
      return { ...e, snapshot: whole };
    }
    return e;
  });
}

/** Says of one event that it was a mistake, or takes that back. */
export function withMistake(events: readonly Event[], seq: number, mistake: boolean): readonly Event[] {
  return events.map((e) => {
    if (e.seq !== seq || isRemoved(e)) return e;
    const changed = { ...e };
    if (mistake) changed.mistake = true;
    else delete changed.mistake;
    return changed;
  });
}

const NOWHERE: Page = {
  url: "about:blank",
  title: "",
  viewport: { width: 0, height: 0, dpr: 1, zoom: 1 },
  scroll: { x: 0, y: 0 },
};

/** Nothing of the event is left but its number, its time, and that it only told of another event, so that nobody misses it. */
function tombstone({ seq, time, type }: Event): Event {
  const lost = type === "snapshot" || type === "effect" ? 0 : 1;
  return { seq, time, type: "gap", tab: 0, frame: "0", page: NOWHERE, gap: { reason: "removed_by_participant", lost } };
}

function isRemoved(e: Event): boolean {
  return e.gap?.reason === "removed_by_participant";
}

function isRemovedBeside(e: Event): boolean {
  return isRemoved(e) && e.gap?.lost === 0;
}
