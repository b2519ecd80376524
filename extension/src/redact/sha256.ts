// SHA-256 (FIPS 180-4) of short inputs, at once: the browser's own is only asynchronous. It checks wallets, no secrets.

/** The first 32 bits of the fractional parts of the roots of the first primes. */
function fractions(count: number, power: number): Int32Array {
  const out = new Int32Array(count);
  let n = 0;
  for (let candidate = 2; n < count; candidate++) {
    let prime = true;
    for (let d = 2; d * d <= candidate; d++) if (candidate % d === 0) prime = false;
    if (!prime) continue;
    const root = candidate ** power;
    out[n++] = Math.floor((root - Math.floor(root)) * 2 ** 32);
  }
  return out;
}

const START = fractions(8, 1 / 2);
const ROUND = fractions(64, 1 / 3);
const BLOCK = 64;

function rotate(x: number, n: number): number {
  return (x >>> n) | (x << (32 - n));
}

export function sha256(input: Uint8Array): Uint8Array {
  const blocks = Math.ceil((input.length + 9) / BLOCK);
  const bytes = new Uint8Array(blocks * BLOCK);
  bytes.set(input);
  bytes[input.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 4, input.length * 8);
  const state = START.slice();
  const w = new Int32Array(64);
  for (let block = 0; block < bytes.length; block += BLOCK) {
    for (let k = 0; k < 16; k++) w[k] = view.getInt32(block + 4 * k);
    for (let k = 16; k < 64; k++) {
      const a = w[k - 15] as number;
      const b = w[k - 2] as number;
      const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
      const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
      w[k] = (w[k - 16] as number) + s0 + (w[k - 7] as number) + s1;
    }
    compress(state, w);
  }
  const out = new Uint8Array(32);
  const result = new DataView(out.buffer);
  state.forEach((x, k) => {
    result.setInt32(4 * k, x);
  });
  return out;
}

function compress(state: Int32Array, w: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let k = 0; k < 64; k++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[k] as number) + (w[k] as number)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((x, k) => {
    state[k] = (state[k] as number) + x;
  });
}
