// The messages between the parts of the extension, and the checks at each boundary. Who sent a message, from which tab,
// frame and document, is what the browser says (MessageSender), never what the message says.

import { type PersonMessage, asPersonMessage } from "./person-messages";
import { isCount, isFields, isId, isText } from "./checks";
import { type Scope, asScopes } from "./consent";
import type { Content } from "./privacy/clean";
import type { Source } from "./senders";

/** A value that was typed into a private field. It lives in memory only. */
export interface Echo {
  value: string;
  /** What the field was for, in the words of its own attributes; helps to judge short values. */
  field: string;
  /** A beginning of the value that was told before: the field was left in mid-word, and no longer counts. */
  instead?: string;
}

/** One thing that a page hands over, numbered by the page's recorder from 1. */
export type Item =
  | { n: number; kind: "event"; event: Content; stamp: number }
  | { n: number; kind: "echo"; echo: Echo };

/** What the worker tells a page's recorder. */
export interface Orders {
  /** Id of the session that is being recorded; null: do not record. */
  session: string | null;
  screenshots: boolean;
  echo: Echo[];
  /** The browser's id of the frame that asked; not in what all are told. */
  frame?: number;
}

/** Messages of a page's recorder to the worker. */
export type PageMessage =
  | { to: "worker"; type: "hello" }
  | {
      to: "worker";
      type: "deliver";
      recorder: string;
      /** null: the page is being left before it was told which session is recorded. */
      session: string | null;
      items: readonly Item[];
    }
  | { to: "worker"; type: "settled"; stamp: number }
  | { to: "worker"; type: "changed"; stamp: number };

/** Answer to deliver: items up to this number are stored. */
export interface Delivered {
  stored: number;
}

/** Messages of the worker to a page's recorder. */
export type WorkerMessage = { to: "page"; type: "orders"; orders: Orders } | { to: "page"; type: "measure" };

/** What the courier hands to the worker for a page that may be gone by now. */
export interface Carried {
  to: "worker";
  type: "carried";
  source: Source;
  message: Extract<PageMessage, { type: "deliver" }>;
}

/** A rectangle to paint over, in CSS pixels of the viewport. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Answer to measure: what the page looks like now. */
export interface Measured {
  /** Changes with everything that may have changed the page's pixels. */
  stamp: number;
  /** The page is still, fully measured, and nothing that must be hidden is moving. */
  steady: boolean;
  width: number;
  height: number;
  dpr: number;
  scroll: { x: number; y: number };
  regions: Region[];
}

/** Messages of the popup to the worker. */
export type PopupMessage =
  | PersonMessage
  | { to: "worker"; type: "enrol"; server: string; key: string }
  | { to: "worker"; type: "renewKey"; key: string }
  | { to: "worker"; type: "leave" }
  | { to: "worker"; type: "start"; title: string; steps: string[]; site: string | null; scopes: Scope[]; awaitAccess: boolean }
  | { to: "worker"; type: "scopes"; scopes: Scope[] }
  | { to: "worker"; type: "mark"; step: number; done: boolean }
  | { to: "worker"; type: "pause" | "resume" | "stop" | "retry" };

/** Answer to every message of the popup: null, or why it could not be done (a key of the strings). */
export type Refusal =
  | "badServer"
  | "badKey"
  | "keyRefused"
  | "noAnswer"
  | "notOurServer"
  | "serverBusy"
  | "notEnrolled"
  | "alreadyRecording"
  | "notNow"
  | "badSite"
  | null;

/** Access to the pages that are recorded, asked for when a recording starts. */
export const ALL_SITES = { origins: ["<all_urls>"] };
/** Name of the port on which the popup is told what to show. */
export const VIEW_PORT = "view";
/** Name of the port on which pages that are left hand over what the worker has not answered for. */
export const COURIER_PORT = "courier";
/** The courier's page in the extension. */
export const COURIER_PATH = "/courier.html";
/** A page hands over at most this many items at once. */
export const MAX_ITEMS = 64;
/** As many steps a task may have, and as long each may be (event.schema.json). */
export const MAX_STEPS = 50;
export const MAX_STEP = 500;
/** A larger value is no name and no address; the field is private all the same. */
export const MAX_ECHO = 1000;
/** A session in which more different private values are typed than this is not a person's: from then on all is withheld. */
export const MAX_ECHOES = 500;

/** An origin, or the address of a frame without one, is not longer. */
const MAX_ORIGIN = 4096;

