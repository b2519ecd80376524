// Keys with an effect of their own: named keys and shortcuts. Keys that type text are part of an input event, and never
// recorded one by one.

import { isElement } from "../../target/dom";
import { targetOf } from "../../target/resolve";
import { isTypedInto, kindOf } from "../fields";
import { modifiersOf } from "./click";
import type { Watch } from "./watch";

/** Held or composing, they do nothing by themselves. */
const SILENT = new Set(
  "Shift,Control,Alt,Meta,AltGraph,CapsLock,NumLock,ScrollLock,Fn,FnLock,Hyper,Super,Symbol,Dead,Process,Unidentified,Compose".split(
    ",",
  ),
);
/** In a field they are part of the typing. */
const EDITING = new Set("Backspace,Delete,ArrowLeft,ArrowRight,Home,End,Insert".split(","));
/** On what they operate, they show as a click or a choice. */
const OPERATED = "button,a[href],summary,select,input[type=checkbox],input[type=radio],input[type=button],input[type=submit],input[type=reset],[role=button],[role=link]";
const CHOOSING = /^(Arrow|Page|Home|End)/;
const MAX_KEY = 32;

export function watchKeys({ recorder, on }: Watch): void {
  on("keydown", (event) => {
    const hit = event.composedPath().find(isElement);
    if (!hit || event.isComposing || event.repeat || !isTelling(event, hit)) return;
    // Enter sends a form: what was typed is finished.
    if (event.key === "Enter" && isTypedInto(hit) && kindOf(hit) === "private") recorder.typed.commit(hit, true);
    recorder.flush();
    const modifiers = modifiersOf(event);
    const key = { key: event.key.slice(0, MAX_KEY), ...(modifiers.length > 0 && { modifiers }) };
    recorder.report({ type: "key", key }, { seen: recorder.see(targetOf(event) ?? hit) });
  });
}

function isTelling(event: KeyboardEvent, hit: Element): boolean {
  const { key } = event;
  if (SILENT.has(key)) return false;
  const editable = isTypedInto(hit);
  const shortcut = event.ctrlKey || event.metaKey || (event.altKey && !editable);
  if (key.length === 1) {
    // AltGr types a character, although it counts as Ctrl and Alt on some systems.
    return shortcut && !event.getModifierState("AltGraph") && !(event.ctrlKey && event.altKey && editable);
  }
  if (!/^[A-Z][A-Za-z0-9]*$/.test(key)) return false;
  if (editable && EDITING.has(key) && !shortcut) return false;
  if (hit.matches(OPERATED) && key === "Enter") return false;
  return !(hit.matches("select,input[type=radio]") && CHOOSING.test(key));
}
