// What helps the participant while it records: which steps of the task were seen, and a hint about what they did last. Kept
// in the browser's memory, for the session that records; nothing of it is sent.

import type { Event, Task } from "../event/types";
import type { Unnumbered } from "./ledger";
import type { StorageArea } from "./storage";

/** Something about the last thing that was done. */
export interface Hint {
  /** nothing: the click did nothing that could be seen; hidden: what was typed was taken out. */
  kind: "nothing" | "hidden";
  /** What was clicked or typed into, as recorded; "" where it has no name. */
  name: string;
}

interface Kept {
  session: string;
  /** By place in the task's steps: true where done, false where the participant says that it is not. */
  marks: Record<number, boolean>;
  hint?: Hint;
  /** Name of the element that was clicked, where a click was the last act. */
  clicked?: string;
}

const KEY = "guide";
const ACTS = new Set<Event["type"]>(["click", "input", "select", "submit", "key", "drop", "touch"]);

export class Guide {
  readonly #area: StorageArea;
  #kept: Kept | undefined;

  constructor(area: StorageArea) {
    this.#area = area;
  }

  /** Which steps are done, and the hint, of one session. */
  async of(session: string, task: Task | undefined): Promise<{ done: boolean[]; hint: Hint | null }> {
    const { marks, hint } = await this.#load(session);
    return { done: (task?.steps ?? []).map((_, i) => marks[i] === true), hint: hint ?? null };
  }

  /** The participant says whether a step is done, which counts more than what was seen. */
  async mark(session: string, step: number, done: boolean): Promise<void> {
    const kept = await this.#load(session);
    await this.#save({ ...kept, marks: { ...kept.marks, [step]: done } });
  }

  /** Looks at what was recorded just now. */
  async notice(session: string, task: Task | undefined, events: readonly Unnumbered[]): Promise<void> {
    const before = await this.#load(session);
    let now = before;
    for (const event of events) now = after(now, task?.steps ?? [], event);
    if (now !== before) await this.#save(now);
  }

  async #load(session: string): Promise<Kept> {
    this.#kept ??= (await this.#area.get(KEY))[KEY] as Kept | undefined;
    if (this.#kept?.session !== session) this.#kept = { session, marks: {} };
    return this.#kept;
  }

  async #save(kept: Kept): Promise<void> {
    this.#kept = kept;
    await this.#area.set({ [KEY]: kept });
  }
}

/** What is known after one more event; the same object where it says nothing new. */
function after(kept: Kept, steps: readonly string[], event: Unnumbered): Kept {
  let now = kept;
  if (ACTS.has(event.type)) {
    now = { session: kept.session, marks: kept.marks };
    const name = nameOf(event);
    if (event.type === "click") now.clicked = name;
    if (event.input?.private) now.hint = { kind: "hidden", name };
  }
  // A click's effect comes behind it; what is told of other acts is no dead click.
  if (event.effect?.kind === "none" && kept.clicked !== undefined) now = { ...now, hint: { kind: "nothing", name: kept.clicked } };
  const seen = steps.flatMap((step, i) => (kept.marks[i] === undefined && isSeen(step, event) ? [[i, true] as const] : []));
  return seen.length > 0 ? { ...now, marks: { ...now.marks, ...Object.fromEntries(seen) } } : now;
}

function nameOf({ target }: Pick<Unnumbered, "target">): string {
  return target?.name ?? target?.text ?? "";
}

/**
 * Whether an event shows that a step was done, as far as the step's own words tell: it names in quotes what was acted on
 * (Press "Add to cart"), or it names the site that was opened (Go to shop.example). Any other step is for the participant to tick.
 */
export function isSeen(step: string, event: Pick<Unnumbered, "type" | "target" | "page">): boolean {
  const name = asWords(nameOf(event));
  if (ACTS.has(event.type) && name !== "" && quoted(step).includes(name)) return true;
  if (event.type !== "navigation") return false;
  const host = URL.parse(event.page.url)?.hostname ?? "";
  return hosts(step).some((named) => host === named || host.endsWith(`.${named}`));
}

const QUOTES = /["“”„«»']([^"“”„«»']{1,200})["“”„«»']/g;
const HOST = /(?:^|[\s(/])((?:[a-z0-9-]+\.)+[a-z]{2,24})(?=$|[\s),;:/.!?])/gi;

function quoted(step: string): string[] {
  return [...step.matchAll(QUOTES)].map(([, text]) => asWords(text ?? ""));
}

function hosts(step: string): string[] {
  return [...step.matchAll(HOST)].map(([, host]) => (host ?? "").toLowerCase().replace(/^www\./, ""));
}

function asWords(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}
