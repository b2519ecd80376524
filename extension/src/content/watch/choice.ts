// Choices: selects, checkboxes, radio buttons; and files, of which only the number is recorded.

import type { SelectDetail } from "../../event/types";
import { LOOKAHEAD } from "../../privacy/clean";
import { isElement, visibleText } from "../../target/dom";
import { choiceIsPrivate } from "../fields";
import { lookBefore } from "./before";
import type { Watch } from "./watch";

const WITHHELD = "[PRIVATE]";
const MAX_OPTIONS = 100;
const MAX_LABEL = 500 + LOOKAHEAD;

export function watchChoices(watch: Watch): void {
  const { recorder, on } = watch;
  const before = lookBefore(watch);
  on("change", (event) => {
    const field = event.composedPath().find(isElement);
    if (field?.localName === "select") {
      recorder.flush();
      recorder.report({ type: "select", select: selected(field as HTMLSelectElement) }, { seen: recorder.see(field) });
    } else if (isInput(field) && (field.type === "checkbox" || field.type === "radio")) {
      recorder.flush();
      const select: SelectDetail = { checked: field.checked };
      if (choiceIsPrivate(field)) select.private = true;
      recorder.report({ type: "select", select }, { seen: recorder.see(field, undefined, before()) });
    } else if (isInput(field) && field.type === "file") {
      recorder.flush();
      const { left, top, width, height } = field.getBoundingClientRect();
      const drop = { x: left + width / 2, y: top + height / 2, files: field.files?.length ?? 0 };
      recorder.report({ type: "drop", drop }, { seen: recorder.see(field) });
    }
  });
}

function isInput(element: Element | undefined): element is HTMLInputElement {
  return element?.localName === "input";
}

function selected(field: HTMLSelectElement): SelectDetail {
  if (choiceIsPrivate(field)) return { options: [WITHHELD], private: true };
  const options = [...field.selectedOptions].slice(0, MAX_OPTIONS);
  return { options: options.map((o) => (o.label || visibleText(o, MAX_LABEL)).slice(0, MAX_LABEL)) };
}
