// The recorder's line to the worker. What comes from it is checked; a page cannot speak on it.

import { browser } from "wxt/browser";
import {
  COURIER_PORT,
  type Delivered,
  type Item,
  type Measured,
  type Orders,
  type PageMessage,
  type WorkerMessage,
  asDelivered,
  asOrders,
  asWorkerMessage,
} from "../messages";

/** Asks what to do; undefined where the worker does not answer. */
export async function askOrders(): Promise<Orders | undefined> {
  return asOrders(await post({ to: "worker", type: "hello" }).catch(() => undefined));
}

type Delivery = Extract<PageMessage, { type: "deliver" }>;
type Parcel = Pick<Delivery, "recorder" | "session"> & { items: readonly Item[] };

export async function sendItems(message: Parcel): Promise<Delivered | undefined> {
  return asDelivered(await post({ to: "worker", type: "deliver", ...message }));
}

/** A line to the courier. It has to be open before it is needed: a page that is being left can open none. */
export class CourierLine {
  #port: ReturnType<typeof browser.runtime.connect> | undefined;

  open(): void {
    if (!isAlive()) return;
    this.#port = browser.runtime.connect({ name: COURIER_PORT });
    this.#port.onDisconnect.addListener(() => {
      this.#port = undefined;
    });
  }

  handOver(message: Parcel): void {
    this.#port?.postMessage({ to: "worker", type: "deliver", ...message });
  }
}

export function tell(message: Extract<PageMessage, { type: "settled" | "changed" }>): void {
  // Nothing depends on the answer: the page will come to rest again.
  void post(message).catch(() => undefined);
}

function post(message: PageMessage): Promise<unknown> {
  return browser.runtime.sendMessage(message);
}

/** Whether the extension that put this script here still runs: it may have been updated or removed. */
export function isAlive(): boolean {
  return (browser.runtime as { id?: string } | undefined)?.id !== undefined;
}

/** Listens to the worker until the signal ends it. */
export function listen(
  signal: AbortSignal,
  obey: (message: WorkerMessage, answer: (measured: Measured | undefined) => void) => boolean,
): void {
  const listener = (raw: unknown, sender: { id?: string }, answer: (value: unknown) => void): boolean => {
    const message = sender.id === browser.runtime.id ? asWorkerMessage(raw) : undefined;
    return message !== undefined && obey(message, answer);
  };
  browser.runtime.onMessage.addListener(listener);
  signal.addEventListener("abort", () => {
    browser.runtime.onMessage.removeListener(listener);
  });
}
