// Events and sessions for tests.

import type { Unnumbered } from "../../src/background/ledger";
import type { Event, Session } from "../../src/event/types";
import type { Item } from "../../src/messages";
import type { Content } from "../../src/privacy/clean";

export const SESSION = "0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b";
export const T0 = 1_795_336_560_000;

export function header(id = SESSION): Session {
  return {
    id,
    started_at: T0,
    consent: { policy: "1", granted_at: T0, scopes: ["events", "screenshots"] },
    client: { name: "codesight-extension", version: "1.0.0" },
  };
}

export const page: Event["page"] = {
  url: "https://shop.example/p/42",
  title: "Oak chair",
  viewport: { width: 1280, height: 720, dpr: 1, zoom: 1 },
  scroll: { x: 0, y: 0 },
};

export function click(time = T0, x = 1): Content {
  return { time, type: "click", page, click: { x, y: 2, button: "left" } };
}

export function item(n: number, event: Content = click(T0, n)): Item {
  return { n, kind: "event", event, stamp: 1 };
}

export function place(i: Extract<Item, { kind: "event" }>): Unnumbered {
  return { ...i.event, tab: 1, frame: "0" };
}

export function gap(detail: NonNullable<Event["gap"]>): Unnumbered {
  return { time: T0, type: "gap", tab: 1, frame: "0", page, gap: detail };
}
