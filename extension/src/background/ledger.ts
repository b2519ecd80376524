// The durable record of sessions: the only place where events get their numbers.
//
// An event is numbered in the same storage write that persists it, together with the counter and the number of the page
// message that it came in. So whatever line the worker dies at, either the whole write happened and a retry of the page
// is recognised, or none of it did and the retry is stored. All writes stand in one line; what is in memory is only ever
// a copy of what is stored, read again when the worker starts.

import { checkEvent } from "../event/check";
import { isStep } from "../event/steps";
import type { Event, Session } from "../event/types";
import type { Item } from "../messages";
import { type Action, type SessionRecord, step, takes } from "./session";
import { type StorageArea, keys, parseKey } from "./storage";

/** Events with consecutive numbers, stored under the number of the first. */
export interface Chunk {
  events: Event[];
}

/** An event before it has its number. */
export type Unnumbered = Omit<Event, "seq">;

/** What the server answered to a batch. */
export interface Acknowledged {
  acked: number;
  rejected: { seq: number; reasons: string[] }[];
}

/** The state of one session, as others may see it. */
export interface Status {
  id: string;
  record: SessionRecord;
  /** Number of the newest event. */
  last: number;
  /** The server has everything up to this number. */
  acked: number;
  /** Events that were refused, here or by the server. */
  refused: number;
  /** What the participant did, as a person would count it. */
  steps: number;
  imagesSent: number;
  images: readonly string[];
  queuedBytes: number;
}

interface Stored {
  record: SessionRecord;
  last: number;
  invalid: number;
  steps: number;
  acked: number;
  rejected: number;
  imagesSent: number;
  sources: Map<string, number>;
  images: Set<string>;
  /** First number and size of each chunk, oldest first. */
  chunks: { first: number; last: number; bytes: number }[];
}

/** More refused events than this are counted but not kept. */
const MAX_REFUSED_KEPT = 100;

export class Ledger {
  readonly #area: StorageArea;
  #sessions: Map<string, Stored> | undefined;
  #line: Promise<unknown> = Promise.resolve();

  constructor(area: StorageArea) {
    this.#area = area;
  }

  /** Every session that is stored, oldest first. */
  async sessions(): Promise<Status[]> {
    return this.#inLine((sessions) => [...sessions.keys()].sort().map((id) => status(id, sessions)));
  }

  /** The session that is recording or paused, if any. */
  async current(): Promise<Status | undefined> {
    return (await this.sessions()).find((s) => s.record.phase !== "ending");
  }

