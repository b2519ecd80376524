// Start, pause, resume, stop: what the participant decides in the popup.

import { browser } from "wxt/browser";
import { uuid7 } from "../event/ids";
import type { Consent, Page, Session } from "../event/types";
import { MAX_STEP, type PopupMessage, type Refusal } from "../messages";
import type { Scrubber } from "../privacy/scrubber";
import { carryOut, finishCarryingOut } from "./carry-out";
import { agree } from "./consent";
import { enrol, enrolment, leave, renewKey, study } from "./enrolment";
import type { Unnumbered } from "./ledger";
import type { Parts } from "./parts";
import { obeyPerson } from "./person";
import { accessNeeded, chooseSite } from "./scope";
import { settings } from "./settings";
import { accessTo, asHost } from "./sites";

/** In the browser's memory: the session whose typed values are still remembered. */
const REMEMBERED = "remembered";
/** A start that waits for the participant to allow access to the sites; forgotten after a minute. */
const WAITING = "waiting";
const MAX_WAIT_MS = 60_000;
/** Of a task's title (event.schema.json). */
const MAX_TITLE = 300;

type Start = Extract<PopupMessage, { type: "start" }>;

/** Does what the popup asks; the answer is null or why not. */
export async function obey(parts: Parts, message: PopupMessage): Promise<Refusal> {
  switch (message.type) {
    case "enrol":
      return enrol(parts, message.server, message.key);
    case "renewKey":
      return renewKey(parts, message.key);
    case "leave":
      return leave(parts);
    case "start":
      return start(parts, message);
    case "scopes":
      await agree(parts, message.scopes, Date.now());
      return null;
    case "mark": {
      const current = await parts.ledger.current();
      if (!current) return "notNow";
      await parts.guide.mark(current.id, message.step, message.done);
      return null;
    }
    case "retry":
      parts.send(true);
      return null;
    case "pause":
    case "resume":
    case "stop":
      return act(parts, message.type);
    default:
      return obeyPerson(parts, message);
  }
}

async function start(parts: Parts, wish: Start): Promise<Refusal> {
  const enrolled = await enrolment(parts);
  if (!enrolled) return "notEnrolled";
  if (await parts.ledger.current()) return "alreadyRecording";
  const site = wish.site === null ? null : asHost(wish.site);
  if (site === undefined) return "badSite";
  if (!(await browser.permissions.contains(accessTo(site)))) {
    // The browser's question may close the popup; the start goes on when it is answered (accessGranted).
    if (wish.awaitAccess) await parts.memory.set({ [WAITING]: { wish, at: Date.now() } });
    return "notNow";
  }
  const { review } = await study(parts, enrolled);
  const now = Date.now();
  const id = uuid7(now);
  await parts.memory.set({ [REMEMBERED]: id });
  await parts.memory.remove(WAITING);
  await chooseSite(parts, site);
  await parts.echo.clear();
  // What is known of the tabs belongs to the session before.
  for (const tab of await parts.tabs.tabs()) await parts.tabs.drop(tab);
  const wanted = await settings(parts);
  // What they named is in the memory before any page is recorded.
  await parts.echo.add(wanted.details);
  const header = { id, ...(await sessionHeader(now, await agree(parts, wish.scopes, now))), ...taskOf(wish, await parts.echo.scrubber()) };
  await carryOut(parts, () => parts.ledger.begin(header, wanted.review || review));
  return null;
}

/** The participant allowed access to the sites. */
export async function accessGranted(parts: Parts): Promise<void> {
  const waiting = (await parts.memory.get(WAITING))[WAITING] as
    | { wish: Start; at: number }
    | undefined;
  if (waiting && Date.now() - waiting.at < MAX_WAIT_MS) await start(parts, waiting.wish);
}

/** The participant took access away: what may not be seen any more is not recorded as if it could. */
export async function accessRemoved(parts: Parts): Promise<void> {
  const current = await parts.ledger.current();
  if (current?.record.phase !== "recording") return;
  if (!(await browser.permissions.contains(await accessNeeded(parts)))) await act(parts, "pause");
}

