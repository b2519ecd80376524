// The boxes in which the participant says what they agree to. What they choose is kept at once, for the next recording too.

import { CHOICES, type Scope } from "../consent";
import { strings } from "../strings";
import { by, input, make } from "./dom";
import { act } from "./worker";

const words = strings.consent.scopes;
/** What this participant has ticked on this page is what they see and agree to, whatever was chosen elsewhere. */
let touched = false;
const boxOf = (scope: Scope): string => `scope-${scope}`;

/** Fills #scopes. */
export function fillScopes(): void {
  const always = make("input", { type: "checkbox", checked: "", disabled: "" });
  by("scopes").append(make("label", { class: "check" }, always, words.events));
  for (const scope of CHOICES) {
    const box = make("input", { type: "checkbox", id: boxOf(scope) });
    box.addEventListener("change", () => {
      touched = true;
      void act({ to: "worker", type: "scopes", scopes: scopesChosen() });
    });
    by("scopes").append(make("label", { class: "check" }, box, words[scope]));
  }
}

/** Shows what was chosen before. */
export function renderScopes(chosen: readonly Scope[]): void {
  if (touched) return;
  for (const scope of CHOICES) input(boxOf(scope)).checked = chosen.includes(scope);
}

export function scopesChosen(): Scope[] {
  return ["events", ...CHOICES.filter((scope) => input(boxOf(scope)).checked)];
}
