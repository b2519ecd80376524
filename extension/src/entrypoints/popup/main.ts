// The popup and the side panel: show what the worker says and ask it to act. They keep no state of their own.

import { browser } from "wxt/browser";
import { accessTo, asHost } from "../../background/sites";
import type { View } from "../../background/view";
import { MAX_STEP, MAX_STEPS, type PopupMessage } from "../../messages";
import { by, fillTexts, input, keepFocus, make, show, write } from "../../pages/dom";
import { fillEnrolForm, renderEnrol } from "../../pages/enrol";
import { fillScopes, renderScopes, scopesChosen } from "../../pages/scopes";
import { act, follow } from "../../pages/worker";
import { strings } from "../../strings";

function render(view: View): void {
  keepFocus(() => {
    renderView(view);
  });
}

function renderView(view: View): void {
  const { state, counts } = view;
  const running = state === "recording" || state === "paused";
  document.body.dataset["state"] = state;
  write("state", strings.states[state]);
  show("begin", view.server !== null && !running);
  show("must-review", view.mustReview);
  show("running", running);
  show("pause", state === "recording");
  show("resume", state === "paused");
  write("task", view.title);
  show("task", view.title !== "");
  write("since", strings.since(new Date(view.startedAt).toLocaleTimeString([], { timeStyle: "short" })));
  write("agreed", strings.consent.given(view.scopes.map((scope) => strings.consent.scopes[scope]).join(" · ")));
  if (!running) renderScopes(view.scopes);
  renderHint(view);
  renderSteps(view);
  write("stop", view.review === null ? strings.stop : strings.stopAndReview);
  show("look", view.review !== null && !running);
  by("look-link").setAttribute("href", `/review.html?id=${view.review ?? ""}`);
  show("counts", state !== "idle");
  show("refused-help", state !== "idle" && counts.refused > 0);
  write("queued", String(counts.queued));
  write("sent", String(counts.sent));
  write("refused", String(counts.refused));
  write("images", strings.imagesValue(counts.imagesSent, counts.imagesQueued));
  renderDone(view);
  const trouble = renderTrouble(view);
  renderEnrol(view.server === null, trouble === "unauthorized");
  const percent = Math.round(view.used * 100);
  show("fullness", percent >= 50 || view.noPictures);
  write("fullness", `${strings.fullness(percent)}${view.noPictures ? ` ${strings.noPictures}` : ""}`);
  show("connection", view.server !== null);
  write("connected", view.server === null ? "" : strings.connectedTo(new URL(view.server).host));
  show("leave", !running);
}

function renderHint({ hint, state }: View): void {
  const shown = hint !== null && state === "recording";
  show("hint", shown);
  write("hint", shown ? strings.hints[hint.kind](hint.name) : "");
}

/** The steps of the task. Boxes that are there already stay, and with them the focus. */
function renderSteps({ steps }: View): void {
  show("steps", steps.length > 0);
  const list = by("step-list");
  if (list.children.length !== steps.length) list.replaceChildren(...steps.map(({ text }, i) => stepItem(text, i)));
  steps.forEach(({ text, done }, i) => {
    const [label, box] = [list.children[i]?.querySelector("span"), list.children[i]?.querySelector("input")];
    if (label && label.textContent !== text) label.textContent = text;
    if (box) box.checked = done;
  });
  const next = steps.findIndex(({ done }) => !done);
  write("not-seen", next < 0 ? strings.stepsDone : strings.stepNotSeen(next + 1, steps.length));
}

function stepItem(text: string, step: number): HTMLLIElement {
  const box = make("input", { type: "checkbox" });
  box.addEventListener("change", () => void act({ to: "worker", type: "mark", step, done: box.checked }));
  return make("li", {}, make("label", { class: "check" }, box, make("span", {}, text)));
}

