// Looks for planted values in bytes: as they are, in small and capital letters, percent-encoded, in UTF-16 and inside
// base64 at each of its three alignments. All needles are looked for in one pass.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MIN_NEEDLE = 5; // bytes; anything shorter turns up in compressed data by chance

export interface Leak {
  /** Where it was found, such as a file. */
  place: string;
  /** Which value, and in which form. */
  what: string;
  offset: number;
}

interface Needle { what: string; bytes: Buffer }

export class LeakSearch {
  readonly #needles = new Map<number, Needle[]>(); // by their first four bytes
  readonly #begins = new Uint8Array(1 << 16); // whether a needle begins with these two bytes

  constructor(values: Readonly<Record<string, readonly string[]>>) {
    const known = new Set<string>();
    for (const [name, variants] of Object.entries(values)) {
      for (const variant of variants) {
        for (const [form, bytes] of formsOf(variant)) {
          const hex = bytes.toString('hex');
          if (bytes.length < MIN_NEEDLE || known.has(hex)) continue;
          known.add(hex);
          this.#add({ what: `${name} (${form})`, bytes });
        }
      }
    }
  }

  /** Every place in the bytes at which a value begins. */
  in(bytes: Buffer, place: string): Leak[] {
    const leaks: Leak[] = [];
    for (let offset = 0; offset + MIN_NEEDLE <= bytes.length; offset++) {
      if (this.#begins[bytes.readUInt16LE(offset)] === 0) continue;
      for (const { what, bytes: needle } of this.#needles.get(bytes.readUInt32LE(offset)) ?? []) {
        if (bytes.compare(needle, 0, needle.length, offset, Math.min(offset + needle.length, bytes.length)) === 0) {
          leaks.push({ place, what, offset });
        }
      }
    }
    return leaks;
  }

  inText(text: string, place: string): Leak[] {
    return this.in(Buffer.from(text), place);
  }

  /** Looks through files, and through everything below folders. */
  inFiles(...paths: string[]): Leak[] {
    return paths.flatMap(filesUnder).flatMap((path) => this.in(readFileSync(path), path));
  }

  #add(needle: Needle): void {
    this.#begins[needle.bytes.readUInt16LE(0)] = 1;
    const key = needle.bytes.readUInt32LE(0);
    this.#needles.set(key, [...this.#needles.get(key) ?? [], needle]);
  }
}

/** The file itself, or the files below the folder. Files that vanish while it looks, as databases' do, are left out. */
export function filesUnder(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (error.code === 'ENOTDIR') return [path];
      if (error.code === 'ENOENT') return [];
    }
    throw error;
  }
}

function* formsOf(value: string): Generator<[form: string, bytes: Buffer]> {
  for (const text of new Set([value, value.toLowerCase(), value.toUpperCase()])) {
    yield ['as typed', Buffer.from(text)];
    yield ['percent-encoded', Buffer.from(encodeURIComponent(text))];
    yield ['form-encoded', Buffer.from(new URLSearchParams({ '': text }).toString().slice(1))];
    yield ['UTF-16', Buffer.from(text, 'utf16le')];
    yield* base64Forms(text);
  }
}

/** The characters of base64 that depend on the value alone, for each place in a group of three at which it may begin. */
function* base64Forms(text: string): Generator<[form: string, bytes: Buffer]> {
  for (const lead of [0, 1, 2]) {
    const bytes = Buffer.concat([Buffer.alloc(lead), Buffer.from(text)]);
    const begin = Math.ceil(lead * 8 / 6);
    const end = Math.floor(bytes.length * 8 / 6);
    const core = bytes.toString('base64').slice(begin, end);
    yield ['base64', Buffer.from(core)];
    yield ['base64url', Buffer.from(core.replaceAll('+', '-').replaceAll('/', '_'))];
  }
}
