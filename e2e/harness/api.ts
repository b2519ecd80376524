// The server's HTTP API, as far as the tests and the demo read it.

import type { Event } from '../../extension/src/event/types.ts';
import { until } from './until.ts';

const PAGE = 500; // events per request, the most that the server gives
const PROCESS_MS = 60_000; // from the end of a recording to its training data

export interface SessionRow {
  id: string;
  status: 'recording' | 'awaiting' | 'queued' | 'processing' | 'ready' | 'failed' | 'erased';
  last_seq: number;
  refused: number;
}

export interface Quality {
  score: number;
  reasons: { code: string; points: number; message: string; count: number }[];
}

export class Api {
  readonly #url: string;
  readonly #key: string;
  /** Every answer so far, with its path: what the API gave away. */
  readonly answers: { path: string; body: Buffer }[] = [];

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  async sessions(): Promise<SessionRow[]> {
    return (await this.#json<{ sessions: SessionRow[] }>('/v1/sessions')).sessions;
  }

  async session(id: string): Promise<SessionRow> {
    return this.#json(`/v1/sessions/${id}`);
  }

  /** The id of the one session that there is; waits until it has reached the server. */
  async onlySession(): Promise<string> {
    const [first, second] = await until('the session to reach the server', async () => {
      const all = await this.sessions();
      return all.length > 0 && all;
    });
    if (!first || second) throw new Error('one recording became several sessions');
    return first.id;
  }

  /** Waits until the session is complete and processed. */
  async ready(id: string): Promise<void> {
    const status = await until('the session to be complete and processed', async () => {
      const row = await this.session(id);
      return (row.status === 'ready' || row.status === 'failed') && row.status;
    }, PROCESS_MS);
    if (status === 'failed') throw new Error('processing the session failed');
  }

  async quality(id: string): Promise<Quality> {
    return this.#json(`/v1/sessions/${id}/quality`);
  }

  /** All events of a session, in order. */
  async events(id: string): Promise<Event[]> {
    const all: Event[] = [];
    for (let after = 0; ;) {
      const page = await this.#json<{ events: Event[]; next?: number }>(`/v1/sessions/${id}/events?after=${after}&limit=${PAGE}`);
      all.push(...page.events);
      if (page.next === undefined) return all;
      after = page.next;
    }
  }

  async screenshotIds(session: string): Promise<string[]> {
    const { screenshots } = await this.#json<{ screenshots: { id: string }[] }>(`/v1/sessions/${session}/screenshots`);
    return screenshots.map(({ id }) => id);
  }

  async screenshot(session: string, id: string): Promise<Buffer> {
    return this.get(`/v1/sessions/${session}/screenshots/${id}`);
  }

  /** An answer's bytes; one that is no success is an error. */
  async get(path: string): Promise<Buffer> {
    const answer = await fetch(this.#url + path, { headers: { Authorization: `Bearer ${this.#key}` } });
    const body = Buffer.from(await answer.arrayBuffer());
    this.answers.push({ path, body });
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}`);
    return body;
  }

  async #json<T>(path: string): Promise<T> {
    return JSON.parse((await this.get(path)).toString('utf8')) as T;
  }
}
