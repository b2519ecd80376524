import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { enrol, enrolment, renewKey, study as askStudy } from "../../src/background/enrolment";
import { keys } from "../../src/background/storage";
import { FakeServer, type Misbehaviour, problem } from "../uplink/fake-server";
import { MemoryArea } from "./memory-area";

const KEY = "cs_id_secret";
const study: Misbehaviour = { status: 200, body: JSON.stringify({ review_before_sending: false }) };
const strict: Misbehaviour = { status: 200, body: JSON.stringify({ review_before_sending: true }) };

let server: FakeServer;
let local: MemoryArea;
let sends: boolean[];

const needs = () => ({ local, send: (force = false) => void sends.push(force) });

beforeEach(async () => {
  server = await FakeServer.start();
  server.misbehave = () => study;
  local = new MemoryArea();
  sends = [];
});
afterEach(() => {
  server.stop();
});

describe("connecting", () => {
  it("keeps address and key once the server has taken them, and sends at once", async () => {
    await local.set({ [keys.uplink]: { state: "unauthorized" } });
    expect(await enrol(needs(), ` ${server.url}/ `, ` ${KEY}\n`)).toBeNull();
    expect(await enrolment({ local })).toEqual({ server: server.url, key: KEY, review: false });
    expect(await local.get(keys.uplink)).toEqual({});
    expect(sends).toEqual([true]);
  });

  it.each<[string, Misbehaviour, string]>([
    ["a key that is not accepted", problem(401, "unauthorized"), "keyRefused"],
    ["a key for something else", problem(403, "insufficient_scope"), "keyRefused"],
    ["a server that is busy", problem(429, "rate_limited"), "serverBusy"],
    ["a page of somebody else", { status: 200, body: "<!doctype html><title>Hello</title>" }, "notOurServer"],
    ["another service's JSON", { status: 200, body: "{\"status\":\"ok\"}" }, "notOurServer"],
    ["somebody else's refusal", { status: 401, body: "Unauthorized" }, "notOurServer"],
    ["somebody else's missing page", { status: 404, body: "{\"error\":\"not found\"}" }, "notOurServer"],
    ["a connection that breaks off", { status: 0, cut: true }, "noAnswer"],
  ])("tells %s, and keeps nothing", async (_, answer, refusal) => {
    server.misbehave = () => answer;
    expect(await enrol(needs(), server.url, KEY)).toBe(refusal);
    expect(await enrolment({ local })).toBeUndefined();
    expect(sends).toEqual([]);
  });

  it("does not hand the key to an address that is not safe", async () => {
    for (const address of ["http://study.example", "study.example", "https://me:pw@study.example", "ftp://127.0.0.1"]) {
      expect(await enrol(needs(), address, KEY, () => Promise.reject(new Error("asked")))).toBe("badServer");
    }
  });

  it("asks nobody about a text that is no key", async () => {
    expect(await enrol(needs(), server.url, "hunter2")).toBe("badKey");
    expect(server.requests).toEqual([]);
  });
});

describe("a new key", () => {
  it("is taken for the same server", async () => {
    await enrol(needs(), server.url, KEY);
    expect(await renewKey(needs(), "cs_other_secret")).toBeNull();
    expect(await enrolment({ local })).toEqual({ server: server.url, key: "cs_other_secret", review: false });
  });

  it("leaves the old one in place where it is not accepted", async () => {
    await enrol(needs(), server.url, KEY);
    server.misbehave = () => problem(401, "unauthorized");
    expect(await renewKey(needs(), "cs_other_secret")).toBe("keyRefused");
    expect((await enrolment({ local }))?.key).toBe(KEY);
  });

  it("needs a server", async () => {
    expect(await renewKey(needs(), KEY)).toBe("notEnrolled");
  });
});

describe("what the study asks for", () => {
  it("is asked again before each recording, and holds while it cannot be asked", async () => {
    await enrol(needs(), server.url, KEY);
    const known = async () => (await enrolment({ local })) ?? { server: "", key: "", review: false };
    server.misbehave = () => strict;
    expect((await askStudy(needs(), await known())).review).toBe(true);
    expect(server.requests.at(-1)).toBe("GET /v1/study");
    server.misbehave = () => ({ status: 0, cut: true });
    expect((await askStudy(needs(), await known())).review).toBe(true);
    server.misbehave = () => study;
    expect((await askStudy(needs(), await known())).review).toBe(false);
    expect((await known()).review).toBe(false);
  });
});
