import { describe, expect, it } from "vitest";
import { agree, chosenScopes } from "../src/background/consent";
import { keys } from "../src/background/storage";
import { POLICY, asScopes } from "../src/consent";
import { asPopupMessage } from "../src/messages";
import { MemoryArea } from "./background/memory-area";

describe("consent", () => {
  it("begins with nothing but the events, and is remembered", async () => {
    const local = new MemoryArea();
    expect(await chosenScopes({ local })).toEqual(["events"]);
    expect(await agree({ local }, ["events", "publish"], 5)).toEqual({ policy: POLICY, granted_at: 5, scopes: ["events", "publish"] });
    expect(await chosenScopes({ local })).toEqual(["events", "publish"]);
  });

  it("to another text counts for nothing", async () => {
    const local = new MemoryArea();
    await local.set({ [keys.consent]: { policy: "1", granted_at: 5, scopes: ["events", "screenshots"] } });
    expect(await chosenScopes({ local })).toEqual(["events"]);
  });

  it("is to known scopes only, and never without the events", () => {
    expect(asScopes(["publish", "screenshots"])).toEqual(["events", "screenshots", "publish"]);
    expect(asScopes(["everything"])).toBeUndefined();
    expect(asScopes("events")).toBeUndefined();
  });
});

describe("the popup's start", () => {
  const start = { to: "worker", type: "start", title: "", steps: ["Look"], site: null, scopes: ["events"], awaitAccess: false };

  it("is taken with steps and scopes, and with nothing else in their place", () => {
    expect(asPopupMessage(start)).toEqual(start);
    for (const wrong of [{ steps: [""] }, { steps: "Look" }, { steps: Array(51).fill("Look") }, { scopes: ["all"] }, { scopes: undefined }]) {
      expect(asPopupMessage({ ...start, ...wrong })).toBeUndefined();
    }
  });
});
