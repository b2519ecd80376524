// Reads what a person could read in an image, with tesseract.

import { spawn } from 'node:child_process';

const SPARSE_TEXT = '11'; // tesseract's page segmentation: as much text as can be found, in no order

/** The text of a PNG. */
export async function readText(png: Buffer): Promise<string> {
  const child = spawn('tesseract', ['stdin', 'stdout', '--psm', SPARSE_TEXT, '-l', 'eng'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, OMP_THREAD_LIMIT: '1' }, // several images are read at once instead
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.end(png);
  const code = await ended;
  if (code !== 0) throw new Error(`tesseract ended with code ${String(code)}`);
  return Buffer.concat(chunks).toString('utf8');
}

const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Which of the values stand in the text, whatever the reader made of case, spaces and punctuation. */
export function readable(text: string, values: Readonly<Record<string, readonly string[]>>): string[] {
  const seen = bare(text);
  return Object.entries(values)
    .filter(([, variants]) => variants.some((variant) => seen.includes(bare(variant))))
    .map(([name]) => name);
}
