import { describe, expect, it } from "vitest";
import { asHost, hostPatterns, liesOn } from "../../src/background/sites";

describe("a site that is typed", () => {
  it.each([
    ["bank.example", "bank.example"],
    [" https://www.Bank.example/login?x=1 ", "bank.example"],
    ["bank.example:8443/a", "bank.example"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["127.0.0.1", "127.0.0.1"],
  ])("%s is the host %s", (typed, host) => {
    expect(asHost(typed)).toBe(host);
  });
  it.each(["", "  ", "file:///etc", "a b", "chrome://settings", "*"])("%s is none", (typed) => {
    expect(asHost(typed)).toBeUndefined();
  });
});

describe("an address", () => {
  it.each([
    ["https://bank.example/a", true],
    ["https://login.bank.example./", true],
    ["http://BANK.example:81", true],
    ["blob:https://bank.example/0a", true],
    ["https://notbank.example/", false],
    ["https://bank.example.evil.example/", false],
    ["about:blank", false],
    ["no address", false],
  ])("%s is excluded: %s", (address, excluded) => {
    expect(liesOn(["bank.example"], address)).toBe(excluded);
  });
  it("is told to the browser with its sub-domains, where it has any", () => {
    expect(hostPatterns("bank.example")).toEqual(["*://*.bank.example/*"]);
    expect(hostPatterns("127.0.0.1")).toEqual(["*://127.0.0.1/*"]);
  });
});
