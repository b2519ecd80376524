// Where recordings are sent to, and with which key. Both are tried on the server before they are kept, so that a wrong
// one is told while the participant still has it at hand.

import { CHECK_TIMEOUT_MS, Http, type Study } from "../uplink/http";
import { Problem, Stranger, Unreachable } from "../uplink/transport";
import type { Refusal } from "../messages";
import type { Parts } from "./parts";
import { keys } from "./storage";

/** Where to send to, and what the study asked for last. */
export interface Enrolment extends Study {
  server: string;
  key: string;
}

/** A recording that is started waits no longer than this for the study's word. */
const START_TIMEOUT_MS = 2000;

/** What enrolling needs of the worker. */
type Needs = Pick<Parts, "local" | "send"> & Partial<Pick<Parts, "sent">>;

export async function enrolment({ local }: Pick<Parts, "local">): Promise<Enrolment | undefined> {
  return (await local.get(keys.enrolment))[keys.enrolment] as Enrolment | undefined;
}

/** Connects to a server; the answer is null or why not. */
export async function enrol(needs: Needs, server: string, key: string, fetcher?: typeof fetch): Promise<Refusal> {
  const url = URL.parse(server.trim());
  if (!url || !isSafe(url)) return "badServer";
  return keep(needs, { server: url.origin + url.pathname.replace(/\/+$/, ""), key: key.trim() }, fetcher);
}

/** Takes a new key for the same server: the study has replaced the old one, maybe in mid-recording. */
export async function renewKey(needs: Needs, key: string, fetcher?: typeof fetch): Promise<Refusal> {
  const before = await enrolment(needs);
  return before ? keep(needs, { server: before.server, key: key.trim() }, fetcher) : "notEnrolled";
}

/** What the study asks for now. Where it does not answer at once, what it asked for last still holds. */
export async function study(needs: Needs, known: Enrolment, fetcher?: typeof fetch): Promise<Study> {
  try {
    const { review } = await http(needs, known, fetcher).study(START_TIMEOUT_MS);
    if (review !== known.review) await needs.local.set({ [keys.enrolment]: { ...known, review } });
    return { review };
  } catch {
    return known;
  }
}

export async function leave({ local }: Needs): Promise<Refusal> {
  await local.remove([keys.enrolment, keys.uplink]);
  return null;
}

async function keep(needs: Needs, wanted: Omit<Enrolment, "review">, fetcher?: typeof fetch): Promise<Refusal> {
  if (!/^cs_[0-9A-Za-z]+_[0-9A-Za-z_-]+$/.test(wanted.key)) return "badKey";
  const found = await tryOut(needs, wanted, fetcher);
  if (typeof found === "string") return found;
  await needs.local.set({ [keys.enrolment]: { ...wanted, ...found } satisfies Enrolment });
  await needs.local.remove(keys.uplink);
  needs.send(true);
  return null;
}

function http({ sent: log }: Needs, { server, key }: Omit<Enrolment, "review">, fetcher?: typeof fetch): Http {
  return new Http(server, key, fetcher, (sent) => log?.note(sent));
}

/** Asks the server whether it takes the key, and what its study asks for. */
async function tryOut(needs: Needs, wanted: Omit<Enrolment, "review">, fetcher?: typeof fetch): Promise<Study | NonNullable<Refusal>> {
  try {
    return await http(needs, wanted, fetcher).study(CHECK_TIMEOUT_MS);
  } catch (error) {
    if (error instanceof Stranger) return "notOurServer";
    if (error instanceof Unreachable) return "noAnswer";
    if (!(error instanceof Problem)) throw error;
    return error.status === 401 || error.status === 403 ? "keyRefused" : "serverBusy";
  }
}

/** Recordings travel encrypted, except to this very machine. */
function isSafe(url: URL): boolean {
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") return false;
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && local);
}
