// What the demo says about the recording.

import { readFileSync, statSync } from 'node:fs';

import { filesUnder, LeakSearch } from '../harness/leaks.ts';
import { PLANTED } from '../harness/person.ts';
import { redactionsOf, sentEvents } from '../harness/sent.ts';
import type { Stage } from '../harness/stage.ts';
import { dim, done, green, heading, line, red, table, yellow } from './print.ts';

const MAX_LEAKS_SHOWN = 10;

export async function reportRedactions(stage: Stage, session: string): Promise<void> {
  const { events, screenshots } = await stage.server.show(session);
  const stored = redactionsOf(events);
  const inBrowser = redactionsOf(sentEvents(stage.tap.sent()));
  heading('What was redacted');
  const rows = [...stored].sort().map(([type, count]) => {
    const before = inBrowser.get(type) ?? 0;
    return [type, before, count - before, count];
  });
  const total = rows.reduce<number[]>((sum, row) => sum.map((n, i) => n + Number(row[i + 1])), [0, 0, 0]);
  table(['placeholder', 'in the browser', 'by the server', 'in all'], [...rows, ['all', ...total]]);
  const withheld = events.filter(({ input, select }) => input?.private === true || select?.private === true).length;
  const regions = screenshots.reduce((sum, { metadata }) => sum + metadata.masked, 0);
  line();
  done(`${withheld} private fields were filled in, and what was typed there was never recorded`);
  done(`${regions} regions in ${screenshots.length} screenshots were painted over before they left the browser`);
}

/** Looks for what was typed everywhere where it must not be; says whether it was found. */
export function reportLeaks(stage: Stage): boolean {
  const { data, export: exported, serverLog } = stage.folders;
  const search = new LeakSearch(PLANTED);
  const places = [data, exported, serverLog];
  const leaks = [
    ...search.inFiles(...places),
    ...[...stage.tap.raw(), ...stage.tap.sent()].flatMap((bytes) => search.in(bytes, 'what the browser sent')),
    ...stage.api.answers.flatMap(({ path, body }) => search.in(body, `GET ${path}`)),
  ];
  const files = places.flatMap(filesUnder).length;
  const kilobytes = Math.round(stage.tap.sent().reduce((sum, { length }) => sum + length, 0) / 1024);
  const what = Object.keys(PLANTED).join(', ');
  if (leaks.length === 0) {
    done(`what was typed is in none of the ${files} files of data, export and log, nor in the ${kilobytes} KB that left the browser:`);
    line(dim(`    ${what}`));
    return false;
  }
  for (const { what: value, place, offset } of leaks.slice(0, MAX_LEAKS_SHOWN)) line(`  ${red('✗')} ${value} in ${place} at byte ${offset}`);
  return true;
}

export async function reportQuality(stage: Stage, session: string): Promise<void> {
  const { score, reasons } = await stage.api.quality(session);
  heading(`Quality: ${score} of 100`);
  for (const { points, message, count } of reasons) {
    const mark = points < 0 ? yellow(String(points).padStart(4)) : green('   ✓');
    line(`  ${mark}  ${message}${points < 0 && count > 1 ? dim(` (${count})`) : ''}`);
  }
}

export function reportData(folder: string, shown: (path: string) => string): void {
  heading('Training data');
  for (const path of filesUnder(folder).sort()) {
    const lines = path.endsWith('.jsonl') ? `${readFileSync(path, 'utf8').split('\n').filter(Boolean).length} examples, ` : '';
    line(`  ${shown(path)}  ${dim(`${lines}${kilobytes(statSync(path).size)}`)}`);
  }
  if (!filesUnder(folder).some((path) => path.endsWith('.jsonl'))) throw new Error(`no training data in ${folder}`);
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KB`;
}
