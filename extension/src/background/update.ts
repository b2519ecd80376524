// A new version of the extension. Taking it in mid-session would end the session, since what was typed is only in memory:
// it waits until there is none.

import { browser } from "wxt/browser";
import type { Parts } from "./parts";

/** In the browser's memory: a new version is there. The browser says so once. */
const WAITING = "update";

export async function noteUpdate(parts: Parts): Promise<void> {
  await parts.memory.set({ [WAITING]: true });
  await updateBetweenSessions(parts);
}

export async function updateBetweenSessions(parts: Pick<Parts, "ledger" | "memory">): Promise<void> {
  const waits = (await parts.memory.get(WAITING))[WAITING] === true;
  if (waits && !(await parts.ledger.current())) browser.runtime.reload();
}
