// Clicks. The target is described when the button goes down, before the page reacts, and sent when the click happens or
// when the page is left in between.

import type { ClickDetail } from "../../event/types";
import { isElement } from "../../target/dom";
import { pointOf } from "../../target/geometry";
import { targetOf } from "../../target/resolve";
import { isTypedInto } from "../fields";
import type { Recorder, Seen } from "../recorder";
import { lookBefore } from "./before";
import type { Watch } from "./watch";

const BUTTONS: ClickDetail["button"][] = ["left", "middle", "right", "back", "forward"];

/** The press that may become a click. */
export interface Press {
  readonly underWay: { element: Element; seen: Seen } | undefined;
  /** The press became something else. The click that the browser makes of it is none. */
  forget(): void;
}

export function watchClicks(watch: Watch): Press {
  const { recorder, on } = watch;
  const lookedBefore = lookBefore(watch);
  let down: { element: Element; seen: Seen; event: PointerEvent } | undefined;
  /** The press has not made its click yet. */
  let pressed = false;
  /** The press became a drag: its click is none. */
  let taken = false;
  /** Where a click of the browser's own is to be expected: a label's field, or a form. */
  let reaction: Element | null = null;

  const send = (event: MouseEvent, seen: Seen, element: Element, keyboard: boolean): void => {
    recorder.flush();
    recorder.report({ type: "click", click: detail(recorder, event, element, keyboard) }, { seen });
  };

  on("pointerdown", (event) => {
    taken = false;
    const element = targetOf(event);
    if (!element) return;
    recorder.flush();
    const at = { x: event.clientX, y: event.clientY };
    down = { element, seen: recorder.see(element, at), event };
    pressed = true;
    reaction = null;
  });
  on("keydown", (event) => {
    const hit = event.composedPath().find(isElement);
    reaction = event.key === "Enter" && hit && isTypedInto(hit) ? hit.closest("form") : null;
  });
  on("keyup", () => {
    // Only after the key's own effects, which come before this.
    setTimeout(() => (reaction = null));
  });
  /**
   * The browser reacts to a click on a label with one on its field, and to Enter in a field with one on the form's
   * button. Those are not the participant's.
   */
  const isReaction = (event: PointerEvent, element: Element): boolean => {
    if (event.detail !== 0) return !pressed;
    return reaction !== null && (reaction === element || (element as Partial<HTMLButtonElement>).form === reaction);
  };

  const clicked = (event: PointerEvent): void => {
    const element = targetOf(event);
    if (!element || (taken && event.detail !== 0)) return;
    if (isReaction(event, element)) return;
    const keyboard = event.detail === 0;
    pressed = false;
    reaction = labelledBy(event);
    const before = down;
    down = undefined;
    if (!keyboard && before?.element === element) {
      send(event, before.seen, element, false);
    } else if (keyboard) {
      send(event, recorder.see(element, undefined, lookedBefore()), element, true);
    } else {
      send(event, recorder.see(element, { x: event.clientX, y: event.clientY }), element, false);
    }
  };
  on("click", clicked);
  on("auxclick", clicked);
  on("contextmenu", (event) => {
    // The right button makes no click where the menu opens at once.
    if (event.button === 2 && down?.event.button === 2) clicked(event);
  });
  on("pagehide", () => {
    // The page was left by what it did on the press itself.
    if (down && pressed) send(down.event, down.seen, down.element, false);
    down = undefined;
  });
  return {
    get underWay() {
      return down;
    },
    forget() {
      down = undefined;
      pressed = false;
      taken = true;
    },
  };
}

/** The field of the label that was clicked, if it was one. */
function labelledBy(event: Event): Element | null {
  for (const hit of event.composedPath()) {
    if (!isElement(hit) || hit.localName === "input") return null;
    if (hit.localName === "label") return (hit as HTMLLabelElement).control;
  }
  return null;
}

function detail(recorder: Recorder, event: MouseEvent, element: Element, keyboard: boolean): ClickDetail {
  const box = element.getBoundingClientRect();
  const at = keyboard ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : { x: event.clientX, y: event.clientY };
  const click: ClickDetail = { ...pointOf(at, recorder.place()), button: BUTTONS[event.button] ?? "left" };
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
