// Carries out what the ledger has decided: which pages have a recorder, what they are told, what is remembered, which signs
// are shown. The ledger alone knows what is so; all of this follows from it and may be done again at any time. The worker may
// be stopped between the two, so a mark in the browser's memory says that something is not carried out yet.

import { browser } from "wxt/browser";
import { keepCourier } from "./courier";
import { broadcast } from "./pages";
import type { Parts } from "./parts";
import { accessNeeded, isOutside } from "./scope";
import { settings } from "./settings";
import { showSigns } from "./sign";
import { hostPatterns } from "./sites";

const RECORDER = "recorder.js";
const SCRIPT_ID = "recorder";
const MARK = "carrying out";

/** Changes what the ledger says, then makes the browser follow it. */
export async function carryOut<T>(parts: Parts, change: () => Promise<T>): Promise<T> {
  await parts.memory.set({ [MARK]: true });
  try {
    return await change();
  } finally {
    await follow(parts);
    await parts.memory.remove(MARK);
  }
}

/** Does what a worker that was stopped meanwhile has left. */
export async function finishCarryingOut(parts: Parts): Promise<void> {
  if ((await parts.memory.get(MARK))[MARK] === true) await carryOut(parts, () => Promise.resolve());
}

async function follow(parts: Parts): Promise<void> {
  const current = await parts.ledger.current();
  await keepCourier(parts);
  if (current?.record.phase === "recording") await placeRecorders(parts);
  else await browser.scripting.unregisterContentScripts({ ids: [SCRIPT_ID] }).catch(() => undefined);
  // What was typed is needed until the session ends.
  if (!current) await parts.echo.clear();
  await broadcast(parts);
  await showSigns(parts);
  parts.changed();
}

/** Puts the recorder into every page that is to be recorded: those that load from now on, and those that are open. It stops where it
 * is told to. */
async function placeRecorders(parts: Parts): Promise<void> {
  const { excluded } = await settings(parts);
  await browser.scripting.unregisterContentScripts({ ids: [SCRIPT_ID] }).catch(() => undefined);
  await browser.scripting.registerContentScripts([
    {
      id: SCRIPT_ID,
      js: [RECORDER],
      matches: (await accessNeeded(parts)).origins,
      ...(excluded.length > 0 && { excludeMatches: excluded.flatMap(hostPatterns) }),
      allFrames: true,
      matchOriginAsFallback: true,
      runAt: "document_start",
      persistAcrossSessions: false,
    },
  ]);
  for (const tab of await browser.tabs.query({})) {
    if (tab.id === undefined || (await isOutside(parts, tab.url))) continue;
    // Pages of the browser itself refuse, which is right.
    void browser.scripting
      .executeScript({ target: { tabId: tab.id, allFrames: true }, files: [`/${RECORDER}`], injectImmediately: true })
      .catch(() => undefined);
  }
}
