// Programs that a test or the demo runs beside itself: each with its log in a file, each stopped by its own id.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';

const STOP_MS = 10_000; // a program that has not ended this long after SIGTERM is killed

const running = new Set<ChildProcess>();

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Program {
  /** Ends when the program has ended, with its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** SIGTERM, then SIGKILL where that is not obeyed; returns when the program has ended. */
  stop(): Promise<void>;
  /** SIGKILL, as by `kill -9`; returns when the program has ended. */
  kill(): Promise<void>;
}

/** Starts a program; what it prints is appended to the log. */
export function start(command: string, args: readonly string[], log: string, env: Record<string, string> = {}): Program {
  const file = openSync(log, 'a');
  const child = spawn(command, args, { stdio: ['ignore', file, file], env: { ...process.env, ...env } });
  closeSync(file);
  running.add(child);
  const ended = once(child, 'exit').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!running.has(child)) return;
    child.kill(signal);
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(force);
  };
  return { ended, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** A port of 127.0.0.1 that nobody uses: the wanted one where it is free. */
export async function freePort(wanted = 0): Promise<number> {
  const probe = createServer();
  const listening = new Promise<boolean>((resolve) => {
    probe.once('listening', () => { resolve(true); });
    probe.once('error', () => { resolve(false); });
  });
  probe.listen(wanted, '127.0.0.1');
  if (!(await listening)) return freePort();
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP listener has a port');
  return address.port;
}
