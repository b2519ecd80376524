// A recorder that only keeps what it is told, and events as a person would make them: the real ones cannot be made by a test.

import type { Recorder, Report, Seen } from "../../../src/content/recorder";
import type { Watch } from "../../../src/content/watch/watch";

export interface Told extends Report {
  /** What the report was said to be about. */
  on?: Element;
  seen?: Seen;
}

export function fakeWatch(): { watch: Watch; told: Told[]; fire: (event: Event, at?: EventTarget) => void; recorder: Recorder; rests: () => void; act: (type: Report["type"]) => void } {
  const told: Told[] = [];
  const watchers = new Set<(records: readonly MutationRecord[]) => void>();
  const observer = new MutationObserver((records) => {
    stillness.stamp++;
    for (const w of watchers) w(records);
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const stillness = {
    watchers,
    stamp: 0,
    sync(): number {
      const records = observer.takeRecords();
      for (const w of watchers) w(records);
      if (records.length > 0) this.stamp++;
      return this.stamp;
    },
    touch(): void { this.stamp++; },
  };
  const subjects = new WeakMap<object, Element>();
  const fake = {
    document,
    stillness,
    pending: [] as (() => void)[],
    reported: [] as ((report: Report, seen?: Seen) => void)[],
    place: () => ({ x: 0, y: 0, path: [], top: window, outer: window }),
    flush(): void { for (const work of fake.pending) work(); },
    /** What the page had to act on when it last came to rest. */
    elements: [] as Element[],
    lastLook: () => ({ taken: { elements: fake.elements, truncated: false }, stamp: stillness.stamp }),
    look: () => ({ taken: { elements: [...document.querySelectorAll("button,a")] }, stamp: stillness.stamp }),
    see(element?: Element): Seen {
      const seen = { of: {}, stamp: stillness.stamp } as Seen;
      if (element) subjects.set(seen, element);
      return seen;
    },
    report(report: Report, { seen }: { seen?: Seen } = {}): void {
      const on = seen && subjects.get(seen);
      told.push({ ...report, ...(on && { on }), ...(seen && { seen }) });
      for (const tell of fake.reported) tell(report, seen);
    },
  };
  const recorder = fake as unknown as Recorder;
  const listeners = new Map<string, ((event: Event) => void)[]>();
  const watch: Watch = {
    recorder,
    signal: new AbortController().signal,
    on(type, listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener as (event: Event) => void]);
    },
  };
  const fire = (event: Event, at: EventTarget = document.body): void => {
    const hear = (): void => { for (const listener of listeners.get(event.type) ?? []) listener(event); };
    window.addEventListener(event.type, hear, { capture: true, once: true });
    at.dispatchEvent(event);
  };
  const act = (type: Report["type"]): void => { fake.flush(); fake.report({ type }); };
  const rests = (): void => {
    stillness.sync();
    fake.elements = [...document.querySelectorAll("button,a")].filter((e) => e.checkVisibility());
  };
  return { watch, told, fire, recorder, rests, act };
}

