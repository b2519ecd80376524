// Takes the popup's messages, and keeps it and the badge up to date.

import { browser, type Browser } from "wxt/browser";
import { VIEW_PORT, asPopupMessage } from "../messages";
import { asQuestion } from "../person-messages";
import { isOwnPage } from "../senders";
import { obey } from "./control";
import type { Parts } from "./parts";
import { answer as answerQuestion } from "./person";
import { showBadge, view } from "./view";

/** Changes within this time are shown together. */
const SHOW_DELAY_MS = 50;

export function servePopup(parts: Parts, ready: Promise<unknown>): void {
  const ports = new Set<Browser.runtime.Port>();
  const show = async (): Promise<void> => {
    await ready;
    const now = await view(parts);
    const trouble = ["unauthorized", "lost"].includes(now.health.state) || now.pausedBecause === "storage_full";
    await showBadge(now.state, trouble);
    for (const port of ports) port.postMessage(now);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  parts.changed = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void show();
    }, SHOW_DELAY_MS);
  };
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== VIEW_PORT || !isOwnPage(port.sender)) return;
    ports.add(port);
    port.onDisconnect.addListener(() => ports.delete(port));
    parts.changed();
  });
  browser.runtime.onMessage.addListener((raw: unknown, sender, answer: (value: unknown) => void) => {
    if (!isOwnPage(sender)) return false;
    const question = asQuestion(raw);
    if (question) {
      void ready
        .then(() => answerQuestion(parts, question))
        .then(answer, () => {
          answer(undefined);
        });
      return true;
    }
    const message = asPopupMessage(raw);
    if (!message) return false;
    void ready
      .then(() => obey(parts, message))
      .then(answer, () => {
        answer("notNow");
      })
      .then(parts.changed);
    return true;
  });
  parts.changed();
}
