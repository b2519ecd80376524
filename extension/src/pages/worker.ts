// A page's line to the worker, which owns all state.

import { browser } from "wxt/browser";
import type { View } from "../background/view";
import { type PopupMessage, type Refusal, VIEW_PORT } from "../messages";
import type { Question } from "../person-messages";
import { strings } from "../strings";
import { show, write } from "./dom";

/** Asks the worker to do something, and shows in #error why it could not. */
export async function act(message: PopupMessage): Promise<Refusal | "failed"> {
  const answer = (await browser.runtime.sendMessage(message).catch(() => "failed")) as Refusal | "failed" | undefined;
  const refusal = answer ?? null;
  write("error", refusal === null ? "" : strings.refusals[refusal]);
  show("error", refusal !== null);
  return refusal;
}

/** Asks the worker a question; undefined where there is no answer. The worker's answers are its own, so of their form. */
export async function ask(question: Question): Promise<unknown> {
  const answer: unknown = await browser.runtime.sendMessage(question).catch(() => undefined);
  // "No answer" arrives as null.
  return answer ?? undefined;
}

/** Calls back with the state now and after each change, for as long as the page is open. */
export function follow(render: (view: View) => void): void {
  const port = browser.runtime.connect({ name: VIEW_PORT });
  port.onMessage.addListener((message: unknown) => {
    render(message as View);
  });
  // The worker was stopped, which is its right: connecting wakes it.
  port.onDisconnect.addListener(() => {
    follow(render);
  });
}
