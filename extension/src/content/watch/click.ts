// Clicks. The target is described when the button goes down, before the page reacts, and sent when the click happens or
// when the page is left in between.

import type { ClickDetail } from "../../event/types";
import { round } from "../../target/geometry";
import { targetOf } from "../../target/resolve";
import type { Content } from "../../privacy/clean";
import type { Recorder, Report } from "../recorder";
import type { Watch } from "./watch";

/** A click follows the key that made it within this time. */
const KEY_MS = 1000;
/** The page's own reaction to a click or a key follows at once. */
const REACTION_MS = 50;

const BUTTONS: ClickDetail["button"][] = ["left", "middle", "right", "back", "forward"];

export function watchClicks({ recorder, on }: Watch): void {
  let down: { element: Element; seen: Pick<Content, "target" | "snapshot">; event: PointerEvent; time: number } | undefined;
  /** The press has not made its click yet. */
  let own = false;
  let key: { element: Element; time: number } | undefined;
  let lastAct = -Infinity;

  const send = (event: MouseEvent, seen: Pick<Content, "target" | "snapshot">, element: Element, keyboard: boolean): void => {
    recorder.flush();
    recorder.report({ type: "click", ...seen, click: detail(recorder, event, element, keyboard) } satisfies Report, true);
  };

  on("pointerdown", (event) => {
    const element = targetOf(event);
    if (!element) return;
    recorder.flush();
    const at = { x: event.clientX, y: event.clientY };
    down = { element, seen: recorder.see(element, at), event, time: event.timeStamp };
    own = true;
  });
  for (const type of ["keydown", "keyup"] as const) {
    on(type, (event) => {
      const element = event.key === "Enter" || event.key === " " ? targetOf(event) : undefined;
      if (element) key = { element, time: event.timeStamp };
      if (element) lastAct = event.timeStamp;
    });
  }
  /**
   * The browser reacts to a click on a label with one on its field, and to Enter in a field with one on the form's
   * button. Those are not the participant's.
   */
  const isOwn = (event: PointerEvent, element: Element): boolean => {
    if (event.detail !== 0) return own;
    const byKey = key?.element === element && event.timeStamp - key.time < KEY_MS;
    // Assistive technology clicks without a key and without a pointer.
    return byKey || event.timeStamp - lastAct > REACTION_MS;
  };

  const clicked = (event: PointerEvent): void => {
    const element = targetOf(event);
    if (!element) return;
    if (!isOwn(event, element)) return;
    const keyboard = event.detail === 0;
    own = false;
    key = undefined;
    lastAct = event.timeStamp;
    const before = down;
    down = undefined;
    if (!keyboard && before?.element === element) {
      send(event, before.seen, element, false);
    } else {
      send(event, recorder.see(element, keyboard ? undefined : { x: event.clientX, y: event.clientY }), element, keyboard);
    }
  };
  on("click", clicked);
  on("auxclick", clicked);
  on("contextmenu", (event) => {
    // The right button makes no click where the menu opens at once.
    if (event.button === 2 && down?.event.button === 2) clicked(event as PointerEvent);
  });
  on("pagehide", () => {
    // The page was left by what it did on the press itself.
    if (down && own) send(down.event, down.seen, down.element, false);
    down = undefined;
  });
}

function detail(recorder: Recorder, event: MouseEvent, element: Element, keyboard: boolean): ClickDetail {
  const place = recorder.place();
  const box = element.getBoundingClientRect();
  const x = keyboard ? box.left + box.width / 2 : event.clientX;
  const y = keyboard ? box.top + box.height / 2 : event.clientY;
  const click: ClickDetail = {
    x: round(x + place.x),
    y: round(y + place.y),
    button: BUTTONS[event.button] ?? "left",
  };
  if (event.detail > 1) click.count = Math.min(10, event.detail);
  const modifiers = modifiersOf(event);
  if (modifiers.length > 0) click.modifiers = modifiers;
  if (keyboard) click.keyboard = true;
  return click;
}

export function modifiersOf(event: MouseEvent | KeyboardEvent): ("alt" | "ctrl" | "meta" | "shift")[] {
  const held: ["alt" | "ctrl" | "meta" | "shift", boolean][] = [
    ["alt", event.altKey],
    ["ctrl", event.ctrlKey],
    ["meta", event.metaKey],
    ["shift", event.shiftKey],
  ];
  return held.filter(([, down]) => down).map(([name]) => name);
}
