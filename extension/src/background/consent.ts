// What the participant agreed to last, so that they need not choose anew for each recording. Every recording carries its
// own consent, given when it was started.

import { POLICY, type Scope } from "../consent";
import type { Consent } from "../event/types";
import type { Parts } from "./parts";
import { keys } from "./storage";

/** What was chosen last; only the events where nothing was, or where the text is another one by now. */
export async function chosenScopes({ local }: Pick<Parts, "local">): Promise<Scope[]> {
  const consent = (await local.get(keys.consent))[keys.consent] as Consent | undefined;
  return consent?.policy === POLICY ? consent.scopes : ["events"];
}

/** Keeps a choice, and gives back the consent that it makes. */
export async function agree({ local }: Pick<Parts, "local">, scopes: Scope[], now: number): Promise<Consent> {
  const consent: Consent = { policy: POLICY, granted_at: now, scopes };
  await local.set({ [keys.consent]: consent });
  return consent;
}
