import { describe, expect, it } from "vitest";
import { accessNeeded, chooseSite, isOutside } from "../../src/background/scope";
import { saveSettings } from "../../src/background/settings";
import { MemoryArea } from "./memory-area";

const setup = (): { local: MemoryArea; memory: MemoryArea } => ({ local: new MemoryArea(), memory: new MemoryArea() });

describe("a session of one site", () => {
  it("records that site and what is below it, and nothing that has another address or none", async () => {
    const parts = setup();
    await chooseSite(parts, "shop.example");
    const addresses = ["https://shop.example/a", "https://www.shop.example", "https://bank.example/", "about:blank", undefined];
    expect(await Promise.all(addresses.map((at) => isOutside(parts, at)))).toEqual([false, false, true, true, true]);
  });

  it("is still one of that site after the worker was stopped", async () => {
    const { local, memory } = setup();
    await chooseSite({ memory }, "shop.example");
    const again = new MemoryArea();
    await again.set(await memory.get(null));
    expect(await isOutside({ local, memory: again }, "https://bank.example/")).toBe(true);
  });

  it("needs access to that site only", async () => {
    const parts = setup();
    await chooseSite(parts, "shop.example");
    expect(await accessNeeded(parts)).toEqual({ origins: ["*://*.shop.example/*"] });
  });

  it("does not record a part of it that is excluded", async () => {
    const parts = setup();
    await saveSettings(parts, { review: false, excluded: ["pay.shop.example"], details: [] });
    await chooseSite(parts, "shop.example");
    expect(await isOutside(parts, "https://pay.shop.example/")).toBe(true);
  });
});

describe("a session of all sites", () => {
  it("records every page but those of excluded sites, and needs access to all", async () => {
    const parts = setup();
    await chooseSite(parts, "shop.example");
    await chooseSite(parts, null);
    await saveSettings(parts, { review: false, excluded: ["bank.example"], details: [] });
    expect(await isOutside(parts, "https://shop.example/")).toBe(false);
    expect(await isOutside(parts, undefined)).toBe(false);
    expect(await isOutside(parts, "https://bank.example/")).toBe(true);
    expect(await accessNeeded(parts)).toEqual({ origins: ["<all_urls>"] });
  });
});
