// The participant's settings, as stored.

import type { Settings } from "../person-messages";
import type { Parts } from "./parts";
import { keys } from "./storage";

export type { Settings };

const DEFAULTS: Settings = { review: false, excluded: [], details: [] };

export async function settings({ local }: Pick<Parts, "local">): Promise<Settings> {
  return ((await local.get(keys.settings))[keys.settings] as Settings | undefined) ?? DEFAULTS;
}

export async function saveSettings({ local }: Pick<Parts, "local">, wanted: Settings): Promise<void> {
  await local.set({ [keys.settings]: wanted });
}
