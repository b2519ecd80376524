// The service worker: a table of contents. It is the only owner of state, and may be stopped at any moment.

import { browser } from "wxt/browser";
import { defineBackground } from "wxt/utils/define-background";
import { watchTabs } from "../background/browser-tabs";
import { Camera } from "../background/camera";
import { accessGranted, accessRemoved, recover } from "../background/control";
import { keepCourier } from "../background/courier";
import { welcome } from "../background/first-run";
import { makeParts } from "../background/parts";
import { servePages } from "../background/serve-pages";
import { servePopup } from "../background/serve-popup";
import { noteUpdate } from "../background/update";
import { sweep } from "../background/sweep";
import { runUplink } from "../background/run-uplink";

export default defineBackground({
  type: "module",
  main() {
    const parts = makeParts();
    // Content scripts must not read the key or the queue.
    // Firefox has no such call: there recorders never reach the memory; what is on the disk they could read, and do not.
    const areas: Partial<typeof browser.storage.local>[] = [browser.storage.local, browser.storage.session];
    const closed = areas.map(async (area) => area.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" }));
    const ready = Promise.all(closed).then(() => recover(parts)).then(() => sweep(parts)).then(() => keepCourier(parts));
    // The browser hands an event only to listeners that stand when the worker's script has run once.
    servePages(parts, new Camera(parts), ready);
    servePopup(parts, ready);
    watchTabs(parts, ready);
    runUplink(parts, ready);
    browser.runtime.onInstalled.addListener((details) => {
      void ready.then(() => welcome(parts, details));
    });
    // An update in mid-session would end it, since what was typed is only in memory: it waits until there is none.
    browser.runtime.onUpdateAvailable.addListener(() => {
      void ready.then(() => noteUpdate(parts));
    });
    // Starts the worker with the browser, which may have been killed in mid-session: what was recorded is sent.
    browser.runtime.onStartup.addListener(() => {
      parts.send();
    });
    browser.permissions.onAdded.addListener(() => {
      void ready.then(() => accessGranted(parts));
    });
    browser.permissions.onRemoved.addListener(() => {
      void ready.then(() => accessRemoved(parts));
    });
  },
});
