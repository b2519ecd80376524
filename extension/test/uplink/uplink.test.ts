import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StoredImage } from "../../src/background/images";
import { Ledger } from "../../src/background/ledger";
import { type Health, Uplink } from "../../src/uplink/uplink";
import type { OpenSocket } from "../../src/uplink/line";
import { Unreachable } from "../../src/uplink/transport";
import { MemoryArea } from "../background/memory-area";
import { SESSION, T0, gap, header, item, place } from "../background/samples";
import { FakeServer, problem } from "./fake-server";

let server: FakeServer;
let area: MemoryArea;
let ledger: Ledger;
let uplink: Uplink;
let now: number;
let wakes: number[];
let health: Health | undefined;
let images: Map<string, StoredImage>;
let socket: OpenSocket;

/** A worker that starts now: everything that is not stored is gone. */
function start(): void {
  ledger = new Ledger(area);
  uplink = new Uplink({
    ledger,
    images: { get: (id) => Promise.resolve(images.get(id)), delete: (id) => Promise.resolve(void images.delete(id)) },
    target: () => Promise.resolve({ server: server.url, key: "cs_id_secret" }),
    socket: (...args) => socket(...args),
    loadHealth: () => Promise.resolve(health),
    saveHealth: (h) => Promise.resolve(void (health = h)),
    wakeAt: (time) => wakes.push(time),
    changed: () => undefined,
    now: () => now,
    random: () => 0.5,
  });
}

async function record(count: number, from = 1): Promise<void> {
  for (let n = from; n < from + count; n++) await ledger.deliver(SESSION, "a", [item(n)], place);
}

const received = (): (number | undefined)[] => server.events.map((e) => e.click?.x);
const numbers = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** Lets time pass to each next try, until everything is sent. */
async function untilSent(): Promise<void> {
  for (let i = 0; i < 50; i++) {
    await uplink.wake();
    const [session] = await ledger.sessions();
    if (!session || session.acked === session.last) return;
    now = Math.max(now, wakes.at(-1) ?? 0) + 1;
  }
  throw new Error("not everything was sent");
}

beforeEach(async () => {
  server = await FakeServer.start();
  area = new MemoryArea();
  now = T0;
  wakes = [];
  health = undefined;
  images = new Map();
  socket = () => Promise.reject(new Unreachable("blocked"));
  start();
  await ledger.begin(header());
});

afterEach(() => {
  server.stop();
});

