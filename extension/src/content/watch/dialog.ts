// Modal dialogs that the page opens, and how they are answered.

import { LOOKAHEAD } from "../../privacy/clean";
import { isElement, visibleText } from "../../target/dom";
import type { Watch } from "./watch";

const MAX_MESSAGE = 2000 + LOOKAHEAD;

export function watchDialogs({ recorder, on }: Watch): void {
  const cancelled = new WeakSet<Element>();

  on("toggle", (event) => {
    const dialog = dialogOf(event);
    if (!dialog || event.newState !== "open" || !dialog.matches(":modal")) return;
    recorder.flush();
    const message = visibleText(dialog, MAX_MESSAGE);
    recorder.report({ type: "dialog", dialog: { kind: "modal", action: "opened", message } }, { seen: recorder.see(dialog) });
  });
  on("cancel", (event) => {
    const dialog = dialogOf(event);
    if (dialog) cancelled.add(dialog);
  });
  on("close", (event) => {
    const dialog = dialogOf(event);
    if (!dialog) return;
    // A dialog without a return value was closed, not answered.
    const action = cancelled.delete(dialog) || dialog.returnValue === "" ? "dismissed" : "accepted";
    recorder.flush();
    recorder.report({ type: "dialog", dialog: { kind: "modal", action } }, { seen: recorder.see(dialog) });
  });
}

function dialogOf(event: Event): HTMLDialogElement | undefined {
  const [target] = event.composedPath();
  return isElement(target) && target.localName === "dialog" ? (target as HTMLDialogElement) : undefined;
}
