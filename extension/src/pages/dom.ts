// Building the extension's own pages. Text only ever becomes text.

import { strings } from "../strings";

export function by(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}

export function input(id: string): HTMLInputElement {
  return by(id) as HTMLInputElement;
}

export function show(id: string, shown: boolean): void {
  by(id).hidden = !shown;
}

export function write(id: string, text: string): void {
  const element = by(id);
  // The same text again would be read out again.
  if (element.textContent !== text) element.textContent = text;
}

/** Makes an element with attributes and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Makes a button that does something. */
export function button(text: string, work: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  const made = make("button", { type: "button", class: "quiet", ...attributes }, text);
  made.addEventListener("click", work);
  return made;
}

/** Changes the page. Where what had the focus is hidden by it, the focus goes to the first thing that is shown and takes it. */
export function keepFocus(change: () => void): void {
  const had = document.activeElement;
  change();
  if (!(had instanceof HTMLElement) || had === document.body || had.checkVisibility()) return;
  const takes = "main :is(input, textarea, select, button, a[href], summary):not(:disabled)";
  [...document.querySelectorAll<HTMLElement>(takes)].find((element) => element.checkVisibility())?.focus();
}

/** A time of day, with seconds. */
export function clock(time: number): string {
  return new Date(time).toLocaleTimeString([], { timeStyle: "medium" });
}

/** Fills in every text that the page's markup names, from strings.ts. "a.b" is b of a. */
export function fillTexts(): void {
  const text = (path: string | undefined): string => {
    const value = (path ?? "").split(".").reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], strings);
    if (typeof value !== "string") throw new Error(`no string ${String(path)}`);
    return value;
  };
  for (const element of document.querySelectorAll<HTMLElement>("[data-text]")) {
    element.textContent = text(element.dataset["text"]);
  }
  for (const element of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[data-placeholder]")) {
    element.placeholder = text(element.dataset["placeholder"]);
  }
  if (document.documentElement.dataset["title"] !== undefined) document.title = text(document.documentElement.dataset["title"]);
}