describe("the uplink", () => {
  it("sends nothing of a session that is held, and all of it when it is released", async () => {
    await ledger.act(SESSION, { do: "stop", at: T0 }, gap);
    await uplink.wake();
    const held = SESSION.replace("0199", "019a");
    await ledger.begin(header(held), true);
    await ledger.deliver(held, "a", [item(1), item(2)], place);
    await ledger.act(held, { do: "stop", at: T0 }, gap);
    for (const force of [false, true]) await uplink.wake(force);
    expect(received()).toEqual([]);
    await ledger.act(held, { do: "release", at: T0 }, gap);
    await uplink.wake(true);
    expect(received()).toEqual([1, 2]);
  });

  it("sends everything in order and deletes it here", async () => {
    await record(5);
    await uplink.wake();
    expect(received()).toEqual(numbers(5));
    expect((await ledger.current())?.acked).toBe(5);
    expect(await ledger.unacknowledged(SESSION, 10, 1e9)).toEqual([]);
  });

  it("completes a session that ended, after its events and images, and forgets it", async () => {
    images.set("pic", { id: "pic", session: SESSION, meta: {} as never, bytes: new ArrayBuffer(3) });
    await ledger.deliver(SESSION, "a", [item(1)], (i) => ({ ...place(i), screenshot: { id: "pic" } }));
    await ledger.act(SESSION, { do: "stop", at: now }, gap);
    await uplink.wake();
    expect(server.completed).toBeUndefined();
    now = wakes.at(-1) ?? 0;
    await uplink.wake();
    expect(server.requests.at(-1)).toBe(`POST /v1/sessions/${SESSION}/complete`);
    expect(server.images).toEqual(["pic"]);
    expect(server.completed).toBe(1);
    expect(images.size).toBe(0);
    expect(await ledger.sessions()).toEqual([]);
  });

  it("goes on where the server is when an answer was lost after the commit", async () => {
    await record(3);
    server.misbehave = (path) => (path.endsWith("/events") ? { status: 0, cut: true, afterStoring: true } : undefined);
    await uplink.wake();
    expect(server.events.length).toBe(3);
    expect((await ledger.current())?.acked).toBe(0);
    server.misbehave = () => undefined;
    await record(2, 4);
    await untilSent();
    expect(received()).toEqual(numbers(5));
  });

  it.each([
    ["a page of a captive portal", { status: 200, body: "<html>Log in</html>" }],
    ["JSON of something else", { status: 200, body: '{"ok":true}' }],
    ["half an answer", { status: 200, body: '{"acked":' }],
    ["an acknowledgement of what was never sent", { status: 200, body: '{"acked":99,"rejected":[]}' }],
    ["a negative acknowledgement", { status: 200, body: '{"acked":-1}' }],
    ["a redirect", { status: 302, headers: { Location: "http://portal.invalid/" } }],
    ["a server error", problem(500, "internal_error")],
    ["a proxy's refusal", { status: 403, body: "<h1>Forbidden</h1>" }],
  ])("loses and doubles nothing when the answer is %s", async (_, wrong) => {
    await record(3);
    server.misbehave = (path) => (path.endsWith("/events") ? wrong : undefined);
    await uplink.wake();
    expect((await ledger.unacknowledged(SESSION, 10, 1e9)).length).toBe(3);
    expect(["busy", "unreachable"]).toContain(health?.state);
    server.misbehave = () => undefined;
    await untilSent();
    expect(received()).toEqual(numbers(3));
    expect(health?.state).toBe("ok");
  });

  it("waits as long as the server asks, and not less", async () => {
    await record(1);
    server.misbehave = () => ({ ...problem(429, "busy"), headers: { "Retry-After": "120" } });
    await uplink.wake();
    expect(health).toMatchObject({ state: "busy", failures: 1 });
    expect(health?.retryAt).toBeGreaterThanOrEqual(now + 120_000);
    const requests = server.requests.length;
    now += 119_000;
    await uplink.wake();
    expect(server.requests.length).toBe(requests);
  });

  it("stops and asks when the key is refused, and goes on when it is told to", async () => {
    await record(2);
    server.misbehave = () => problem(401, "unauthorized");
    await uplink.wake();
    expect(health?.state).toBe("unauthorized");
    const requests = server.requests.length;
    now += 3_600_000;
    await uplink.wake();
    expect(server.requests.length).toBe(requests);
    server.misbehave = () => undefined;
    await uplink.wake(true);
    expect(received()).toEqual([1, 2]);
  });

  it("tries a new key even where it comes while the old one is being refused", async () => {
    await record(2);
    server.misbehave = () => (server.requests.length === 1 ? problem(401, "unauthorized") : undefined);
    await Promise.all([uplink.wake(), uplink.wake(true)]);
    await uplink.wake();
    expect(received()).toEqual([1, 2]);
    expect(health?.state).toBe("ok");
  });

  it("sets aside what the server refuses event by event, and goes on", async () => {
    await record(3);
    server.refuse.add(2);
    await uplink.wake();
    expect(await ledger.current()).toMatchObject({ acked: 3, refused: 1 });
  });

  it("finds the one event for which a whole batch is refused, and puts a gap in its place", async () => {
    await record(7);
    server.misbehave = (path, body) =>
      path.endsWith("/events") && body.includes('"x":5,') ? problem(422, "validation_failed") : undefined;
    await uplink.wake();
    expect(server.events.map((e) => e.gap?.lost ?? e.click?.x)).toEqual([1, 2, 3, 4, 1, 6, 7]);
    expect(server.events[4]).toMatchObject({ seq: 5, type: "gap", gap: { reason: "unknown", lost: 1 } });
    expect(await ledger.current()).toMatchObject({ acked: 7, refused: 1 });
  });

  it("says so when the server has lost what it acknowledged, and deletes nothing more", async () => {
    await record(2);
    await uplink.wake();
    server.events.length = 0;
    start();
    await record(1, 3);
    await uplink.wake();
    expect(health?.state).toBe("lost");
    expect((await ledger.unacknowledged(SESSION, 10, 1e9)).map((e) => e.seq)).toEqual([3]);
  });

  it("goes on without an image that the server refuses for good", async () => {
    images.set("pic", { id: "pic", session: SESSION, meta: {} as never, bytes: new ArrayBuffer(3) });
    await ledger.deliver(SESSION, "a", [item(1)], (i) => ({ ...place(i), screenshot: { id: "pic" } }));
    server.misbehave = (path) => (path.includes("/screenshots/") ? problem(415, "unsupported_media_type") : undefined);
    await uplink.wake();
    expect(await ledger.current()).toMatchObject({ images: [], imagesSent: 0 });
    expect(health?.state ?? "ok").toBe("ok");
  });

  it("forgets a session that was erased on the server, and sends the next", async () => {
    await record(1);
    server.misbehave = (path) => (path.endsWith("/events") ? problem(410, "session_erased") : undefined);
    await uplink.wake();
    expect(await ledger.sessions()).toEqual([]);
  });

  it.each([
    ["nothing", { status: 200 }],
    ["a page", { status: 200, body: "<html>Log in</html>" }],
    ["JSON of something else", { status: 200, body: "{}" }],
    ["an error that is not known", problem(501, "not_implemented")],
  ])("keeps images and the completion where what answers says %s", async (_, wrong) => {
    images.set("pic", { id: "pic", session: SESSION, meta: {} as never, bytes: new ArrayBuffer(3) });
    await ledger.deliver(SESSION, "a", [item(1)], (i) => ({ ...place(i), screenshot: { id: "pic" } }));
    await ledger.act(SESSION, { do: "stop", at: now }, gap);
    now += 10_000;
    for (const at of ["/events", "/screenshots/", "/complete"]) {
      server.misbehave = (path) => (path.includes(at) ? wrong : undefined);
      await uplink.wake(true);
      expect(await ledger.sessions()).toMatchObject([{ last: 1, refused: 0, images: at === "/complete" ? [] : ["pic"] }]);
      expect(server.completed).toBeUndefined();
    }
    server.misbehave = () => undefined;
    await uplink.wake(true);
    expect([received(), server.images, server.completed]).toEqual([[1], ["pic"], 1]);
    expect(await ledger.sessions()).toEqual([]);
  });

  it("does not stand still when the clock is put back, neither after a failure nor at the end of a session", async () => {
    await record(1);
    server.misbehave = () => ({ ...problem(503, "busy"), headers: { "Retry-After": "60" } });
    await uplink.wake();
    server.misbehave = () => undefined;
    now -= 2 * 3_600_000;
    await uplink.wake();
    expect(received()).toEqual([1]);
    await ledger.act(SESSION, { do: "stop", at: now }, gap);
    now -= 2 * 3_600_000;
    await uplink.wake();
    expect(server.completed).toBe(1);
  });

  it("sends everything after days without the server, and never waits longer than some minutes between two tries", async () => {
    server.misbehave = () => ({ status: 0, cut: true });
    const end = now + 3 * 86_400_000;
    for (let n = 1; now < end; n++) {
      await record(1, n);
      await uplink.wake();
      expect((wakes.at(-1) ?? 0) - now).toBeLessThanOrEqual(5 * 60_000);
      now += 6 * 3_600_000;
    }
    server.misbehave = () => undefined;
    await untilSent();
    expect(received()).toEqual(numbers(12));
  });

  it("does not let one session keep the others waiting: one that the server has lost, or does not take at all", async () => {
    for (const how of ["lost", "refused"] as const) {
      const [bad, good] = [header(crypto.randomUUID()), header(crypto.randomUUID())].sort((a, b) => (a.id < b.id ? -1 : 1));
      if (!bad || !good) throw new Error("two headers were made");
      server.events.length = 0;
      server.completed = undefined;
      area = new MemoryArea();
      health = undefined;
      start();
      for (const { id } of [bad, good]) {
        await ledger.begin(header(id));
        await ledger.deliver(id, "a", [item(1), item(2)], place);
        await ledger.act(id, { do: "stop", at: now - 10_000 }, gap);
      }
      if (how === "lost") await ledger.acknowledge(bad.id, { acked: 1, rejected: [] });
      const refusal = problem(422, "validation_failed");
      server.misbehave = (path, body) => (how === "refused" && path.endsWith("/sessions") && body.includes(bad.id) ? refusal : undefined);
      await uplink.wake();
      expect(server.completed).toBe(2);
      expect((await ledger.sessions()).map(({ id }) => id)).toEqual([bad.id]);
      expect(health).toMatchObject({ state: how === "lost" ? "lost" : "busy" });
      // It stays so, also when the next session is sent.
      const requests = server.requests.length;
      await uplink.wake();
      expect(server.requests.length).toBe(requests);
    }
  });

  it("goes over HTTP when a WebSocket opens but breaks what goes over it, and over a WebSocket again later", async () => {
    let opened = 0;
    const broken = (): Promise<never> => Promise.reject(new Unreachable("cut in mid-frame"));
    socket = () => {
      opened++;
      return Promise.resolve({ open: true, start: broken, append: broken, close: () => undefined });
    };
    await record(2);
    await uplink.wake();
    expect(opened).toBe(1);
    await untilSent();
    expect(received()).toEqual([1, 2]);
    expect(opened).toBe(1);
    now += 6 * 60_000;
    await record(1, 3);
    await uplink.wake();
    expect(opened).toBe(2);
  });

  it("loses and doubles nothing when the worker dies at any write", async () => {
    for (let killAt = 1; killAt <= 10; killAt++) {
      server.events.length = 0;
      area = new MemoryArea();
      start();
      await ledger.begin(header());
      await record(4);
      const base = area.writes;
      area.fail = (write) => (write === base + killAt ? (killAt % 2 === 0 ? "before" : "after") : undefined);
      await uplink.wake();
      health = undefined;
      start();
      await record(2, 5).catch(() => undefined);
      start();
      await record(2, 5);
      await untilSent();
      expect(received()).toEqual(numbers(6));
    }
  });
});
