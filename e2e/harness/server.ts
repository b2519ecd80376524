// bin/codesight: the server on a data directory and a port, and the commands that a person would type beside it.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { Event } from '../../extension/src/event/types.ts';
import { BINARY } from './paths.ts';
import { freePort, type Program, start } from './process.ts';
import { until } from './until.ts';

const MAX_OUTPUT = 256 * 1024 * 1024; // bytes of a command's output: sessions are printed whole

const run = promisify(execFile);

export interface Place {
  dataDir: string;
  port: number;
  log: string;
}

/** What `sessions show --json` prints, as far as it is read here. */
export interface Shown {
  events: Event[];
  screenshots: { id: string; metadata: { masked: number } }[];
}

export class Server {
  readonly place: Place;
  #program: Program | undefined;

  constructor(place: Place) {
    this.place = place;
  }

  /** Starts on the wanted port where that is free, or on another. */
  static async startAt(dataDir: string, log: string, wantedPort = 0): Promise<Server> {
    const server = new Server({ dataDir, log, port: await freePort(wantedPort) });
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.place.port}`;
  }

  /** Starts it, with more settings where they are given. */
  async start(settings: Record<string, string> = {}): Promise<void> {
    const program = start(BINARY, ['serve'], this.place.log, { ...this.#env(), ...settings });
    this.#program = program;
    let code: number | null | undefined;
    void program.ended.then((ended) => { code = ended; });
    await until('the server to be ready', async () => {
      if (code !== undefined) return true;
      return (await fetch(`${this.url}/readyz`)).ok;
    });
    if (code !== undefined) throw new Error(`the server ended at once with code ${String(code)}`);
  }

  async stop(): Promise<void> {
    await this.#program?.stop();
  }

  /** As by kill -9: nothing is written, nothing is said. */
  async kill(): Promise<void> {
    await this.#program?.kill();
  }

  /** Runs a command on the same data directory and returns what it printed; a failure's text is the error's. */
  async command(...args: string[]): Promise<string> {
    const { stdout } = await run(BINARY, args, { env: { ...process.env, ...this.#env() }, maxBuffer: MAX_OUTPUT });
    return stdout;
  }

  async createKey(scope: 'ingest' | 'read,review' | 'admin', name: string): Promise<string> {
    return (await this.command('keys', 'create', '--scope', scope, '--name', name)).trim();
  }

  async show(session: string): Promise<Shown> {
    return JSON.parse(await this.command('sessions', 'show', session, '--json')) as Shown;
  }

  #env(): Record<string, string> {
    return { CODESIGHT_DATA_DIR: this.place.dataDir, CODESIGHT_ADDR: `127.0.0.1:${this.place.port}` };
  }
}
