// Runs the uplink in the worker: with the browser's alarms, because a timer dies with the worker.

import { browser } from "wxt/browser";
import { type Health, Uplink } from "../uplink/uplink";
import { Socket } from "../uplink/ws";
import { keepCourier } from "./courier";
import { enrolment } from "./enrolment";
import type { Parts } from "./parts";
import { keys } from "./storage";
import { updateBetweenSessions } from "./update";

const ALARM = "send";
/** The browser rings no alarm earlier than this. */
const MIN_ALARM_MS = 30_000;

export function runUplink(parts: Parts, ready: Promise<unknown>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const uplink = new Uplink({
    ledger: parts.ledger,
    images: parts.images,
    target: () => enrolment(parts),
    sent: (sent) => {
      parts.sent.note(sent);
    },
    socket: (server, key, slowDown) =>
      Socket.open(server, key, slowDown, (sent) => {
        parts.sent.note(sent);
      }),
    loadHealth: async () => (await parts.local.get(keys.uplink))[keys.uplink] as Health | undefined,
    saveHealth: (health) => parts.local.set({ [keys.uplink]: health }),
    wakeAt(time) {
      const wait = Math.max(0, time - Date.now());
      void browser.alarms.create(ALARM, { when: Date.now() + Math.max(wait, MIN_ALARM_MS) });
      clearTimeout(timer);
      timer = setTimeout(() => void uplink.wake(), wait);
    },
    changed: () => {
      parts.changed();
    },
    forgotten: () => {
      void keepCourier(parts).then(() => updateBetweenSessions(parts));
    },
    now: Date.now,
    random: Math.random,
  });
  parts.send = (force = false) => {
    void ready.then(() => uplink.wake(force));
  };
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === ALARM) parts.send();
  });
  parts.send();
}
