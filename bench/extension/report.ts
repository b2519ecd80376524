// Makes tables of what was measured.

import { cpus } from 'node:os';

import { type Recorder, RECORDERS, titleOf } from './recorders.ts';

export interface Measured {
  recorder: Recorder;
  nodes: number;
  /** Main-thread time of the recorder in each step, in ms. */
  steps: number[];
  /** The same from the page's opening until the first step. */
  load: number;
  /** Stretches of its work without a pause, in ms, longest first. */
  stretches: number[];
  heap: number;
  memory: number;
  bytesPerMinute: number;
}

/** A task that is longer is a long one (W3C Long Tasks API), in ms. */
const LONG_MS = 50;
const COLUMNS = ['p50 ms', 'p95 ms', 'at most', 'to load', 'over 50 ms', 'heap MB', 'memory MB', 'KB a minute'];

export function report(all: readonly Measured[], { rounds, load }: { rounds: number; load: number }): string {
  const lines = [`${cpus().length} cores, load ${load.toFixed(2)}, ${rounds} rounds`];
  for (const nodes of [...new Set(all.map((m) => m.nodes))]) {
    const of = (recorder: Recorder): Measured[] => all.filter((m) => m.nodes === nodes && m.recorder === recorder);
    const nobody = of('nobody');
    lines.push('', `${nodes} nodes`, ['recorder'.padEnd(28), ...COLUMNS.map((c) => c.padStart(12))].join(''));
    for (const recorder of RECORDERS) lines.push([titleOf(recorder).padEnd(28), ...row(of(recorder), nobody).map((c) => c.padStart(12))].join(''));
  }
  return lines.join('\n');
}

function row(of: readonly Measured[], nobody: readonly Measured[]): string[] {
  const steps = of.flatMap((m) => m.steps).sort((a, b) => a - b);
  const added = (pick: (m: Measured) => number): number => median(of.map(pick)) - median(nobody.map(pick));
  return [
    quantile(steps, 0.5).toFixed(2), quantile(steps, 0.95).toFixed(2), quantile(steps, 1).toFixed(1), median(of.map((m) => m.load)).toFixed(1),
    String(of.reduce((n, m) => n + m.stretches.filter((ms) => ms > LONG_MS).length, 0)),
    (added((m) => m.heap) / 1e6).toFixed(1), (added((m) => m.memory) / 1e6).toFixed(0), (median(of.map((m) => m.bytesPerMinute)) / 1000).toFixed(0),
  ];
}

function median(values: readonly number[]): number {
  return quantile([...values].sort((a, b) => a - b), 0.5);
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}