async function act(parts: Parts, what: "pause" | "resume" | "stop"): Promise<Refusal> {
  const current = await parts.ledger.current();
  if (!current) return "notNow";
  if (what === "resume" && !(await browser.permissions.contains(await accessNeeded(parts)))) return "notNow";
  const at = Date.now();
  const page = await lastPage(parts);
  if (what === "stop") await keepLastFrame(parts, current.id, at);
  const done = await carryOut(parts, () =>
    parts.ledger.act(
      current.id,
      what === "pause" ? { do: what, at, because: "paused" } : { do: what, at },
      (gap) => ({ ...page, time: at, type: "gap", run: parts.run, gap }),
    ),
  );
  if (!done) return "notNow";
  parts.send();
  return null;
}

/** The newest frame shows what the last action led to; no action follows that it could be bound to. */
async function keepLastFrame(parts: Parts, session: string, at: number): Promise<void> {
  const newest = (await Promise.all((await parts.tabs.tabs()).map(async (tab) => ({ tab, ...(await parts.tabs.entry(tab)) }))))
    .filter((entry) => entry.frame?.bound === false && entry.frame.document === entry.document)
    .sort((a, b) => (b.frame?.takenAt ?? 0) - (a.frame?.takenAt ?? 0))[0];
  if (!newest?.frame || !newest.page) return;
  const { tab, page, frame } = newest;
  frame.bound = true;
  await parts.ledger.append(session, [
    {
      tab,
      frame: "0",
      document: frame.document,
      page,
      time: at,
      type: "screenshot",
      run: parts.run,
      screenshot: { id: frame.image, age_ms: Math.max(0, at - frame.takenAt), ...(frame.changed && { stale: true }) },
    },
  ]);
}

/**
 * After every start of the worker: the browser may have been closed, or the extension updated, in mid-session; or the worker
 * before this one was stopped while it carried something out.
 */
export async function recover(parts: Parts): Promise<void> {
  const current = await parts.ledger.current();
  const remembered = (await parts.memory.get(REMEMBERED))[REMEMBERED];
  if (!current || remembered === current.id) {
    await finishCarryingOut(parts);
    return;
  }
  const at = Date.now();
  const page = await lastPage(parts);
  await carryOut(parts, () =>
    parts.ledger.act(current.id, { do: "browserClosed", at }, (gap) => ({ ...page, time: at, type: "gap", run: parts.run, gap })),
  );
}

/** Pauses because nothing more can be kept. */
export async function pauseFull(parts: Parts, session: string): Promise<void> {
  const at = Date.now();
  const page = await lastPage(parts);
  await carryOut(parts, () =>
    parts.ledger.act(session, { do: "pause", at, because: "storage_full" }, (gap) => ({ ...page, time: at, type: "gap", run: parts.run, gap })),
  );
}

async function sessionHeader(now: number, consent: Consent): Promise<Omit<Session, "id" | "task">> {
  const agent = /(Chromium|Chrome|Firefox|Edg)\/(\d+)/.exec(navigator.userAgent);
  const { os } = await browser.runtime.getPlatformInfo();
  return {
    started_at: now,
    consent,
    client: {
      name: "codesight-extension",
      version: browser.runtime.getManifest().version,
      ...(agent && { browser: `${agent[1] ?? ""} ${agent[2] ?? ""}` }),
      platform: os,
      lang: navigator.language,
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
  };
}

/** The task in the participant's words, without what is private in them. */
function taskOf({ title, steps }: Start, scrubber: Scrubber): Pick<Session, "task"> {
  const clean = steps.map((step) => scrubber.text(step).slice(0, MAX_STEP));
  const named = scrubber.text(title.trim()) || clean[0];
  if (named === undefined) return {};
  return { task: { title: named.slice(0, MAX_TITLE), ...(clean.length > 0 && { steps: clean }) } };
}

/** Where the participant was last, for an event that no page reports. */
export async function lastPage(parts: Parts, tab?: number): Promise<Pick<Unnumbered, "tab" | "frame" | "page">> {
  const active = tab ?? (await browser.tabs.query({ active: true, lastFocusedWindow: true }))[0]?.id ?? 0;
  const { page } = await parts.tabs.entry(active);
  return { tab: Math.max(0, active), frame: "0", page: page ?? BLANK };
}

/** A page of which nothing is said. */
export const BLANK: Page = {
  url: "about:blank",
  title: "",
  viewport: { width: 0, height: 0, dpr: 1, zoom: 1 },
  scroll: { x: 0, y: 0 },
};
