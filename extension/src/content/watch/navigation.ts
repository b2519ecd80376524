// How the page came to be shown, and what becomes of its address while it is. Top documents only: a frame that loads is
// no step of the participant's.

import type { NavigationDetail } from "../../event/types";
import { pageOf } from "../page";
import { type Watch, afterRest } from "./watch";

/** A page that changes its address sets its title right after. */
const TITLE_MS = 50;

export function watchNavigation({ recorder, on, signal }: Watch, isNew: boolean): void {
  const { document } = recorder;
  const view = document.defaultView;
  if (!view || view !== view.top) return;
  let waiting: { kind: NavigationDetail["kind"]; time: number; url: string } | undefined;
  let address = document.location.href;

  const flush = (): void => {
    rest.cancel();
    const arrived = waiting;
    waiting = undefined;
    if (!arrived) return;
    // The page may have gone on by now; this is about where it was.
    const page = { ...pageOf(document, recorder.place()), url: arrived.url };
    recorder.report({ type: "navigation", navigation: { kind: arrived.kind }, page }, { time: arrived.time });
  };
  const rest = afterRest(flush, TITLE_MS);
  // First in line: whatever happens on a page happens after the arrival on it.
  recorder.pending.unshift(flush);
  const arrive = (kind: NavigationDetail["kind"]): void => {
    recorder.flush();
    waiting = { kind, time: Date.now(), url: document.location.href };
  };

  if (isNew) {
    arrive(loadKind(view));
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", flush, { once: true, signal });
    else rest.touch();
  }
  const moved = (traversed: boolean): void => {
    const from = address;
    address = document.location.href;
    if (address === from) return;
    const fragment = address.split("#")[0] === from.split("#")[0];
    arrive(traversed ? "back_forward" : fragment ? "fragment" : "history");
    rest.touch();
  };
  const { navigation } = view as { navigation?: EventTarget };
  if (navigation) {
    const changed = (event: Event & { navigationType?: string }): void => {
      moved(event.navigationType === "traverse");
    };
    navigation.addEventListener("currententrychange", changed, { signal });
  } else {
    on("popstate", () => {
      moved(true);
    });
    on("hashchange", () => {
      moved(false);
    });
  }
  on("pageshow", (event) => {
    // Shown again from the back-forward cache: no script runs anew, so this is the only sign.
    if (!event.persisted) return;
    arrive("back_forward");
    rest.touch();
  });
}

function loadKind(view: Window): NavigationDetail["kind"] {
  const [entry] = view.performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (entry?.type === "reload") return "reload";
  return entry?.type === "back_forward" ? "back_forward" : "load";
}
