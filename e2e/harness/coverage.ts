// Which code of the extension ran in a browser, where `make coverage` asks for it: Chromium counts, in every context that
// runs a script of ours, and this writes down what it says.

import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { WebSocket } from 'ws';

import { until } from './until.ts';

/** The folder to write to; where it is not set, nothing is counted. */
export const COVERAGE_FOLDER = process.env['CODESIGHT_COVERAGE'];
/** Lets a second client beside Playwright's speak to the browser, which then writes the port into its profile. */
export const COVERAGE_ARGS = ['--remote-debugging-port=0'];
/** Pages are left and workers are killed at any time, and their counts are gone with them, in ms. */
const TAKE_EVERY_MS = 250;

/** What ran of one script, in the form that V8 gives. */
export interface ScriptCoverage {
  url: string;
  functions: unknown[];
}

interface Message {
  id?: number;
  method?: string;
  sessionId?: string;
  params?: { sessionId: string };
  result?: { result?: ScriptCoverage[] };
}

export class Coverage {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #sessions = new Set<string>();
  readonly #scripts: ScriptCoverage[] = [];
  readonly #timer: NodeJS.Timeout;
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => { this.#hear(JSON.parse(data.toString()) as Message); });
    socket.on('close', () => {
      clearInterval(this.#timer);
      for (const answer of this.#waiting.values()) answer({});
    });
    this.#timer = setInterval(() => void this.#take(), TAKE_EVERY_MS);
  }

  /** Counts in all of a browser that was started with COVERAGE_ARGS on the profile, from now on. */
  static async of(profile: string): Promise<Coverage> {
    const [port, path] = (await until('the port of the browser', () => readFile(join(profile, 'DevToolsActivePort'), 'utf8'))).split('\n');
    const socket = new WebSocket(`ws://127.0.0.1:${port ?? ''}${path ?? ''}`);
    await new Promise((resolve, reject) => { socket.once('open', resolve).once('error', reject); });
    const coverage = new Coverage(socket);
    await coverage.#attach();
    return coverage;
  }

  /** Stops counting and writes down what ran. */
  async save(folder: string): Promise<void> {
    await this.#take();
    this.#socket.close();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${process.pid}-${Date.now()}.json`), JSON.stringify(this.#scripts));
  }

  async #take(): Promise<void> {
    await Promise.all([...this.#sessions].map(async (session) => {
      const { result } = await this.#send('Profiler.takePreciseCoverage', {}, session);
      this.#scripts.push(...(result?.result ?? []).filter(({ url }) => url.startsWith('chrome-extension://')));
    }));
  }

  /** Attaches to everything that starts, before its first line runs, and within it to what starts in it. */
  async #attach(session?: string): Promise<void> {
    await this.#send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }, session);
  }

  async #count(session: string): Promise<void> {
    this.#sessions.add(session);
    await Promise.all([
      this.#attach(session),
      this.#send('Profiler.enable', {}, session),
      this.#send('Profiler.startPreciseCoverage', { callCount: false, detailed: true }, session),
      this.#send('Runtime.runIfWaitingForDebugger', {}, session),
    ]);
  }

  #hear(message: Message): void {
    if (message.id !== undefined) {
      this.#waiting.get(message.id)?.(message);
      this.#waiting.delete(message.id);
    } else if (message.method === 'Target.attachedToTarget' && message.params) {
      void this.#count(message.params.sessionId);
    } else if (message.method === 'Target.detachedFromTarget' && message.params) {
      this.#sessions.delete(message.params.sessionId);
    }
  }

  async #send(method: string, params: object, sessionId?: string): Promise<Message> {
    if (this.#socket.readyState !== WebSocket.OPEN) return {};
    const id = ++this.#lastId;
    const answer = new Promise<Message>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) }));
    return answer;
  }
}
