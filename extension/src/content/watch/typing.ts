// Typing: one event per field, until the field is left, something else happens, or the typing pauses.

import type { InputDetail } from "../../event/types";
import { LOOKAHEAD } from "../../privacy/clean";
import { isElement } from "../../target/dom";
import { type FieldKind, isTypedInto, kindOf, valueOf, wordsOf } from "../fields";
import type { Seen } from "../recorder";
import { type Watch, afterRest } from "./watch";

/** Someone who stops typing for this long is reading or thinking. */
const PAUSE_MS = 2000;
const WITHHELD = "[PRIVATE]";
const MAX_VALUE = 10_000 + LOOKAHEAD;

interface Burst {
  field: HTMLElement;
  kind: FieldKind;
  seen: Seen;
  changed: boolean;
  value: string;
  how: NonNullable<InputDetail["kind"]>;
  keystrokes: number;
  began: number;
  last: number;
}

export function watchTyping({ recorder, on }: Watch): void {
  let burst: Burst | undefined;

  const flush = (): void => {
    rest.cancel();
    const done = burst;
    burst = undefined;
    // Enter in a field announces a change and makes none.
    if (!done?.changed) return;
    const hidden = done.kind !== "harmless";
    const input: InputDetail = {
      value: hidden ? WITHHELD : done.value.slice(0, MAX_VALUE),
      ...(hidden && { private: true }),
      kind: done.how,
      keystrokes: done.keystrokes,
      duration_ms: Math.max(0, Math.round(done.last - done.began)),
    };
    recorder.report({ type: "input", input }, { seen: done.seen, time: done.last });
  };
  const rest = afterRest(flush, PAUSE_MS);
  recorder.pending.push(flush);

  on("beforeinput", (event) => {
    begin(fieldOf(event));
  });
  on("input", (event) => {
    const field = fieldOf(event);
    if (!field) return;
    const current = begin(field);
    if (!current) return;
    current.changed = true;
    current.kind = worse(current.kind, kindOf(field));
    current.how = howOf((event as InputEvent).inputType);
    if (current.how === "type" || current.how === "delete") current.keystrokes++;
    current.last = Date.now();
    read(current);
    rest.touch();
  });
  on("change", (event) => {
    const field = fieldOf(event);
    if (field) leave(field);
  });
  on("focusout", (event) => {
    const field = fieldOf(event);
    if (field) leave(field);
  });

  /** The burst of a field, begun where there is none. What was described before the first change stays. */
  function begin(field: HTMLElement | undefined): Burst | undefined {
    if (!field || burst?.field === field) return burst;
    recorder.flush();
    const now = Date.now();
    const kind = kindOf(field);
    burst = { field, kind, seen: recorder.see(field), changed: false, value: "", how: "type", keystrokes: 0, began: now, last: now };
    return burst;
  }

  /** Reads what stands in the field, as far as its kind allows. */
  function read(current: Burst): void {
    if (current.kind === "never") return;
    const value = valueOf(current.field);
    if (current.kind === "harmless") current.value = value;
    else recorder.typed.note(current.field, value, wordsOf(current.field));
  }

  function leave(field: HTMLElement): void {
    recorder.typed.commit(field);
    if (burst?.field === field) flush();
    else recorder.remember(recorder.typed.takeNew());
  }
}

/** The field that an event is about: where one types, the whole editable region. */
function fieldOf(event: Event): HTMLElement | undefined {
  const element = event.composedPath().find(isElement);
  if (!element || !isTypedInto(element)) return undefined;
  let field: HTMLElement = element;
  while (field.parentElement?.isContentEditable === true) field = field.parentElement;
  return field;
}

function worse(a: FieldKind, b: FieldKind): FieldKind {
  if (a === "never" || b === "never") return "never";
  return a === "private" ? a : b;
}

function howOf(inputType: string | undefined): NonNullable<InputDetail["kind"]> {
  if (inputType === undefined || inputType === "" || inputType === "insertReplacementText") return "autofill";
  if (inputType.startsWith("insertFromPaste")) return "paste";
  if (inputType.startsWith("insertFromDrop")) return "drop";
  if (inputType === "deleteByCut") return "cut";
  return inputType.startsWith("delete") ? "delete" : "type";
}
