// "What leaves my browser": the messages as they were sent.

import type { SentEntry } from "../../background/sent-log";
import { by, clock, fillTexts, make, show } from "../../pages/dom";
import { ask, follow } from "../../pages/worker";
import { strings } from "../../strings";

const words = strings.sent;
/** Entries that are shown already, by number: what is open stays open. */
const shown = new Set<number>();

async function render(): Promise<void> {
  const entries = ((await ask({ to: "worker", type: "ask", about: "sent" })) as SentEntry[] | undefined) ?? [];
  show("none", entries.length === 0);
  for (const entry of entries) {
    if (shown.has(entry.n)) continue;
    shown.add(entry.n);
    by("entries").prepend(element(entry));
  }
}

function element({ at, what, size, text, cut }: SentEntry): HTMLElement {
  const said = text === undefined ? words.image(Math.ceil(size / 1024)) : text + (cut ? `\n… ${words.cut}` : "");
  const [path = "", query] = what.split("?");
  const body = query === undefined ? said : `${what}\n\n${said}`;
  // A region that scrolls must be reached by the keyboard.
  return make("details", {}, make("summary", {}, words.entry(clock(at), path, size)), make("pre", { tabindex: "0" }, body));
}

fillTexts();
follow(() => void render());
