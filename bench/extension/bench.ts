// bench.ts [ROUNDS [NODES…]]: what recording costs the page, for our extension and for libraries that record, in the same run.
// README.md says how to read it.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CDPSession } from '../../e2e/node_modules/@playwright/test/index.js';

import { Browser } from '../../e2e/harness/browser.ts';
import { Popup } from '../../e2e/harness/popup.ts';
import { Stage } from '../../e2e/harness/stage.ts';
import { pageOf } from './pages.ts';
import { use } from './person.ts';
import { Profile } from './profile.ts';
import { receive, type Receiver } from './receiver.ts';
import { isOf, PEERS, type Recorder, RECORDERS, scriptOf } from './recorders.ts';
import { type Measured, report } from './report.ts';

const [rounds = 3, ...sizes] = process.argv.slice(2).map(Number);
const SIZES = sizes.length > 0 ? sizes : [1000, 10_000, 50_000];
/** How often a person does everything on a page. */
const TIMES = 2;
/** Until a page and its recorder have come to rest, and until what is left was sent, in ms. */
const SETTLE_MS = 3000;
const MINUTE_MS = 60_000;

const served = new Map<string, string>(PEERS.map((peer) => [`/${peer}.js`, scriptOf(peer)]));
for (const nodes of SIZES) {
  for (const recorder of RECORDERS) {
    const isPeer = (PEERS as readonly string[]).includes(recorder);
    served.set(`/${recorder}/${nodes}`, pageOf(nodes, isPeer ? `<script src="/${recorder}.js"></script>` : ''));
  }
}

const receiver = await receive(served);
const all: Measured[] = [];
try {
  for (let round = 0; round < rounds; round++) {
    for (const nodes of SIZES) {
      for (const recorder of RECORDERS) {
        process.stderr.write(`round ${round + 1} of ${rounds}: ${recorder} on ${nodes} nodes\n`);
        all.push(await measure(recorder, nodes, receiver));
      }
    }
  }
} finally {
  receiver.stop();
}
console.log(report(all, { rounds, load: loadavg()[0] ?? 0 }));

/** One recorder on one page, in a browser of its own. */
async function measure(recorder: Recorder, nodes: number, to: Receiver): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'codesight-bench-'));
  const stage = recorder === 'codesight' ? await Stage.set(folder) : undefined;
  const browser = stage?.browser ?? await Browser.launch(join(folder, 'profile'), { extension: false });
  try {
    if (stage) {
      const popup = await Popup.of(browser);
      await popup.enrol(stage.tap.url, stage.ingestKey);
      await popup.start('Look for a chair');
    }
    const page = await browser.newPage();
    const session = await browser.context.newCDPSession(page);
    await session.send('Performance.enable');
    const profile = await Profile.start(session);
    const opened = await now(session);
    await page.goto(`${to.origin}/${recorder}/${nodes}`);
    await page.waitForTimeout(SETTLE_MS);
    to.takeBytes();
    const sentBefore = stage ? bytesOf(stage) : 0;
    const began = Date.now();
    const moments = await use(page, TIMES, () => now(session));
    await page.waitForTimeout(SETTLE_MS);
    const minutes = (Date.now() - began) / MINUTE_MS;
    const samples = await profile.stop(isOf(recorder));
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const memory = proportionalBytes(browser.profile);
    await page.goto('about:blank'); // whoever keeps something back sends it now
    await page.waitForTimeout(SETTLE_MS);
    const bytes = stage ? bytesOf(stage) - sentBefore : to.takeBytes();
    const [load = 0] = samples.between([opened, moments[0] ?? 0]);
    return {
      recorder, nodes, steps: samples.between(moments), load, stretches: samples.stretches(),
      heap: usedSize, memory, bytesPerMinute: bytes / minutes,
    };
  } finally {
    if (stage) await stage.strike();
    else await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function bytesOf(stage: Stage): number {
  return stage.tap.raw().reduce((sum, { length }) => sum + length, 0);
}

/** The browser's clock, in µs. */
async function now(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'Timestamp')?.value ?? 0) * 1e6;
}

/** Memory of all processes of the browser with this profile, shared pages by share. */
function proportionalBytes(profile: string): number {
  const ids = readdirSync('/proc').filter((id) => /^\d+$/.test(id) && isOfProfile(id, profile));
  return ids.reduce((sum, id) => {
    try {
      return sum + 1024 * Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      return sum; // it has ended
    }
  }, 0);
}

function isOfProfile(id: string, profile: string): boolean {
  try {
    let parent = id;
    for (let level = 0; level < 4 && parent !== '0'; level++) {
      if (readFileSync(`/proc/${parent}/cmdline`, 'utf8').includes(profile)) return true;
      parent = /^\d+ \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${parent}/stat`, 'utf8'))?.[1] ?? '0';
    }
  } catch {
    // it has ended
  }
  return false;
}
