// The popup: shows what the worker says and asks it to act. It keeps no state of its own.

import { browser } from "wxt/browser";
import type { View } from "../../background/view";
import { ALL_SITES, type PopupMessage, type Refusal, VIEW_PORT } from "../../messages";
import { strings } from "../../strings";

function by(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the popup has no ${id}`);
  return found;
}

function input(id: string): HTMLInputElement {
  return by(id) as HTMLInputElement;
}

function show(id: string, shown: boolean): void {
  by(id).hidden = !shown;
}

function write(id: string, text: string): void {
  const element = by(id);
  // The same text again would be read out again.
  if (element.textContent !== text) element.textContent = text;
}

function render(view: View): void {
  const { state, counts } = view;
  const running = state === "recording" || state === "paused";
  document.body.dataset["state"] = state;
  write("state", strings.states[state]);
  show("begin", view.server !== null && !running);
  show("running", running);
  show("pause", state === "recording");
  show("resume", state === "paused");
  write("task", view.title);
  show("task", view.title !== "");
  write("since", strings.since(new Date(view.startedAt).toLocaleTimeString([], { timeStyle: "short" })));
  show("counts", state !== "idle");
  write("queued", String(counts.queued));
  write("sent", String(counts.sent));
  write("refused", String(counts.refused));
  write("images", strings.imagesValue(counts.imagesSent, counts.imagesQueued));
  renderDone(view);
  const trouble = renderTrouble(view);
  renderEnrol(view.server === null, trouble === "unauthorized");
  const percent = Math.round(view.used * 100);
  show("fullness", percent >= 50);
  write("fullness", strings.fullness(percent));
  show("connection", view.server !== null);
  write("connected", view.server === null ? "" : strings.connectedTo(new URL(view.server).host));
  show("leave", !running);
}

/** The whole form, or what a new key needs of it: that may be in mid-recording, to the same study. */
function renderEnrol(isNew: boolean, needsKey: boolean): void {
  show("enrol", isNew || needsKey);
  show("study", isNew);
  input("server").disabled = !isNew;
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

async function ask(message: PopupMessage): Promise<Refusal | "failed"> {
  const answer = (await browser.runtime.sendMessage(message).catch(() => "failed")) as Refusal | "failed" | undefined;
  const refusal = answer ?? null;
  write("error", refusal === null ? "" : strings.refusals[refusal]);
  show("error", refusal !== null);
  return refusal;
}

/** The worker tries the key on the server, which may take some seconds. A key that was refused stays, to be mended. */
async function enrol(): Promise<void> {
  const server = input("server");
  const key = input("key");
  const connect = by("connect") as HTMLButtonElement;
  connect.disabled = true;
  write("connect", strings.connecting);
  write("error", "");
  show("error", false);
  const to = "worker";
  const refusal = await ask(
    server.disabled ? { to, type: "renewKey", key: key.value } : { to, type: "enrol", server: server.value, key: key.value },
  );
  write("connect", strings.enrol);
  connect.disabled = false;
  if (refusal === null) key.value = "";
}

async function start(): Promise<void> {
  const allowed = await browser.permissions.contains(ALL_SITES);
  const wish: PopupMessage = {
    to: "worker",
    type: "start",
    title: input("title").value,
    screenshots: input("screenshots").checked,
    awaitAccess: !allowed,
  };
  if (!allowed) {
    // The worker starts by itself once access is given: the browser's question may close this window.
    await browser.runtime.sendMessage(wish).catch(() => undefined);
    if (!(await browser.permissions.request(ALL_SITES))) {
      write("error", strings.refusals.notNow);
      show("error", true);
    }
    return;
  }
  await ask(wish);
}

function fillTexts(): void {
  const text = (name: string | undefined): string => {
    const value: unknown = name === undefined ? undefined : strings[name as keyof typeof strings];
    return typeof value === "string" ? value : "";
  };
  for (const element of document.querySelectorAll<HTMLElement>("[data-text]")) {
    element.textContent = text(element.dataset["text"]);
  }
  for (const element of document.querySelectorAll<HTMLInputElement>("[data-placeholder]")) {
    element.placeholder = text(element.dataset["placeholder"]);
  }
}

function follow(): void {
  const port = browser.runtime.connect({ name: VIEW_PORT });
  port.onMessage.addListener((message: unknown) => {
    render(message as View);
  });
  // The worker was stopped, which is its right: connecting wakes it.
  port.onDisconnect.addListener(follow);
}

fillTexts();
by("enrol").addEventListener("submit", (event) => {
  event.preventDefault();
  void enrol();
});
by("begin").addEventListener("submit", (event) => {
  event.preventDefault();
  void start();
});
for (const act of ["pause", "resume", "stop", "retry", "leave"] as const) {
  by(act).addEventListener("click", () => void ask({ to: "worker", type: act }));
}
follow();
