// What the participant decides on their own pages: settings, and what becomes of a recording before it is sent.

import type { Refusal } from "../messages";
import type { PersonMessage, Question, Settings } from "../person-messages";
import { carryOut } from "./carry-out";
import { keepCourier } from "./courier";
import { asHost } from "./sites";
import { diagnostics } from "./diagnostics";
import type { Parts } from "./parts";
import { type ReviewStep, filmStrip, withMistake, withoutSpan } from "./review";
import { saveSettings, settings } from "./settings";
import { dropFrames } from "./tab-book";

/** What the review page shows of one recording. */
export interface Review {
  id: string;
  title: string;
  /** It still records. */
  open: boolean;
  steps: ReviewStep[];
}

/** Does it; the answer is null or why not. */
export async function obeyPerson(parts: Parts, message: PersonMessage): Promise<Refusal> {
  switch (message.type) {
    case "settings":
      return keepSettings(parts, message.settings);
    case "release": {
      const released = await parts.ledger.act(message.session, { do: "release", at: Date.now() }, () => {
        throw new Error("a release leaves no gap");
      });
      parts.send(true);
      return released ? null : "notNow";
    }
    case "discard": {
      const refusal = await drop(parts, await parts.ledger.discard(message.session));
      void keepCourier(parts);
      return refusal;
    }
    case "removeSpan": {
      const { session, from, until } = message;
      return drop(parts, await parts.ledger.revise(session, (events) => withoutSpan(events, from, until)));
    }
    case "mistake": {
      const { session, seq, mistake } = message;
      return drop(parts, await parts.ledger.revise(session, (events) => withMistake(events, seq, mistake)));
    }
  }
}

/** Answers a question of one of the participant's pages. */
export async function answer(parts: Parts, question: Question): Promise<unknown> {
  switch (question.about) {
    case "settings":
      return settings(parts);
    case "review":
      return review(parts, question.id);
    case "image":
      return image(parts, question.id);
    case "sent":
      return parts.sent.entries();
    case "diagnostics":
      return diagnostics(parts);
  }
}

async function review(parts: Parts, id: string): Promise<Review | undefined> {
  const session = (await parts.ledger.sessions()).find((s) => s.id === id);
  if (!session?.record.held) return undefined;
  const events = await parts.ledger.unacknowledged(id, Infinity, Infinity);
  const { phase, header } = session.record;
  return { id, title: header.task?.title ?? "", open: phase !== "ending", steps: filmStrip(events) };
}

/** A masked frame, in base64: messages carry no bytes. */
async function image(parts: Parts, id: string): Promise<string | undefined> {
  const stored = await parts.images.get(id);
  if (!stored) return undefined;
  let binary = "";
  for (const byte of new Uint8Array(stored.bytes)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

async function drop(parts: Parts, images: string[] | undefined): Promise<Refusal> {
  if (!images) return "notNow";
  // The frames of a tab wait for the next action.
  for (const tab of await parts.tabs.tabs()) {
    if (dropFrames(await parts.tabs.entry(tab), images)) await parts.tabs.save(tab);
  }
  for (const id of images) await parts.images.delete(id);
  return null;
}

async function keepSettings(parts: Parts, wanted: Settings): Promise<Refusal> {
  const hosts = wanted.excluded.map(asHost);
  if (!hosts.every((h) => h !== undefined)) return "badSite";
  const kept = { ...wanted, excluded: [...new Set(hosts)].sort() };
  await saveSettings(parts, kept);
  const current = await parts.ledger.current();
  if (!current) return null;
  await parts.echo.add(kept.details);
  await carryOut(parts, () => Promise.resolve());
  return null;
}
