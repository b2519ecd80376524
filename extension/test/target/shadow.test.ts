// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from "vitest";
import { elementsOf, visibleText } from "../../src/target/dom";
import { shadowOf } from "../../src/target/roots";
import { findShadow, pathOf } from "../../src/target/shadow";

const { roots } = vi.hoisted(() => ({ roots: new WeakMap<Element, ShadowRoot>() }));
vi.mock("wxt/browser", () => ({ browser: { dom: { openOrClosedShadowRoot: (host: Element) => roots.get(host) ?? null } } }));

/** A host with a closed tree, of which only the browser knows. */
function closed(parent: Node, markup: string): { host: HTMLElement; root: ShadowRoot } {
  const host = document.createElement("x-field");
  parent.appendChild(host);
  const root = host.attachShadow({ mode: "closed" });
  root.append(document.createRange().createContextualFragment(markup));
  roots.set(host, root);
  return { host, root };
}

/** What the path of an event begins with for whoever listens on the window. */
function heard(target: Element, event: Event): unknown[] {
  let path: unknown[] = [];
  window.addEventListener(event.type, (e) => (path = pathOf(e)), { capture: true, once: true });
  target.dispatchEvent(event);
  return path;
}

beforeEach(() => {
  document.body.replaceChildren();
});

it("finds the field in closed trees within each other, by what has the focus", () => {
  const outer = closed(document.body, "<div></div>");
  const inner = closed(outer.root, "<label>Name <input></label>");
  const input = inner.root.querySelector("input") as HTMLInputElement;
  input.focus();
  const path = heard(input, new InputEvent("input", { bubbles: true, composed: true }));
  expect(path[0]).toBe(input);
  expect(path).toContain(inner.host);
  expect(path).toContain(outer.host);
  input.blur();
  expect(heard(input, new FocusEvent("focusout", { bubbles: true, composed: true }))[0]).toBe(input);
});

it("leaves the path as it is where there is no closed tree, and where the host itself was meant", () => {
  const button = document.createElement("button");
  document.body.append(button);
  expect(heard(button, new Event("input", { bubbles: true }))[0]).toBe(button);
  const { host } = closed(document.body, "<p>Nothing that takes the focus</p>");
  expect(heard(host, new Event("input", { bubbles: true, composed: true }))[0]).toBe(host);
});

it("lets whoever walks the page look into a closed tree once it was found", () => {
  const { host, root } = closed(document.body, "<p>An oak chair</p>");
  expect(shadowOf(host)).toBeNull();
  expect(findShadow(host)).toBe(root);
  expect(shadowOf(host)).toBe(root);
  expect(visibleText(host, 100)).toBe("An oak chair");
  expect([...elementsOf(document.body)].map((e) => e.localName)).toEqual(["x-field", "p"]);
});
