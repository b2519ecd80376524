// What the page looked like before a press. A box or radio button already has its new state when its click is told.

import { isElement } from "../../target/dom";
import type { Look } from "../recorder";
import { type Watch, afterRest } from "./watch";

const BOXES = "input[type=checkbox],input[type=radio]";
const TURNING = new Set([" ", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);
/** A tap makes its click within this time after the finger was lifted. */
const TAP_MS = 350;

/** The look from before the press that is under way, if any. */
export function lookBefore({ recorder, on }: Watch): () => Look | undefined {
  let before: Look | undefined;
  const over = afterRest(() => (before = undefined), TAP_MS);
  const press = (): void => {
    over.cancel();
    before = recorder.look();
  };
  on("pointerdown", press);
  on("keydown", (event) => {
    const hit = event.composedPath().find(isElement);
    if (hit?.matches(BOXES) === true && TURNING.has(event.key)) press();
  });
  for (const end of ["pointerup", "pointercancel", "keyup"] as const) on(end, () => { over.touch(); });
  return () => before;
}
