// The closed shadow roots that were found (shadow.ts). A root is never taken off its host again, so what is known stays true.

export const closedRoots = new WeakMap<Element, ShadowRoot>();

/** The element's shadow root, if it is open or was found. Costs nothing. */
export function shadowOf(element: Element): ShadowRoot | null {
  return element.shadowRoot ?? closedRoots.get(element) ?? null;
}
