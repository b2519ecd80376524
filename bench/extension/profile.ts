// Reads a CPU profile of a page's main thread: whose code ran in which moment.

import type { CDPSession } from '../../e2e/node_modules/@playwright/test/index.js';

/** How often the profiler looks, in µs. */
const SAMPLE_US = 200;
/** A pause of this length ends a stretch of work, in µs. */
const PAUSE_US = 1000;

interface Sample { at: number; us: number; theirs: boolean }

/** Samples of one page, until it is stopped. */
export class Profile {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async start(session: CDPSession): Promise<Profile> {
    await session.send('Profiler.enable');
    await session.send('Profiler.setSamplingInterval', { interval: SAMPLE_US });
    await session.send('Profiler.start');
    return new Profile(session);
  }

  /** Ends it; theirs says of a script's address whether it belongs to the recorder. */
  async stop(theirs: (url: string) => boolean): Promise<Samples> {
    const { profile: { nodes, samples = [], timeDeltas = [], startTime } } = await this.#session.send('Profiler.stop');
    const parent = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
    const own = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.url]));
    const whose = new Map<number, boolean>();
    // What the browser does for a script (layout, garbage) is called by the script.
    const belongs = (id: number): boolean => {
      const known = whose.get(id);
      if (known !== undefined) return known;
      const up = parent.get(id);
      const does = theirs(own.get(id) ?? '') || (up !== undefined && belongs(up));
      whose.set(id, does);
      return does;
    };
    let at = startTime;
    return new Samples(samples.map((id, i) => {
      at += timeDeltas[i] ?? 0;
      return { at, us: timeDeltas[i + 1] ?? 0, theirs: belongs(id) };
    }));
  }
}

export class Samples {
  readonly #all: readonly Sample[];

  constructor(all: readonly Sample[]) {
    this.#all = all;
  }

  /** Milliseconds of the recorder in each of the spans between these moments, in µs of the browser's clock. */
  between(moments: readonly number[]): number[] {
    const spans = moments.slice(1).map(() => 0);
    for (const { at, us, theirs } of this.#all) {
      if (!theirs) continue;
      const i = moments.findLastIndex((m) => m <= at);
      if (i >= 0 && i < spans.length) spans[i] = (spans[i] ?? 0) + us / 1000;
    }
    return spans;
  }

  /** The longest stretches of the recorder's work without a pause, in ms, longest first. */
  stretches(): number[] {
    const found: number[] = [];
    let length = 0;
    let end = -Infinity;
    for (const { at, us, theirs } of this.#all) {
      if (!theirs) continue;
      if (at - end > PAUSE_US) {
        found.push(length / 1000);
        length = 0;
      }
      length += us;
      end = at + us;
    }
    return [...found, length / 1000].sort((a, b) => b - a);
  }
}
