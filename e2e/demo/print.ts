// How the demo speaks: few lines, aligned, coloured where a person looks on.

import { stdout } from 'node:process';

const colours = stdout.isTTY && !('NO_COLOR' in process.env);

const paint = (code: number) => (text: string): string => (colours ? `\x1b[${code}m${text}\x1b[0m` : text);

export const bold = paint(1);
export const dim = paint(2);
export const green = paint(32);
export const red = paint(31);
export const yellow = paint(33);

export function line(text = ''): void {
  stdout.write(`${text}\n`);
}

export function heading(text: string): void {
  line(`\n${bold(text)}`);
}

/** Something that went well, and how long it took. */
export function done(text: string, since?: number): void {
  const took = since === undefined ? '' : dim(`  ${((Date.now() - since) / 1000).toFixed(1)} s`);
  line(`  ${green('✓')} ${text}${took}`);
}

/** Rows under a head, columns aligned; all but the first column to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  all.forEach((row, i) => {
    const text = row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('   ');
    line(`  ${i === 0 ? dim(text) : text}`);
  });
}