function renderDone({ state, previous }: View): void {
  show("done", state === "idle" && previous !== null);
  if (previous === null) return;
  const text = strings.done(previous.steps, previous.imagesSent);
  write("done", previous.endedBecause === "browser_closed" ? `${strings.doneClosed} ${text}` : text);
}

function renderTrouble({ health, pausedBecause, state }: View): keyof typeof strings.trouble | undefined {
  const kind = state === "idle" ? undefined : troubleOf(health.state, pausedBecause);
  show("trouble", kind !== undefined);
  if (kind === undefined) return undefined;
  const { title, text } = strings.trouble[kind];
  write("trouble-title", title);
  const waits = kind === "unreachable" || kind === "busy";
  write("trouble-text", waits ? `${text} ${waitText(health.retryAt - Date.now())}.` : text);
  return kind;
}

/** A refused key comes first: it is also why there is no more room. */
function troubleOf(health: View["health"]["state"], pausedBecause: string | null): keyof typeof strings.trouble | undefined {
  if (health === "unauthorized") return health;
  if (pausedBecause === "storage_full") return pausedBecause;
  return health === "ok" ? undefined : health;
}

function waitText(ms: number): string {
  if (ms <= 0) return strings.now;
  return ms < 90_000 ? strings.inSeconds(Math.ceil(ms / 1000)) : strings.inMinutes(Math.ceil(ms / 60_000));
}

async function start(): Promise<void> {
  const site = where.value === "site" ? asHost(input("site").value) : null;
  if (site === undefined) {
    refuse(strings.refusals.badSite);
    return;
  }
  const access = accessTo(site);
  const allowed = await browser.permissions.contains(access);
  const wish: PopupMessage = {
    to: "worker",
    type: "start",
    title: input("title").value,
    steps: stepsTyped(),
    site,
    scopes: scopesChosen(),
    awaitAccess: !allowed,
  };
  if (!allowed) {
    // The worker starts by itself once access is given: the browser's question may close this window.
    await browser.runtime.sendMessage(wish).catch(() => undefined);
    if (!(await browser.permissions.request(access))) refuse(strings.refusals.notNow);
    return;
  }
  await act(wish);
}

function stepsTyped(): string[] {
  const lines = (by("steps-text") as HTMLTextAreaElement).value.split("\n").map((line) => line.trim().slice(0, MAX_STEP));
  return lines.filter((line) => line !== "").slice(0, MAX_STEPS);
}

function refuse(why: string): void {
  write("error", why);
  show("error", true);
}

/** The site in the tab that the popup was opened over; the browser tells it then, and only then. */
async function proposeSite(): Promise<void> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  const field = input("site");
  if (field.value === "") field.value = (tab?.url === undefined ? undefined : asHost(tab.url)) ?? "";
}

fillTexts();
fillEnrolForm();
fillScopes();
const where = by("where") as HTMLSelectElement;
where.addEventListener("change", () => {
  show("one-site", where.value === "site");
});
void proposeSite();
by("begin").addEventListener("submit", (event) => {
  event.preventDefault();
  void start();
});
for (const type of ["pause", "resume", "stop", "retry", "leave"] as const) {
  by(type).addEventListener("click", () => void act({ to: "worker", type }));
}
// The same page is the popup, the side panel and, in a browser without a window, a tab.
const isPopup = browser.extension.getViews({ type: "popup" }).includes(window);
if (isPopup) document.body.dataset["place"] = "popup";
// Only Chromium has a side panel of this kind.
const panel = (browser as { sidePanel?: typeof browser.sidePanel }).sidePanel;
show("side", isPopup && panel !== undefined);
by("side").addEventListener("click", () => {
  // Must be called within the click itself, so what is needed for it is known before.
  if (ownWindow !== undefined) void panel?.open({ windowId: ownWindow }).then(() => { window.close(); });
});
let ownWindow: number | undefined;
void browser.windows.getCurrent().then(({ id }) => (ownWindow = id));
follow(render);
