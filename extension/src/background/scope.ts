// Where is recorded: on all sites or on the one that the participant chose, and never on those that they excluded.

import type { Parts } from "./parts";
import { settings } from "./settings";
import { accessTo, liesOn } from "./sites";
import type { StorageArea } from "./storage";

/** In the browser's memory, as is what was typed: the one site of the session, or null for all. */
const SITE = "site";

/** A copy of what is stored, for each event asks for it; nobody else writes there. */
const known = new WeakMap<StorageArea, string | null>();

async function onlySite({ memory }: Pick<Parts, "memory">): Promise<string | null> {
  if (!known.has(memory)) {
    const found = (await memory.get(SITE))[SITE] as string | null | undefined;
    // What was chosen meanwhile is newer than what was read.
    if (!known.has(memory)) known.set(memory, found ?? null);
  }
  return known.get(memory) ?? null;
}

/** From now on only this host and what is below it is recorded; null means all sites. */
export async function chooseSite({ memory }: Pick<Parts, "memory">, site: string | null): Promise<void> {
  await memory.set({ [SITE]: site });
  known.set(memory, site);
}

/** Whether a page is not to be recorded. An address that the browser does not tell us lies outside of a chosen site. */
export async function isOutside(parts: Pick<Parts, "local" | "memory">, address: string | undefined): Promise<boolean> {
  const { excluded } = await settings(parts);
  if (liesOn(excluded, address)) return true;
  const site = await onlySite(parts);
  return site !== null && !liesOn([site], address);
}

/** The access that the present session takes. */
export async function accessNeeded(parts: Pick<Parts, "memory">): Promise<{ origins: string[] }> {
  return accessTo(await onlySite(parts));
}
