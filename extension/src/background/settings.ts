// The participant's settings, as stored.

import type { Settings } from "../person-messages";
import type { Parts } from "./parts";
import { type StorageArea, keys } from "./storage";

export type { Settings };

const DEFAULTS: Settings = { review: false, excluded: [], details: [] };

/** A copy of what is stored, for each event asks for it; nobody else writes there. */
const known = new WeakMap<StorageArea, Settings>();

export async function settings({ local }: Pick<Parts, "local">): Promise<Settings> {
  if (!known.has(local)) {
    const found = (await local.get(keys.settings))[keys.settings] as Settings | undefined;
    // What was saved meanwhile is newer than what was read.
    if (!known.has(local)) known.set(local, found ?? DEFAULTS);
  }
  return known.get(local) ?? DEFAULTS;
}

export async function saveSettings({ local }: Pick<Parts, "local">, wanted: Settings): Promise<void> {
  await local.set({ [keys.settings]: wanted });
  known.set(local, wanted);
}
