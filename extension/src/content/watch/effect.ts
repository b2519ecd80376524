// What an action caused, told once the page has come to rest: a dialog, a download, changed parts of the page, or nothing. A
// navigation tells of itself. What the next action cuts short is told only where something was seen already.

import type { EffectDetail } from "../../event/types";
import { LOOKAHEAD } from "../../privacy/clean";
import { isElement, isRendered, visibleText } from "../../target/dom";
import { boxOf } from "../../target/geometry";
import { Changes } from "../changes";
import { isTypedInto } from "../fields";
import type { Report } from "../recorder";
import { type Watch, afterRest } from "./watch";

/** Actions that are meant to cause something. */
const CAUSES = new Set<Report["type"]>(["click", "key", "select", "submit", "drop"]);
/** The page rests when it has not changed for this long. */
const REST_MS = 300;
/** A shop that has shown nothing by then is taken to do nothing. */
const NOTHING_MS = 1500;
/** A press that has made no action by then makes none. */
const PRESS_MS = 1000;
/** A page that never rests is looked at after this long. */
const MAX_MS = 3000;
const DIALOGS = "dialog[open],[role=dialog],[role=alertdialog],[aria-modal=true]";
const MAX_MESSAGE = 2000 + LOOKAHEAD;
const SIGNS = ["toggle", "play", "pause", "input", "change"] as const;

interface Watched {
  began: number;
  address: string;
  /** The click was on a link that says that it is a download. */
  download: boolean;
}

export function watchEffects({ recorder, on, signal }: Watch): void {
  const { document } = recorder;
  const changes = new Changes();
  let dialogs = new Set<Element>();
  let watched: Watched | undefined;
  let scrolled = false;
  /** The browser asked for another page: what comes of it, a page, a download or an error, is not seen from here. */
  let leaving = false;
  /** Something was told of this press. What else is reported of it, such as the choice that a click makes, is the same. */
  let told = false;
  let pressed: Element | undefined;

  const take = (records: readonly MutationRecord[]): void => {
    changes.take(records);
    if (watched) rest.touch();
  };
  recorder.stillness.watchers.add(take);
  signal.addEventListener("abort", () => { recorder.stillness.watchers.delete(take); });

  /** Looks at what came of the action. early: the next one is coming, so that nothing seen says nothing. */
  const look = (early: boolean): void => {
    const done = watched;
    if (!done) return;
    recorder.stillness.sync();
    const age = performance.now() - done.began;
    let effect = document.location.href === done.address ? effectOf(done) : undefined;
    if (effect?.kind === "none" && leaving) effect = undefined;
    if (effect?.kind === "none" && !early && age < NOTHING_MS) {
      rest.touch();
      return;
    }
    end();
    if (!effect || (early && effect.kind === "none")) return;
    told = true;
    recorder.report({ type: "effect", effect: { ...effect, after_ms: Math.round(age) } }, { urgent: false });
  };
  const rest = afterRest(() => { look(false); }, REST_MS);
  recorder.pending.push(() => { look(true); });

  function end(): void {
    rest.cancel();
    watched = undefined;
    changes.end();
  }

  function effectOf({ download }: Watched): EffectDetail {
    const place = recorder.place();
    tellClosed();
    const opened = openDialogs(document).filter((d) => !dialogs.has(d));
    for (const dialog of opened) tellOpened(dialog);
    if (opened.length > 0) return { kind: "dialog", regions: opened.map((d) => boxOf(d, place)).slice(0, 20) };
    const regions = changes.regions(place);
    if (regions.length > 0) return { kind: "changed", regions };
    if (download) return { kind: "download" };
    return { kind: scrolled ? "changed" : "none" };
  }

  /** A dialog of the page's own making. The element made for it says so itself. */
  function tellOpened(dialog: Element): void {
    dialogs.add(dialog);
    if (dialog.localName === "dialog") return;
    const message = visibleText(dialog, MAX_MESSAGE);
    recorder.report({ type: "dialog", dialog: { kind: "modal", action: "opened", message } }, { seen: recorder.see(dialog), urgent: false });
  }

  /** How a dialog of the page's own making was answered, it does not say. */
  function tellClosed(): void {
    for (const dialog of dialogs) {
      if (isShown(dialog)) continue;
      dialogs.delete(dialog);
      if (dialog.localName === "dialog") continue;
      recorder.report({ type: "dialog", dialog: { kind: "modal", action: "dismissed" } }, { seen: recorder.see(dialog), urgent: false });
    }
  }

  const idle = afterRest(() => { if (!watched) changes.end(); }, PRESS_MS);
  const press = (event: Event): void => {
    look(true);
    idle.touch();
    recorder.stillness.sync();
    changes.begin();
    scrolled = false;
    leaving = false;
    told = false;
    pressed = event.composedPath().find(isElement);
    tellClosed();
    dialogs = new Set(openDialogs(document));
  };
  on("pointerdown", press);
  on("keydown", press);
  recorder.reported.push(({ type }) => {
    if (!CAUSES.has(type) || told) return;
    if (!changes.collecting) changes.begin();
    const download = type === "click" && Boolean(pressed?.closest("a[download]"));
    watched = { began: performance.now(), address: document.location.href, download };
    rest.touch();
    setTimeout(() => { if (performance.now() - (watched?.began ?? Infinity) >= MAX_MS - 1) look(false); }, MAX_MS);
  });

  for (const sign of SIGNS) {
    on(sign, (event) => {
      // What was typed is announced when its field is left.
      const [changed] = event.composedPath();
      if (!isElement(changed) || !isTypedInto(changed)) touch(event);
    });
  }
  on("focusin", (event) => {
    // A press moves the focus to what was pressed, which is no effect but in a field.
    const [focused] = event.composedPath();
    if (isElement(focused) && (isTypedInto(focused) || pressed?.contains(focused) !== true) && !focused.contains(pressed ?? null)) touch(event);
  });
  on("scroll", () => {
    scrolled = true;
    if (watched) rest.touch();
  });
  on("beforeunload", () => (leaving = true));
  on("pagehide", end);

  function touch(event: Event): void {
    const [target] = event.composedPath();
    if (isElement(target)) changes.touch(target);
    if (watched) rest.touch();
  }
}

/** The dialogs that are shown. */
function openDialogs(document: Document): Element[] {
  return [...document.querySelectorAll(DIALOGS)].filter(isShown);
}

function isShown(element: Element): boolean {
  return element.isConnected && isRendered(element) && element.getBoundingClientRect().height > 0;
}
