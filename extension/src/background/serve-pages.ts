// Takes the messages of the pages' recorders.

import { browser } from "wxt/browser";
import { COURIER_PATH, asCarried, asPageMessage } from "../messages";
import type { Camera } from "./camera";
import { pauseFull } from "./control";
import { type Source, isOwnPage, sourceOf } from "../senders";
import { deliver, hello } from "./pages";
import type { Parts } from "./parts";
import { noteStored, roomOf } from "./room";
import { isOutside } from "./scope";

export function servePages(parts: Parts, camera: Camera, ready: Promise<unknown>): void {
  browser.runtime.onMessage.addListener((raw: unknown, sender, answer: (value: unknown) => void) => {
    const carried = isOwnPage(sender, COURIER_PATH) ? asCarried(raw) : undefined;
    const source = carried?.source ?? sourceOf(sender);
    const message = carried?.message ?? asPageMessage(raw);
    if (!source || !message) return false;
    switch (message.type) {
      case "hello":
        void ready.then(() => hello(parts, source)).then(answer, withoutAnswer(answer));
        return true;
      case "deliver":
        void ready
          .then(() => deliver(parts, source, message))
          .then(
            async (delivered) => {
              await noteStored(parts, true);
              return delivered;
            },
            async (error: unknown) => {
              await noteStored(parts, false);
              throw error;
            },
          )
          // A session that takes nothing any more is no reason for the courier to come again.
          .then((delivered) => (carried ? (delivered ?? { stored: 0 }) : delivered))
          .then(answer, withoutAnswer(answer))
          .then(() => pauseIfFull(parts));
        return true;
      case "settled":
        if (source.frame === 0) void ready.then(() => settle(parts, camera, source, message.stamp));
        return false;
      case "changed":
        if (source.frame === 0) void ready.then(() => camera.changed(source));
        return false;
    }
  });
}

/** What could not be stored is not answered for: the page keeps it and tries again. */
function withoutAnswer(answer: (value: unknown) => void): () => void {
  return () => {
    answer(undefined);
  };
}

async function settle(parts: Parts, camera: Camera, source: Source, stamp: number): Promise<void> {
  if (await isOutside(parts, source.origin)) return;
  // The worker may have started after the document said hello.
  const entry = await parts.tabs.entry(source.tab);
  if (entry.document === source.document) camera.settled(source, stamp);
}

/** Backpressure: past the bound recording pauses, with a notice and a gap event. */
async function pauseIfFull(parts: Parts): Promise<void> {
  const current = await parts.ledger.current();
  if (current?.record.phase === "recording" && !(await roomOf(parts)).events) await pauseFull(parts, current.id);
}
