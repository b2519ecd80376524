// What `make coverage` prints: which lines of the extension ran in the unit tests or in a browser of the end-to-end tests.
// Fails when too few did.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

import libCoverage, { type CoverageMapData } from 'istanbul-lib-coverage';
import { CoverageReport } from 'monocart-coverage-reports';

import { COVERAGE_FOLDER, type ScriptCoverage } from '../harness/coverage.ts';
import { EXTENSION, ROOT } from '../harness/paths.ts';

const SOURCES = join(ROOT, 'extension/src');
const UNIT = join(ROOT, 'extension/coverage/coverage-final.json');
const BAR = 90; // percent of the lines

interface Built {
  source: string;
  sourceMap: unknown;
}

/** A script as it was built; undefined where it has no source of ours. */
function readBuilt(url: string): Built | undefined {
  const path = join(EXTENSION, new URL(url).pathname);
  if (!existsSync(`${path}.map`)) return undefined;
  const sourceMap = JSON.parse(readFileSync(`${path}.map`, 'utf8')) as { sources: string[] };
  const sources = sourceMap.sources.map((source) => resolve(dirname(path), source));
  return { source: readFileSync(path, 'utf8'), sourceMap: { ...sourceMap, sources } };
}

/** What ran in browsers, told of the lines of the source. */
async function inBrowsers(folder: string): Promise<CoverageMapData> {
  const outputDir = await mkdtemp(join(tmpdir(), 'codesight-coverage-'));
  const report = new CoverageReport({
    outputDir,
    reports: ['json'],
    logging: 'error',
    baseDir: '/', // so that paths stay whole
    sourcePath: (path: string) => join('/', path),
  });
  const built = new Map<string, Built>();
  for (const name of readdirSync(folder)) {
    const scripts = JSON.parse(readFileSync(join(folder, name), 'utf8')) as ScriptCoverage[];
    await report.add(scripts.flatMap(({ url, functions }) => {
      const script = built.get(url) ?? readBuilt(url);
      if (script === undefined) return [];
      built.set(url, script);
      return [{ url, functions, ...script }];
    }));
  }
  await report.generate();
  const data = JSON.parse(await readFile(join(outputDir, 'coverage-final.json'), 'utf8')) as CoverageMapData;
  await rm(outputDir, { recursive: true });
  return data;
}

/** "3-5 8" of 3, 4, 5 and 8. */
function ranges(lines: number[]): string {
  const found: [first: number, last: number][] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last?.[1] === line - 1) last[1] = line;
    else found.push([line, line]);
  }
  return found.map(([first, last]) => first === last ? `${first}` : `${first}-${last}`).join(' ');
}

function percent(missed: number, total: number): string {
  return (100 - missed / total * 100).toFixed(1);
}

if (COVERAGE_FOLDER === undefined) throw new Error('CODESIGHT_COVERAGE names no folder');
const unit = libCoverage.createCoverageMap(JSON.parse(readFileSync(UNIT, 'utf8')) as CoverageMapData);
const browsers = libCoverage.createCoverageMap(await inBrowsers(COVERAGE_FOLDER));
const known = new Set(browsers.files());
// The two tools differ in which lines they count. The first knows every file, so it says which lines there are.
const files = unit.files().map((path) => {
  const inUnits = Object.entries(unit.fileCoverageFor(path).getLineCoverage());
  const elsewhere = known.has(path) ? browsers.fileCoverageFor(path).getLineCoverage() : {};
  const missed = inUnits.filter(([line, hits]) => hits === 0 && !elsewhere[Number(line)]).map(([line]) => Number(line));
  return { path, total: inUnits.length, missed };
});
for (const { path, total, missed } of files.filter(({ missed }) => missed.length > 0)) {
  console.log(`${percent(missed.length, total).padStart(5)} %  ${relative(SOURCES, path)}  ${ranges(missed)}`);
}
const total = files.reduce((sum, file) => sum + file.total, 0);
const missed = files.reduce((sum, file) => sum + file.missed.length, 0);
console.log(`${percent(missed, total)} % of the extension's ${total} lines ran; ${BAR} % are asked`);
if (total - missed < total * BAR / 100) process.exitCode = 1;
