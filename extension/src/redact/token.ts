// Vehicle numbers and wallets: runs of letters and digits that carry a check. The twin of internal/redact/token.go.

import { allDigits } from "./birthdate";
import { lower } from "./fold";
import { vinChecks } from "./idcheck";
import { labelLeft, parseOf, upper } from "./identifier";
import { OTHER_THING } from "./label";
import type { Scanner } from "./scanner";
import { random } from "./secret";
import { sha256 } from "./sha256";
import { DIGIT, HEX, LOWER, UPPER } from "./tables";

// Lengths of the codes that are told by their letters and digits alone, in characters.
const VIN_LENGTH = 17;
/** Digits at the end of a vehicle number of a large maker. */
const VIN_SERIAL = 5;
/** Digits at least, after a label. */
const VIN_DIGITS = 3;
/** BIP 173. */
const WALLET_MIN = 14;
const WALLET_MAX = 110;
const ETH_LENGTH = 42;
const MONERO_LENGTH = 95;
const BASE58_MIN = 26;
export const BASE58_MAX = 35;
/** Version, hash of 20 bytes, check of 4. */
const BASE58_PAYLOAD = 25;
/** The shortest wallet that only its label tells. */
const LABELLED_TOKEN = 25;

const TOKEN_CHARS = UPPER | LOWER | DIGIT;

/** Looks at the run of letters and digits around the digit at i, once. */
export function token(s: Scanner, i: number, limit: number): number {
  if (i < s.tokenEnd) return 0;
  let end = i;
  while (end < limit && s.is(end, TOKEN_CHARS)) end++;
  s.tokenEnd = end;
  let start = i;
  while (start > s.floor && i - start < WALLET_MAX && s.is(start - 1, TOKEN_CHARS)) start--;
  const n = end - start;
  if (n < WALLET_MIN || n > WALLET_MAX || (start > s.floor && s.byte(start - 1) === 0x5f)) return 0;
  if (n === VIN_LENGTH) return vin(s, start, end);
  if (isChecked(s, start, end, n)) return s.add(start, end, "CRYPTO_WALLET", "wallet.checked");
  if (n >= LABELLED_TOKEN && isBase58(s, start, end) && random(s, start, end) && parseOf(labelLeft(s, start)) === "wallet") {
    return s.add(start, end, "CRYPTO_WALLET", "wallet.labelled");
  }
  return 0;
}

function isChecked(s: Scanner, start: number, end: number, n: number): boolean {
  if (n === ETH_LENGTH && isETH(s, start, end)) return true;
  if (n === MONERO_LENGTH && (s.byte(start) === 0x34 || s.byte(start) === 0x38) && isBase58(s, start, end)) return true;
  return bech32(s, start, end) || (n >= BASE58_MIN && n <= BASE58_MAX && base58Check(s, start, end));
}

/** Tells a vehicle number by its check digit and shape, or by its label. */
function vin(s: Scanner, start: number, end: number): number {
  let digits = 0;
  let small = 0;
  let id = "";
  for (let k = start; k < end; k++) {
    const c = upper(s.byte(k));
    if (c === 0x49 || c === 0x4f || c === 0x51) return 0;
    if (s.is(k, DIGIT)) digits++;
    else if (c !== s.byte(k)) small++;
    id += String.fromCharCode(c);
  }
  const seen = labelLeft(s, start);
  if (parseOf(seen) === "vin" && digits >= VIN_DIGITS) return s.add(start, end, "VIN", "vin.labelled");
  if (seen?.kind === OTHER_THING || small > 0 || digits === VIN_LENGTH) return 0;
  return allDigits(s, end - VIN_SERIAL, end) && vinChecks(id) ? s.add(start, end, "VIN", "vin.checked") : 0;
}

/**
 * Tells 0x and forty hexadecimal digits. Its check (EIP-55) is in the case of letters and optional: a mistyped address
 * is as private.
 */
function isETH(s: Scanner, start: number, end: number): boolean {
  if (s.byte(start) !== 0x30 || s.byte(start + 1) !== 0x78) return false;
  for (let k = start + 2; k < end; k++) if (!s.is(k, HEX)) return false;
  return true;
}

/** The place of each character in an alphabet, or -1. */
function alphabet(chars: string): Int8Array {
  const out = new Int8Array(256).fill(-1);
  for (let k = 0; k < chars.length; k++) out[chars.charCodeAt(k)] = k;
  return out;
}

const BASE58 = alphabet("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");

function isBase58(s: Scanner, start: number, end: number): boolean {
  for (let k = start; k < end; k++) if ((BASE58[s.byte(k)] as number) < 0) return false;
  return true;
}

/** Decodes the 25 bytes of an address and compares its last four with the double SHA-256 of the others. */
export function base58Check(s: Scanner, start: number, end: number): boolean {
  if (!isBase58(s, start, end)) return false;
  const raw = new Uint8Array(BASE58_PAYLOAD);
  for (let k = start; k < end; k++) {
    let carry = BASE58[s.byte(k)] as number;
    for (let i = raw.length - 1; i >= 0; i--) {
      carry += (raw[i] as number) * 58;
      raw[i] = carry & 0xff;
      carry >>= 8;
    }
    if (carry !== 0) return false;
  }
  const sum = sha256(sha256(raw.subarray(0, 21)));
  for (let k = 0; k < 4; k++) if (sum[k] !== raw[21 + k]) return false;
  return true;
}

const BECH32 = alphabet("qpzry9x8gf2tvdw0s3jn54khce6mua7l");
/** Checks of BIP 173 and BIP 350. */
const BECH32_CHECK = 1;
const BECH32M_CHECK = 0x2bc830a3;
/** The longest word before the separator, in letters. */
const BECH32_WORD = 16;
const BECH32_DATA = 6;

function bech32(s: Scanner, start: number, end: number): boolean {
  let one = start;
  while (one < end && s.is(one, UPPER | LOWER) && one - start <= BECH32_WORD) one++;
  if (one - start < 2 || one >= end || s.byte(one) !== 0x31 || end - one <= BECH32_DATA) return false;
  let sum = 1;
  for (let k = start; k < one; k++) sum = step(sum) ^ (lower(s.byte(k)) >> 5);
  sum = step(sum);
  for (let k = start; k < one; k++) sum = step(sum) ^ (lower(s.byte(k)) & 31);
  for (let k = one + 1; k < end; k++) {
    const v = BECH32[lower(s.byte(k))] as number;
    if (v < 0) return false;
    sum = step(sum) ^ v;
  }
  return sum === BECH32_CHECK || sum === BECH32M_CHECK;
}

const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function step(sum: number): number {
  const top = sum >>> 25;
  sum = (sum & 0x1ffffff) << 5;
  for (let k = 0; k < 5; k++) if (((top >> k) & 1) !== 0) sum ^= GENERATOR[k] as number;
  return sum;
}