  /** Begins a session. Throws where another one is open. */
  async begin(header: Session, held = false): Promise<void> {
    await this.#inLine(async (sessions) => {
      if ([...sessions.values()].some((s) => s.record.phase !== "ending")) throw new Error("a session is open");
      const record: SessionRecord = { header, phase: "recording", ...(held && { held: true }) };
      await this.#area.set({ [keys.session(header.id)]: record });
      sessions.set(header.id, fresh(record));
    });
  }

  /** Takes a step of the session's life; false where the session cannot take it. The gap, if any, is an event. */
  async act(id: string, action: Action, gapEvent: (gap: NonNullable<Event["gap"]>) => Unnumbered): Promise<boolean> {
    return this.#inLine(async (sessions) => {
      const stored = sessions.get(id);
      const next = stored && step(stored.record, action);
      if (!stored || !next) return false;
      const events = next.gap ? [gapEvent(next.gap)] : [];
      await this.#write(id, stored, events, { [keys.session(id)]: next.record });
      stored.record = next.record;
      return true;
    });
  }

  /**
   * Stores what a page's recorder handed over, in order, each item once. Returns the number up to which the source's
   * items are stored; undefined where the session takes nothing any more. Echo items are not stored: they must be in
   * memory before this is called.
   */
  async deliver(
    id: string,
    source: string,
    items: readonly Item[],
    place: (item: Extract<Item, { kind: "event" }>) => Unnumbered,
  ): Promise<number | undefined> {
    return this.#inLine(async (sessions) => {
      const stored = sessions.get(id);
      if (!stored) return undefined;
      const before = stored.sources.get(source) ?? 0;
      let reached = before;
      const events: Unnumbered[] = [];
      for (const item of items) {
        if (item.n <= reached) continue;
        if (item.n !== reached + 1) break;
        reached = item.n;
        if (item.kind === "event" && takes(stored.record, item.event.time)) events.push(place(item));
      }
      if (reached === before) return reached;
      await this.#write(id, stored, events, { [keys.source(id, source)]: reached });
      stored.sources.set(source, reached);
      return reached;
    });
  }

  /** Appends events of the worker's own, such as those of tabs. */
  async append(id: string, events: readonly Unnumbered[]): Promise<void> {
    await this.#inLine(async (sessions) => {
      const stored = sessions.get(id);
      if (stored) await this.#write(id, stored, events, {});
    });
  }

  /** The oldest events that the server does not have, up to these bounds (at least one, where there is one). */
  async unacknowledged(id: string, maxEvents: number, maxBytes: number): Promise<Event[]> {
    return this.#inLine(async (sessions) => {
      const stored = sessions.get(id);
      const wanted: string[] = [];
      let events = 0;
      let bytes = 0;
      for (const chunk of stored?.chunks ?? []) {
        events += chunk.last - chunk.first + 1;
        bytes += chunk.bytes;
        if (wanted.length > 0 && (events > maxEvents || bytes > maxBytes)) break;
        wanted.push(keys.chunk(id, chunk.first));
      }
      const found = await this.#area.get(wanted);
      return wanted
        .flatMap((key) => (found[key] as Chunk | undefined)?.events ?? [])
        .filter((e) => e.seq > (stored?.acked ?? 0))
        .slice(0, maxEvents);
    });
  }

  /** Notes what the server has, then deletes it here. Refused events are set aside. */
  async acknowledge(id: string, answer: Acknowledged): Promise<void> {
    await this.#inLine(async (sessions) => {
      const stored = sessions.get(id);
      if (!stored || answer.acked < stored.acked || answer.acked > stored.last) return;
      const aside = await this.#setAside(id, stored, answer);
      const rejected = stored.rejected + answer.rejected.length;
      await this.#area.set({ ...aside, [keys.acked(id)]: { acked: answer.acked, rejected, images: stored.imagesSent } });
      stored.acked = answer.acked;
      stored.rejected = rejected;
      await this.#dropAcknowledged(id, stored);
    });
  }

  /** Replaces an event that the server will never take: its place in the sequence must not stay empty. */
  async replace(id: string, seq: number, reasons: string[], substitute: Unnumbered): Promise<void> {
    await this.#inLine(async (sessions) => {
      const stored = sessions.get(id);
      const chunk = stored?.chunks.find((c) => c.first <= seq && seq <= c.last);
      if (!stored || !chunk) return;
      const key = keys.chunk(id, chunk.first);
      const { events } = (await this.#area.get(key))[key] as Chunk;
      const changed: Chunk = { events: events.map((e) => (e.seq === seq ? { ...substitute, seq } : e)) };
      const aside = await this.#setAside(id, stored, { acked: stored.acked, rejected: [{ seq, reasons }] });
      const rejected = stored.rejected + 1;
      const acked = { acked: stored.acked, rejected, images: stored.imagesSent };
      await this.#area.set({ ...aside, [key]: changed, [keys.acked(id)]: acked });
      stored.rejected = rejected;
    });
  }

  /** Notes that an image is done: the server has it, or it can never be sent. */
  async imageDone(id: string, image: string, sent: boolean): Promise<void> {
    await this.#inLine(async (sessions) => {
      const stored = sessions.get(id);
      if (!stored?.images.has(image)) return;
      const images = stored.imagesSent + (sent ? 1 : 0);
      await this.#area.set({ [keys.acked(id)]: { acked: stored.acked, rejected: stored.rejected, images } });
      await this.#area.remove(keys.image(id, image));
      stored.imagesSent = images;
      stored.images.delete(image);
    });
  }

  /**
   * Changes events of a session that is held, keeping their numbers. Returns the images that no event refers to any more;
   * undefined where the session is not held.
   */
  async revise(id: string, change: (events: readonly Event[]) => readonly Event[]): Promise<string[] | undefined> {
    return this.#inLine(async (sessions) => {
      const stored = sessions.get(id);
      if (!stored?.record.held) return undefined;
      const found = await this.#area.get(stored.chunks.map((c) => keys.chunk(id, c.first)));
      const before = stored.chunks.flatMap((c) => (found[keys.chunk(id, c.first)] as Chunk).events);
      const after = change(before);
      const changed = new Map(after.flatMap((event, i) => (event === before[i] ? [] : [[event.seq, event]])));
      const wanted = new Set(after.flatMap((e) => (e.screenshot ? [e.screenshot.id] : [])));
      const unwanted = [...stored.images].filter((image) => !wanted.has(image));
      const touched = stored.chunks.filter((c) => after.some((e) => changed.has(e.seq) && c.first <= e.seq && e.seq <= c.last));
      const steps = after.filter(isStep).length;
      const chunks = touched.map((c): [string, Chunk] => {
        const key = keys.chunk(id, c.first);
        return [key, { events: (found[key] as Chunk).events.map((e) => changed.get(e.seq) ?? e) }];
      });
      // Images first: should the worker die here, an event without its image is left, never an image without its event.
      await this.#area.remove(unwanted.map((image) => keys.image(id, image)));
      await this.#area.set({ ...Object.fromEntries(chunks), [keys.count(id)]: { last: stored.last, refused: stored.invalid, steps } });
      for (const image of unwanted) stored.images.delete(image);
      for (const [i, c] of touched.entries()) c.bytes = JSON.stringify(chunks[i]?.[1]).length;
      stored.steps = steps;
      return unwanted;
    });
  }

  /** Deletes a held session of which nothing was sent. Returns its images; undefined where it is not held or not ended. */
  async discard(id: string): Promise<string[] | undefined> {
    return this.#inLine(async (sessions) => {
      const stored = sessions.get(id);
      if (!stored?.record.held || stored.record.phase !== "ending") return undefined;
      await this.#erase(id, sessions);
      return [...stored.images];
    });
  }

  /** Forgets a session that the server has completed, and keeps its figures for the popup. */
  async forget(id: string): Promise<void> {
    await this.#inLine(async (sessions) => {
      const { steps, imagesSent, record } = status(id, sessions);
      await this.#area.set({ [keys.previous]: { steps, imagesSent, endedBecause: record.endedBecause } });
      await this.#erase(id, sessions);
    });
  }

  async #erase(id: string, sessions: Map<string, Stored>): Promise<void> {
    const all = Object.keys(await this.#area.get(null));
    await this.#area.remove(all.filter((key) => parseKey(key).session === id));
    sessions.delete(id);
  }

  async #write(id: string, stored: Stored, events: readonly Unnumbered[], more: Record<string, unknown>): Promise<void> {
    const numbered: Event[] = [];
    let invalid = stored.invalid;
    for (const event of events) {
      const candidate: Event = { ...event, seq: stored.last + numbered.length + 1 };
      if (checkEvent(candidate).length === 0) numbered.push(candidate);
      else invalid++;
    }
    const first = stored.last + 1;
    const last = stored.last + numbered.length;
    const steps = stored.steps + numbered.filter(isStep).length;
    const images = numbered.flatMap((e) => (e.screenshot && !stored.images.has(e.screenshot.id) ? [e.screenshot.id] : []));
    const chunk: Chunk = { events: numbered };
    await this.#area.set({
      ...more,
      ...(numbered.length > 0 && { [keys.chunk(id, first)]: chunk }),
      ...((last > stored.last || invalid > stored.invalid) && { [keys.count(id)]: { last, refused: invalid, steps } }),
      ...Object.fromEntries(images.map((image) => [keys.image(id, image), 1])),
    });
    if (numbered.length > 0) stored.chunks.push({ first, last, bytes: JSON.stringify(chunk).length });
    stored.last = last;
    stored.invalid = invalid;
    stored.steps = steps;
    for (const image of images) stored.images.add(image);
  }

  async #setAside(id: string, stored: Stored, answer: Acknowledged): Promise<Record<string, unknown>> {
    const aside: Record<string, unknown> = {};
    const room = MAX_REFUSED_KEPT - stored.rejected;
    for (const { seq, reasons } of answer.rejected.slice(0, Math.max(0, room))) {
      const chunk = stored.chunks.find((c) => c.first <= seq && seq <= c.last);
      if (!chunk) continue;
      const key = keys.chunk(id, chunk.first);
      const event = ((await this.#area.get(key))[key] as Chunk | undefined)?.events.find((e) => e.seq === seq);
      aside[keys.refused(id, seq)] = { event, reasons };
    }
    return aside;
  }

  async #dropAcknowledged(id: string, stored: Stored): Promise<void> {
    const done = stored.chunks.filter((c) => c.last <= stored.acked);
    if (done.length === 0) return;
    await this.#area.remove(done.map((c) => keys.chunk(id, c.first)));
    stored.chunks = stored.chunks.filter((c) => c.last > stored.acked);
  }

  /** Runs one piece of work after all earlier ones, on a fresh copy where the last write failed. */
  #inLine<T>(work: (sessions: Map<string, Stored>) => T | Promise<T>): Promise<T> {
    const turn = this.#line.then(async () => {
      try {
        this.#sessions ??= await load(this.#area);
        return await work(this.#sessions);
      } catch (error) {
        this.#sessions = undefined;
        throw error;
      }
    });
    this.#line = turn.catch(() => undefined);
    return turn;
  }
}

