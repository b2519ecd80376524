// What the worker knows of each tab: its document, its page as last reported, and its newest settled frame. Kept in
// chrome.storage.session, because the worker may die between a frame and the action that it belongs to.

import type { Event, Page } from "../event/types";
import type { StorageArea } from "./storage";

/** A captured frame that waits for the next action. */
export interface Frame {
  image: string;
  takenAt: number;
  /** documentId of the top document that it shows. */
  document: string;
  /** The top document's stamp when it was taken. */
  stamp: number;
  /** The page has changed since. */
  changed: boolean;
  /** An event refers to it, so it is sent. */
  bound: boolean;
}

export interface TabEntry {
  document?: string;
  page?: Page;
  frame?: Frame;
  /** The frame before that one: an action may be told after the next frame was taken. */
  earlier?: Frame;
  /** It shows a site that the participant excluded. */
  excluded?: boolean;
}

/** Everything of a tab that shows something. */
export function framesOf({ frame, earlier }: TabEntry): Frame[] {
  return [frame, earlier].filter((f) => f !== undefined);
}

/** Puts a new frame in its place, and gives back the one that is kept no longer. */
export function putFrame(entry: TabEntry, frame: Frame): Frame | undefined {
  const { earlier } = entry;
  if (entry.frame) entry.earlier = entry.frame;
  entry.frame = frame;
  return earlier;
}

/** Takes frames out whose images are gone; true where there was one. */
export function dropFrames(entry: TabEntry, images: readonly string[]): boolean {
  const left = framesOf(entry).filter((f) => !images.includes(f.image));
  if (left.length === framesOf(entry).length) return false;
  delete entry.frame;
  delete entry.earlier;
  for (const frame of left.reverse()) putFrame(entry, frame);
  return true;
}

/** The newest frame of the tab's document from before the action began. */
export function frameBefore(entry: TabEntry, event: Pick<Event, "time" | "input" | "hover">): Frame | undefined {
  const began = beganAt(event);
  return framesOf(entry).find((f) => f.document === entry.document && f.takenAt <= began);
}

/** When an action began, in milliseconds since the epoch. Typing and hovering have the time of their end. */
export function beganAt({ time, input, hover }: Pick<Event, "time" | "input" | "hover">): number {
  return time - (input?.duration_ms ?? hover?.duration_ms ?? 0);
}

const PREFIX = "tab/";

export class TabBook {
  readonly #area: StorageArea;
  readonly #entries = new Map<number, TabEntry>();

  constructor(area: StorageArea) {
    this.#area = area;
  }

  async entry(tab: number): Promise<TabEntry> {
    const known = this.#entries.get(tab);
    if (known) return known;
    const stored = (await this.#area.get(PREFIX + String(tab)))[PREFIX + String(tab)] as TabEntry | undefined;
    // Another caller may have read it meanwhile.
    const entry = this.#entries.get(tab) ?? stored ?? {};
    this.#entries.set(tab, entry);
    return entry;
  }

  /** Keeps what was changed in the entry. */
  async save(tab: number): Promise<void> {
    const entry = this.#entries.get(tab);
    if (entry) await this.#area.set({ [PREFIX + String(tab)]: entry });
  }

  async drop(tab: number): Promise<void> {
    this.#entries.delete(tab);
    await this.#area.remove(PREFIX + String(tab));
  }

  /** Every tab that is known. */
  async tabs(): Promise<number[]> {
    const stored = Object.keys(await this.#area.get(null)).filter((key) => key.startsWith(PREFIX));
    return [...new Set([...stored.map((key) => Number(key.slice(PREFIX.length))), ...this.#entries.keys()])];
  }
}
