// Check digits and other rules of the kinds in rules/identifiers.json. The twin of internal/redact/idcheck.go. Each takes
// the letters (capitals) and digits of a value, without separators; its kind names the document that it follows.

function d(v: string, k: number): number {
  return v.charCodeAt(k) - 0x30;
}

function num(v: string, from = 0, to = v.length): number {
  let n = 0;
  for (let k = from; k < to; k++) n = n * 10 + d(v, k);
  return n;
}

/** The sum of the first digits of v, from a place on, times their weights. */
function weighted(v: string, weights: readonly number[], from = 0): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += (weights[k] as number) * d(v, from + k);
  return sum;
}

function isDigitAt(v: string, k: number): boolean {
  const c = v.charCodeAt(k);
  return c >= 0x30 && c <= 0x39;
}

function allDigits(v: string): boolean {
  for (let k = 0; k < v.length; k++) if (!isDigitAt(v, k)) return false;
  return true;
}

/** Whether all of v is the same digit, which no office assigns and many checks let pass. */
function oneDigit(v: string): boolean {
  for (let k = 1; k < v.length; k++) if (v[k] !== v[0]) return false;
  return true;
}

/** Whether a day and a month can stand in a date. */
export function dayMonth(day: number, month: number): boolean {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

function luhn(v: string): boolean {
  let sum = 0;
  for (let k = 0; k < v.length; k++) {
    const at = v.length - 1 - k;
    if (!isDigitAt(v, at)) continue;
    let n = d(v, at);
    if (k % 2 === 1) {
      n *= 2;
      if (n > 9) n -= 9;
    }
    sum += n;
  }
  return sum % 10 === 0;
}

function ssn(v: string): boolean {
  const area = num(v, 0, 3);
  return area !== 0 && area !== 666 && area < 900 && num(v, 3, 5) !== 0 && num(v, 5) !== 0;
}

function itin(v: string): boolean {
  const g = num(v, 3, 5);
  return v[0] === "9" && ((g >= 50 && g <= 65) || (g >= 70 && g <= 88) || (g >= 90 && g <= 92) || g >= 94);
}

const NO_EIN = new Set([0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97]);

/** S, L, O, I, B and Z are not used. */
function mbi(v: string): boolean {
  for (const c of v) if ("SLOIBZ".includes(c)) return false;
  return v[0] !== "0";
}

function npi(v: string): boolean {
  return luhn(`80840${v}`) && (v[0] === "1" || v[0] === "2");
}

const NO_NINO = new Set(["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"]);

function nino(v: string): boolean {
  if ("DFIQUV".includes(v.charAt(0)) || "DFIQUV".includes(v.charAt(1)) || NO_NINO.has(v.slice(0, 2))) return false;
  return v[1] !== "O" && v.charCodeAt(8) <= 0x44;
}

function nhs(v: string): boolean {
  return (weighted(v, [10, 9, 8, 7, 6, 5, 4, 3, 2]) + d(v, 9)) % 11 === 0 && !oneDigit(v);
}

function utr(v: string): boolean {
  return "21987654321"[weighted(v, [6, 7, 8, 9, 10, 5, 4, 3, 2], 1) % 11] === v[0];
}

/** Takes a SIREN or a SIRET; the post office's SIRETs follow another rule and are not told. */
function siren(v: string): boolean {
  return luhn(v) && luhn(v.slice(0, 9));
}

function tfn(v: string): boolean {
  return weighted(v, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0 && !oneDigit(v);
}

function abn(v: string): boolean {
  return v.charAt(0) > "0" && (weighted(v, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0;
}

function medicare(v: string): boolean {
  return v.charAt(0) >= "2" && v.charAt(0) <= "6" && weighted(v, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === d(v, 8);
}

// The dihedral group D5 and the permutation of Verhoeff's code.
const VERHOEFF_PRODUCT = "0123456789123406789523401789563401289567401239567859876043216598710432765982104387659321049876543210";
const VERHOEFF_PERMUTATION = "01234567891576283094580379614289160435279453126870428657390127938064157046913258";

function aadhaar(v: string): boolean {
  let c = 0;
  for (let k = 0; k < v.length; k++) {
    const p = d(VERHOEFF_PERMUTATION, (k % 8) * 10 + d(v, v.length - 1 - k));
    c = d(VERHOEFF_PRODUCT, c * 10 + p);
  }
  return c === 0 && v.charAt(0) >= "2";
}

/** The fourth letter is the kind of holder. */
function pan(v: string): boolean {
  return "ABCFGHJLPT".includes(v.charAt(3));
}

function base36(v: string, k: number): number {
  return isDigitAt(v, k) ? d(v, k) : v.charCodeAt(k) - 0x41 + 10;
}

function gstin(v: string): boolean {
  let sum = 0;
  for (let k = 0; k < 14; k++) {
    const p = base36(v, k) * (1 + (k % 2));
    sum += Math.floor(p / 36) + (p % 36);
  }
  return (36 - (sum % 36)) % 36 === base36(v, 14) && v[13] === "Z";
}

/** The pure system MOD 11,10 of ISO/IEC 7064. */
function iso7064(v: string): boolean {
  let p = 10;
  for (let k = 0; k < v.length - 1; k++) p = (((d(v, k) + p) % 10 || 10) * 2) % 11;
  return (11 - p) % 10 === d(v, v.length - 1);
}

/** Among the first ten digits one stands twice or three times. */
function steuerid(v: string): boolean {
  const count = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  let most = 0;
  for (let k = 0; k < 10; k++) {
    const n = (count[d(v, k)] as number) + 1;
    count[d(v, k)] = n;
    most = Math.max(most, n);
  }
  return v[0] !== "0" && (most === 2 || most === 3) && iso7064(v);
}

/** The check digit of ICAO Doc 9303 over nine characters; without it, the letters that Germany does not use. */
function perso(v: string): boolean {
  let sum = 0;
  let digits = 0;
  for (let k = 0; k < 9; k++) {
    sum += base36(v, k) * ([7, 3, 1][k % 3] as number);
    if (isDigitAt(v, k)) digits++;
    else if ("ABDEIOQSU".includes(v.charAt(k))) return false;
  }
  return digits > 2 && (v.length === 9 || sum % 10 === d(v, 9));
}

function digitSum(n: number): number {
  return Math.floor(n / 10) + (n % 10);
}

function svnr(v: string): boolean {
  const letter = v.charCodeAt(8) - 0x41 + 1;
  const digits = Array.from({ length: 8 }, (_, k) => d(v, k));
  digits.push(Math.floor(letter / 10), letter % 10, d(v, 9), d(v, 10));
  const weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
  let sum = 0;
  for (let k = 0; k < 12; k++) sum += digitSum((digits[k] as number) * (weights[k] as number));
  return sum % 10 === d(v, 11) && dayMonth(((num(v, 2, 4) - 1) % 50) + 1, num(v, 4, 6));
}

function kvnr(v: string): boolean {
  const letter = v.charCodeAt(0) - 0x41 + 1;
  let sum = 0;
  for (let k = 0; k < 10; k++) {
    const n = k === 0 ? Math.floor(letter / 10) : k === 1 ? letter % 10 : d(v, k - 1);
    sum += digitSum(k % 2 === 1 ? n * 2 : n);
  }
  return sum % 10 === d(v, 9);
}

/** Sex, year, month (or 20 and more where it is not known), department, commune, order, key. */
function nir(v: string): boolean {
  const month = num(v, 3, 5);
  if (!"1278".includes(v.charAt(0)) || month === 0 || (month > 12 && month < 20) || (month > 42 && month < 50)) return false;
  let n = 0;
  for (let k = 0; k < 13; k++) {
    let digit = d(v, k);
    if (digit > 9) {
      if (k !== 6 || v[5] !== "2" || (v[k] !== "A" && v[k] !== "B")) return false;
      digit = v[k] === "A" ? 9 : 8; // 2A is 19, 2B is 18
    }
    n = n * 10 + digit;
  }
  if (!isDigitAt(v, 6)) n -= 1e7;
  return v.length === 13 || 97 - (n % 97) === num(v, 13);
}

const DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

function dni(v: string): boolean {
  return DNI_LETTERS[num(v, 0, 8) % 23] === v[8];
}

function nie(v: string): boolean {
  const c = v.charAt(0);
  return c >= "X" && c <= "Z" && DNI_LETTERS[((v.charCodeAt(0) - 0x58) * 1e7 + num(v, 1, 8)) % 23] === v[8];
}

function cif(v: string): boolean {
  let sum = 0;
  for (let k = 0; k < 7; k++) sum += k % 2 === 0 ? digitSum(d(v, k + 1) * 2) : d(v, k + 1);
  const control = (10 - (sum % 10)) % 10;
  return v[8] === String(control) || v[8] === "JABCDEFGHI"[control];
}

function nuss(v: string): boolean {
  let n = num(v, 2, 10);
  n += num(v, 0, 2) * (n < 1e7 ? 1e7 : 1e8);
  return n % 97 === num(v, 10);
}

/** What a character at an odd place (from 1) counts: a digit and the letter of the same number count the same. */
const CODICE_ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

function codiceFiscale(v: string): boolean {
  let sum = 0;
  for (let k = 0; k < 15; k++) {
    const n = isDigitAt(v, k) ? d(v, k) : v.charCodeAt(k) - 0x41;
    sum += k % 2 === 0 ? (CODICE_ODD[n] as number) : n;
  }
  return "ABCDEHLMPRST".includes(v.charAt(8)) && 0x41 + (sum % 26) === v.charCodeAt(15);
}

function bsn(v: string): boolean {
  return weighted(v, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 && !oneDigit(v);
}

/** Those born from 2000 on have a 2 before their number for the check. */
function rijks(v: string): boolean {
  const n = num(v, 0, 9);
  const key = num(v, 9);
  return (97 - (n % 97) === key || 97 - ((n + 2e9) % 97) === key) && num(v, 2, 4) % 20 <= 12 && num(v, 4, 6) <= 31;
}

function pesel(v: string): boolean {
  return weighted(v, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0 && dayMonth(num(v, 4, 6), num(v, 2, 4) % 20);
}

function nip(v: string): boolean {
  return weighted(v, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === d(v, 9) && !oneDigit(v);
}

/** The day plus 60 is a coordination number; a month of 20 and more is an organisation. */
function personnummer(full: string): boolean {
  const v = full.slice(-10);
  return luhn(v) && (dayMonth(((num(v, 4, 6) - 1) % 60) + 1, num(v, 2, 4)) || num(v, 2, 4) >= 20);
}

/** Takes the eleven characters with or without the sign of the century; "-" and "+" are not among them. */
function hetu(v: string): boolean {
  if (!dayMonth(num(v, 0, 2), num(v, 2, 4))) return false;
  let rest = v.slice(6);
  if (v.length === 11) {
    const c = v.charAt(6);
    if ((c > "F" && c < "U") || c > "Y") return false;
    rest = v.slice(7);
  }
  if (!allDigits(rest.slice(0, 3))) return false;
  return "0123456789ABCDEFHJKLMNPRSTUVWXY"[(num(v, 0, 6) * 1000 + num(rest, 0, 3)) % 31] === rest[3];
}

/** The modulus holds for numbers given up to 2007 only, so without a label a later one is not told. */
function cpr(v: string): boolean {
  return weighted(v, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 && dayMonth(num(v, 0, 2), num(v, 2, 4));
}

/** The day plus 40 is a D number, the month plus 40 or 80 a test number. */
function fnr(v: string): boolean {
  return (
    (weighted(v, [3, 7, 6, 1, 8, 9, 4, 5, 2]) + d(v, 9)) % 11 === 0 &&
    (weighted(v, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) + d(v, 10)) % 11 === 0 &&
    dayMonth(num(v, 0, 2) % 40, num(v, 2, 4) % 40)
  );
}

/** 11 minus the sum modulo 11, where 10 and 11 are 0. */
function mod11Digit(sum: number): number {
  return sum % 11 < 2 ? 0 : 11 - (sum % 11);
}

function cpf(v: string): boolean {
  return (
    mod11Digit(weighted(v, [10, 9, 8, 7, 6, 5, 4, 3, 2])) === d(v, 9) &&
    mod11Digit(weighted(v, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])) === d(v, 10) &&
    !oneDigit(v)
  );
}

function cnpj(v: string): boolean {
  return (
    mod11Digit(weighted(v, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])) === d(v, 12) &&
    mod11Digit(weighted(v, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])) === d(v, 13) &&
    !oneDigit(v)
  );
}

/** Letters count from 10 on, those after N one more because of Ñ. */
function mexican(v: string, k: number): number {
  return base36(v, k) + (v.charAt(k) > "N" ? 1 : 0);
}

function curp(v: string): boolean {
  let sum = 0;
  for (let k = 0; k < 17; k++) sum += mexican(v, k) * (18 - k);
  return d(v, 17) === (10 - (sum % 10)) % 10 && dayMonth(num(v, 8, 10), num(v, 6, 8)) && "HMX".includes(v.charAt(10));
}

/** Takes the twelve characters of a company or the thirteen of a person. */
function rfc(v: string): boolean {
  const head = v.length - 9;
  if (!dayMonth(num(v, head + 4, head + 6), num(v, head + 2, head + 4))) return false;
  let sum = head === 3 ? 37 * 13 : 0; // the blank before a company
  for (let k = 0; k < v.length - 1; k++) sum += mexican(v, k) * (v.length - k);
  return "0A987654321"[sum % 11] === v[v.length - 1];
}

function nric(v: string): boolean {
  const sum = weighted(v, [2, 7, 6, 5, 4, 3, 2], 1);
  switch (v[0]) {
    case "S":
      return "JZIHGFEDCBA"[sum % 11] === v[8];
    case "T":
      return "JZIHGFEDCBA"[(sum + 4) % 11] === v[8];
    case "F":
      return "XWUTRQPNMLK"[sum % 11] === v[8];
    case "G":
      return "XWUTRQPNMLK"[(sum + 4) % 11] === v[8];
    case "M":
      return "KLJNPQRTUWX"[10 - ((sum + 3) % 11)] === v[8];
    default:
      return false;
  }
}

/** The last digit is no check any more for numbers given from October 2020 on, so the date decides. */
function rrn(v: string): boolean {
  return dayMonth(num(v, 4, 6), num(v, 2, 4)) && !oneDigit(v);
}

function mynumber(v: string): boolean {
  return mod11Digit(weighted(v, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) === d(v, 11) && !oneDigit(v);
}

function ahv(v: string): boolean {
  return num(v, 0, 3) === 756 && weighted(v, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;
}

function cnid(v: string): boolean {
  const sum = weighted(v, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
  return "10X98765432"[sum % 11] === v[17] && dayMonth(num(v, 12, 14), num(v, 10, 12));
}

function aba(v: string): boolean {
  return v.length !== 9 || !allDigits(v) || weighted(v, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0;
}

/** A to Z in a vehicle number; I, O and Q are not used. */
const VIN_VALUES = "12345678012345070923456789";
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** The check digit of North America; other makers put anything in its place. */
export function vinChecks(v: string): boolean {
  let sum = 0;
  let letters = 0;
  for (let k = 0; k < v.length; k++) {
    let n = d(v, k);
    if (n > 9) {
      if ("IOQ".includes(v.charAt(k))) return false;
      n = d(VIN_VALUES, v.charCodeAt(k) - 0x41);
      letters++;
    }
    sum += n * (VIN_WEIGHTS[k] as number);
  }
  return letters > 1 && "0123456789X"[sum % 11] === v[8];
}

function bic(v: string): boolean {
  return !isDigitAt(v, 4) && !isDigitAt(v, 5);
}

/** Hexadecimal digits, of which some are digits. */
function hex(v: string): boolean {
  let digits = 0;
  for (let k = 0; k < v.length; k++) {
    if (v.charAt(k) > "F") return false;
    if (isDigitAt(v, k)) digits++;
  }
  return digits > 0;
}

/** The checks of rules/identifiers.json, by name. */
export const CHECKS: ReadonlyMap<string, (v: string) => boolean> = new Map(
  Object.entries({
    ssn,
    itin,
    ein: (v: string) => !NO_EIN.has(num(v, 0, 2)),
    mbi,
    npi,
    nino,
    nhs,
    utr,
    luhn,
    siren,
    tfn,
    abn,
    medicare,
    aadhaar,
    pan,
    gstin,
    steuerid,
    perso,
    svnr,
    kvnr,
    nir,
    dni,
    nie,
    cif,
    nuss,
    cf: codiceFiscale,
    bsn,
    rijks,
    pesel,
    nip,
    personnummer,
    hetu,
    cpr,
    fnr,
    cpf,
    cnpj,
    curp,
    rfc,
    nric,
    rrn,
    mynumber,
    ahv,
    cnid,
    aba,
    vin: vinChecks,
    bic,
    hex,
  }),
);
