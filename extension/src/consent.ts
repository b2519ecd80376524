// What a participant may agree to. The words are in strings.ts.

import type { Consent } from "./event/types";

export type Scope = Consent["scopes"][number];

/** Version of the consent text in strings.ts. A new text is a new version, and is agreed to anew. */
export const POLICY = "2";

/** What may be chosen. Events are what a recording is: who does not want them recorded does not start one. */
export const CHOICES = ["screenshots", "model", "publish"] as const satisfies readonly Scope[];

/** The scopes of somebody who chose these, in the order of the contract; undefined where one is not known. */
export function asScopes(chosen: unknown): Scope[] | undefined {
  if (!Array.isArray(chosen) || !chosen.every((c) => c === "events" || CHOICES.includes(c as never))) return undefined;
  return ["events", ...CHOICES.filter((choice) => chosen.includes(choice))];
}
