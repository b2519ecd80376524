// What a person would call a step of the task, as opposed to what is recorded of it.

import type { Event } from "./types";

/** A form that is sent, a box that is ticked and a page that opens come of a click or a key, which counts already. */
const STEPS = new Set<Event["type"]>(["click", "input", "key", "scroll", "drag", "drop", "touch"]);

export function isStep({ type, select }: Pick<Event, "type" | "select">): boolean {
  return STEPS.has(type) || (type === "select" && select?.options !== undefined);
}
