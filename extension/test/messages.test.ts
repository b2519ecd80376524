import { describe, expect, it } from "vitest";
import { MAX_ITEMS, asMeasured, asOrders, asPageMessage, asPopupMessage, asWorkerMessage } from "../src/messages";
import { item } from "./background/samples";

const deliver = { to: "worker", type: "deliver", recorder: "00ff", session: "00ff", items: [item(1)] };

describe("messages of a page", () => {
  it("are taken when they have their form", () => {
    expect(asPageMessage(deliver)).toEqual(deliver);
    expect(asPageMessage({ to: "worker", type: "hello", more: 1 })).toEqual({ to: "worker", type: "hello" });
    expect(asPageMessage({ to: "worker", type: "settled", stamp: 3 })).toEqual({ to: "worker", type: "settled", stamp: 3 });
  });

  it.each([
    null,
    "hello",
    { type: "hello" },
    { to: "worker", type: "start", title: "", steps: [], site: null, scopes: ["events"], awaitAccess: false },
    { to: "worker", type: "settled", stamp: -1 },
    { ...deliver, session: "../x" },
    { ...deliver, items: {} },
    { ...deliver, items: [{ n: 0, kind: "event", event: {}, stamp: 1 }] },
    { ...deliver, items: [{ n: 1, kind: "echo", echo: { value: 5, field: "" } }] },
    { ...deliver, items: Array.from({ length: MAX_ITEMS + 1 }, (_, i) => item(i + 1)) },
  ])("are refused otherwise (%#)", (message) => {
    expect(asPageMessage(message)).toBeUndefined();
  });
});

describe("messages of the other parts", () => {
  it("are refused when they have not their form", () => {
    expect(asWorkerMessage({ to: "page", type: "orders", orders: { session: 5 } })).toBeUndefined();
    expect(asOrders({ session: null, screenshots: true, echo: [{ value: "x" }] })).toBeUndefined();
    expect(asMeasured({ stamp: 1, steady: true, width: 0, height: 1, dpr: 1, regions: [], scroll: {} })).toBeUndefined();
    expect(asPopupMessage({ to: "worker", type: "hello" })).toBeUndefined();
    expect(asPopupMessage({ to: "worker", type: "enrol", server: 1, key: "" })).toBeUndefined();
  });

  it("are taken when they have", () => {
    expect(asPopupMessage({ to: "worker", type: "stop", more: 1 })).toEqual({ to: "worker", type: "stop" });
    expect(asWorkerMessage({ to: "page", type: "measure" })).toEqual({ to: "page", type: "measure" });
  });
});
