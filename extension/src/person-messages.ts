// What the participant's own pages (settings, review) ask of the worker, and the checks of it. See messages.ts.

import { type Fields, isCount, isFields, isId, isText } from "./checks";
import type { Echo } from "./messages";

/** What the participant decides for all recordings. Kept in this browser; no part of it is ever sent. */
export interface Settings {
  /** Recordings wait to be looked through before they are sent. */
  review: boolean;
  /** Host names; their sub-domains are excluded, too. */
  excluded: string[];
  /** "My private details": values to take out wherever they show up, with what each is. */
  details: Echo[];
}

export type PersonMessage =
  | { to: "worker"; type: "settings"; settings: Settings }
  | { to: "worker"; type: "release" | "discard"; session: string }
  | { to: "worker"; type: "removeSpan"; session: string; from: number; until: number }
  | { to: "worker"; type: "mistake"; session: string; seq: number; mistake: boolean };

/** Questions, which change nothing. */
export type Question =
  | { to: "worker"; type: "ask"; about: "settings" | "sent" | "diagnostics" }
  | { to: "worker"; type: "ask"; about: "review" | "image"; id: string };

/** More than anybody lists by hand; each costs time in every scan. */
export const MAX_DETAILS = 100;
export const MAX_EXCLUDED = 200;
/** Longer is no name and no address. */
export const MAX_DETAIL = 300;
const MAX_HOST = 253;

const isSeq = (value: unknown): value is number => isCount(value) && value > 0;

/** The message, or undefined where it is none. */
export function asPersonMessage(value: unknown): PersonMessage | undefined {
  if (!isFields(value) || value["to"] !== "worker") return undefined;
  const { type, session, from, until, seq, mistake } = value;
  if (type === "settings") {
    const settings = asSettings(value["settings"]);
    return settings && { to: "worker", type, settings };
  }
  if (!isId(session)) return undefined;
  if (type === "release" || type === "discard") return { to: "worker", type, session };
  if (type === "removeSpan" && isSeq(from) && isSeq(until) && from <= until) return { to: "worker", type, session, from, until };
  if (type === "mistake" && isSeq(seq) && typeof mistake === "boolean") return { to: "worker", type, session, seq, mistake };
  return undefined;
}

/** The question, or undefined where it is none. */
export function asQuestion(value: unknown): Question | undefined {
  if (!isFields(value) || value["to"] !== "worker" || value["type"] !== "ask") return undefined;
  const { about, id } = value;
  if (about === "settings" || about === "sent" || about === "diagnostics") return { to: "worker", type: "ask", about };
  return (about === "review" || about === "image") && isId(id) ? { to: "worker", type: "ask", about, id } : undefined;
}

function asSettings(value: unknown): Settings | undefined {
  if (!isFields(value) || typeof value["review"] !== "boolean") return undefined;
  const { review, excluded, details } = value;
  if (!Array.isArray(excluded) || excluded.length > MAX_EXCLUDED || !excluded.every((e) => isText(e, MAX_HOST))) return undefined;
  if (!Array.isArray(details) || details.length > MAX_DETAILS) return undefined;
  const checked = details.filter(
    (d): d is Fields & Echo => isFields(d) && isText(d["value"], MAX_DETAIL) && d["value"] !== "" && isText(d["field"], MAX_DETAIL),
  );
  if (checked.length < details.length) return undefined;
  return { review, excluded, details: checked.map((d) => ({ value: d.value, field: d.field })) };
}
