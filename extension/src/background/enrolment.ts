// Where recordings are sent to, and with which key. Both are tried on the server before they are kept, so that a wrong
// one is told while the participant still has it at hand.

import { Http } from "../uplink/http";
import { Problem, Stranger, Unreachable } from "../uplink/transport";
import type { Refusal } from "../messages";
import type { Parts } from "./parts";
import { keys } from "./storage";

/** Where to send to. */
export interface Enrolment {
  server: string;
  key: string;
}

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

export async function leave({ local }: Needs): Promise<Refusal> {
  await local.remove([keys.enrolment, keys.uplink]);
  return null;
}

async function keep({ local, send, sent }: Needs, wanted: Enrolment, fetcher?: typeof fetch): Promise<Refusal> {
  if (!/^cs_[0-9A-Za-z]+_[0-9A-Za-z_-]+$/.test(wanted.key)) return "badKey";
  const refusal = await tryOut(wanted, fetcher, sent);
  if (refusal !== null) return refusal;
  await local.set({ [keys.enrolment]: wanted });
  await local.remove(keys.uplink);
  send(true);
  return null;
}

/** Asks the server whether it takes the key. */
async function tryOut({ server, key }: Enrolment, fetcher?: typeof fetch, log?: Parts["sent"]): Promise<Refusal> {
  try {
    await new Http(server, key, fetcher, (sent) => log?.note(sent)).check();
    return null;
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