/** The message of a page, or undefined where it is none. Events in it are checked one by one when they are stored. */
export function asPageMessage(value: unknown): PageMessage | undefined {
  if (!isFields(value) || value["to"] !== "worker") return undefined;
  switch (value["type"]) {
    case "hello":
      return { to: "worker", type: "hello" };
    case "settled":
    case "changed":
      return isCount(value["stamp"]) ? { to: "worker", type: value["type"], stamp: value["stamp"] } : undefined;
    case "deliver": {
      const { recorder, session, items } = value;
      if (!isId(recorder) || (session !== null && !isId(session)) || !Array.isArray(items) || items.length > MAX_ITEMS) return undefined;
      const checked = items.map(asItem);
      return checked.every((item) => item !== undefined)
        ? { to: "worker", type: "deliver", recorder, session, items: checked }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** What the courier carries, or undefined where it is none. */
export function asCarried(value: unknown): Carried | undefined {
  if (!isFields(value) || value["to"] !== "worker" || value["type"] !== "carried" || !isFields(value["source"])) return undefined;
  const { tab, frame, document, origin } = value["source"];
  const message = asPageMessage(value["message"]);
  if (!isCount(tab) || !isCount(frame) || !isText(document, 64) || !isText(origin, MAX_ORIGIN) || message?.type !== "deliver") return undefined;
  return { to: "worker", type: "carried", source: { tab, frame, document, origin }, message };
}

function asItem(value: unknown): Item | undefined {
  if (!isFields(value) || !isCount(value["n"]) || value["n"] === 0) return undefined;
  const { n, kind, event, stamp, echo } = value;
  if (kind === "event" && isFields(event) && isCount(stamp)) {
    return { n, kind, event: event as unknown as Content, stamp };
  }
  if (kind === "echo" && isFields(echo) && isText(echo["value"], MAX_ECHO) && isText(echo["field"], MAX_ECHO)) {
    const { value: typed, field, instead } = echo;
    return { n, kind, echo: { value: typed, field, ...(isText(instead, MAX_ECHO) && { instead }) } };
  }
  return undefined;
}

/** The message of the worker to a page, or undefined where it is none. */
export function asWorkerMessage(value: unknown): WorkerMessage | undefined {
  if (!isFields(value) || value["to"] !== "page") return undefined;
  if (value["type"] === "measure") return { to: "page", type: "measure" };
  const orders = value["type"] === "orders" ? asOrders(value["orders"]) : undefined;
  return orders && { to: "page", type: "orders", orders };
}

/** Orders, or undefined where the value is none. */
export function asOrders(value: unknown): Orders | undefined {
  if (!isFields(value)) return undefined;
  const { session, screenshots, echo, frame } = value;
  if ((session !== null && !isId(session)) || typeof screenshots !== "boolean" || !Array.isArray(echo)) return undefined;
  if (frame !== undefined && !isCount(frame)) return undefined;
  const valid = echo.every((e) => isFields(e) && isText(e["value"], MAX_ECHO) && isText(e["field"], MAX_ECHO));
  return valid ? { session, screenshots, echo: echo as Echo[], ...(frame !== undefined && { frame }) } : undefined;
}

/** The answer to deliver, or undefined. */
export function asDelivered(value: unknown): Delivered | undefined {
  return isFields(value) && isCount(value["stored"]) ? { stored: value["stored"] } : undefined;
}

/** The answer to measure, or undefined. */
export function asMeasured(value: unknown): Measured | undefined {
  if (!isFields(value) || !isCount(value["stamp"]) || typeof value["steady"] !== "boolean") return undefined;
  const numbers = [value["width"], value["height"], value["dpr"]];
  if (!numbers.every((n) => Number.isFinite(n) && (n as number) > 0)) return undefined;
  return Array.isArray(value["regions"]) && isFields(value["scroll"]) ? (value as unknown as Measured) : undefined;
}

/** The message of the popup, or undefined where it is none. */
export function asPopupMessage(value: unknown): PopupMessage | undefined {
  if (!isFields(value) || value["to"] !== "worker") return undefined;
  const { type, server, key, title, steps, step, done, site, awaitAccess } = value;
  const scopes = asScopes(value["scopes"]);
  switch (type) {
    case "enrol":
      return isText(server, 2000) && isText(key, 500) ? { to: "worker", type, server, key } : undefined;
    case "renewKey":
      return isText(key, 500) ? { to: "worker", type, key } : undefined;
    case "start":
      return isText(title, 300) && isSteps(steps) && (site === null || isText(site, 2000)) && scopes && typeof awaitAccess === "boolean"
        ? { to: "worker", type, title, steps, site, scopes, awaitAccess }
        : undefined;
    case "scopes":
      return scopes && { to: "worker", type, scopes };
    case "mark":
      return isCount(step) && step < MAX_STEPS && typeof done === "boolean" ? { to: "worker", type, step, done } : undefined;
    case "leave":
    case "pause":
    case "resume":
    case "stop":
    case "retry":
      return { to: "worker", type };
    default:
      return asPersonMessage(value);
  }
}

function isSteps(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= MAX_STEPS && value.every((step) => isText(step, MAX_STEP) && step !== "");
}