function fresh(record: SessionRecord): Stored {
  return {
    record,
    last: 0,
    invalid: 0,
    steps: 0,
    acked: 0,
    rejected: 0,
    imagesSent: 0,
    sources: new Map(),
    images: new Set(),
    chunks: [],
  };
}

function status(id: string, sessions: Map<string, Stored>): Status {
  const s = sessions.get(id);
  if (!s) throw new Error("no such session");
  return {
    id,
    record: s.record,
    last: s.last,
    acked: s.acked,
    refused: s.invalid + s.rejected,
    steps: s.steps,
    imagesSent: s.imagesSent,
    images: [...s.images],
    queuedBytes: s.chunks.reduce((sum, c) => sum + c.bytes, 0),
  };
}

/** Reads everything again. */
async function load(area: StorageArea): Promise<Map<string, Stored>> {
  const all = await area.get(null);
  const sessions = new Map<string, Stored>();
  for (const [key, value] of Object.entries(all)) {
    const { kind, session } = parseKey(key);
    if (kind === "session") sessions.set(session, fresh(value as SessionRecord));
  }
  for (const key of Object.keys(all).sort()) {
    const { kind, session, rest } = parseKey(key);
    const stored = sessions.get(session);
    if (stored) restore(stored, kind, rest, all[key]);
  }
  for (const stored of sessions.values()) stored.chunks = stored.chunks.filter((c) => c.last > stored.acked);
  return sessions;
}

function restore(stored: Stored, kind: string, rest: string, value: unknown): void {
  switch (kind) {
    case "count": {
      const { last, refused, steps } = value as { last: number; refused: number; steps: number };
      stored.last = last;
      stored.invalid = refused;
      stored.steps = steps;
      break;
    }
    case "acked": {
      const { acked, rejected, images } = value as { acked: number; rejected: number; images: number };
      stored.acked = acked;
      stored.rejected = rejected;
      stored.imagesSent = images;
      break;
    }
    case "q": {
      const first = Number(rest);
      const chunk = value as Chunk;
      stored.chunks.push({ first, last: first + chunk.events.length - 1, bytes: JSON.stringify(chunk).length });
      break;
    }
    case "source":
      stored.sources.set(rest, value as number);
      break;
    case "image":
      stored.images.add(rest);
      break;
  }
}
