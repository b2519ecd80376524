// The parts of the service worker, made once at its start and handed to whoever needs them.

import { browser } from "wxt/browser";
import { shortId } from "../event/ids";
import { EchoBook } from "./echo";
import { Guide } from "./guide";
import { Images } from "./images";
import { Ledger } from "./ledger";
import { SentLog } from "./sent-log";
import type { StorageArea } from "./storage";
import { TabBook } from "./tab-book";

export interface Parts {
  local: StorageArea;
  memory: StorageArea;
  ledger: Ledger;
  echo: EchoBook;
  guide: Guide;
  tabs: TabBook;
  images: Images;
  sent: SentLog;
  /** Id of this run of the worker. */
  run: string;
  /** Wakes the uplink. Harmless at any time. */
  send: (force?: boolean) => void;
  /** Tells the popup and the badge that something changed. */
  changed: () => void;
}

export function makeParts(): Parts {
  const local: StorageArea = browser.storage.local;
  const memory: StorageArea = browser.storage.session;
  return {
    local,
    memory,
    ledger: new Ledger(local),
    echo: new EchoBook(memory),
    guide: new Guide(memory),
    tabs: new TabBook(memory),
    images: new Images(),
    sent: new SentLog(memory),
    run: shortId(),
    send: () => undefined,
    changed: () => undefined,
  };
}
