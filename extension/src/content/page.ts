// The page of an event, as it is now. Raw: it must be cleaned before it leaves.

import type { Page } from "../event/types";
import type { FramePlace } from "../target/geometry";

const MAX_LANG = 35;

export function pageOf(document: Document, place: FramePlace): Page {
  const view = document.defaultView;
  // Boxes are in the top frame's coordinates, so the viewport is the top frame's, where it can be seen.
  const shown = place.top ?? view;
  const page: Page = {
    url: document.location.href,
    title: document.title,
    viewport: {
      width: shown?.innerWidth ?? 0,
      height: shown?.innerHeight ?? 0,
      dpr: clamp(view?.devicePixelRatio ?? 1),
      zoom: 1,
    },
    scroll: { x: Math.round(view?.scrollX ?? 0), y: Math.round(view?.scrollY ?? 0) },
  };
  const lang = document.documentElement.lang;
  if (lang !== "" && lang.length <= MAX_LANG) page.lang = lang;
  return page;
}

/** Within the limits of the schema. */
function clamp(ratio: number): number {
  return Math.min(20, Math.max(0.1, ratio));
}
