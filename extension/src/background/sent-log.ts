// What was sent, as it was sent, for the page "What leaves my browser". Kept in the browser's memory only, and bounded:
// one key per message, so that nothing is rewritten. It comes from where the bytes leave (http.ts, ws.ts).

import type { Sent } from "../uplink/transport";
import type { StorageArea } from "./storage";

export interface SentEntry {
  n: number;
  /** In ms since the epoch. */
  at: number;
  what: string;
  /** Bytes. */
  size: number;
  /** Missing where it was an image. */
  text?: string;
  /** The text is longer than what is kept. */
  cut?: true;
}

const PREFIX = "sent/";
/** 50 messages of at most 64 Ki characters stay well below the 10 MB of chrome.storage.session. */
const MAX_ENTRIES = 50;
const MAX_TEXT = 64 * 1024;

export class SentLog {
  readonly #area: StorageArea;
  readonly #now: () => number;
  #numbers: Promise<number[]> | undefined;
  #line: Promise<unknown> = Promise.resolve();

  constructor(area: StorageArea, now: () => number = Date.now) {
    this.#area = area;
    this.#now = now;
  }

  /** Notes a message. Sending does not wait for it, nor fail with it. */
  note(sent: Sent): void {
    const at = this.#now();
    this.#line = this.#line.then(() => this.#add(sent, at)).catch(() => undefined);
  }

  /** What is kept, oldest first. */
  async entries(): Promise<SentEntry[]> {
    await this.#line;
    const keys = (await this.#known()).map((n) => PREFIX + String(n));
    const found = await this.#area.get(keys);
    return keys.map((key) => found[key] as SentEntry);
  }

  async #add({ what, body }: Sent, at: number): Promise<void> {
    const numbers = await this.#known();
    const n = (numbers.at(-1) ?? 0) + 1;
    const isText = typeof body === "string";
    const size = isText ? new TextEncoder().encode(body).length : body.byteLength;
    const cut = isText && body.length > MAX_TEXT;
    const entry: SentEntry = { n, at, what, size, ...(isText && { text: body.slice(0, MAX_TEXT) }), ...(cut && { cut: true }) };
    await this.#area.set({ [PREFIX + String(n)]: entry });
    numbers.push(n);
    const old = numbers.splice(0, Math.max(0, numbers.length - MAX_ENTRIES));
    if (old.length > 0) await this.#area.remove(old.map((o) => PREFIX + String(o)));
  }

  async #known(): Promise<number[]> {
    this.#numbers ??= this.#area.get(null).then((all) =>
      Object.keys(all).filter((key) => key.startsWith(PREFIX)).map((key) => Number(key.slice(PREFIX.length))).sort((a, b) => a - b),
    );
    return this.#numbers;
  }
}
