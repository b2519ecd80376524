// The tables of rules/, ready for scanning. The twin of internal/redact/tables.go.

import contextTable from "../../../rules/context.json";
import networkTable from "../../../rules/network.json";
import secretTable from "../../../rules/secrets.json";
import { FOLD_ALPHABET, FOLD_UNSPACED, foldWord } from "./fold";

// Classes of a folded byte.
export const LOWER = 1;
export const UPPER = 2;
export const DIGIT = 4;
/** A letter outside ASCII. */
export const OTHER = 8;
export const HEX = 16;
/** May stand in the local part of a mail address. */
export const MAIL = 32;
/** Space, tab, line end. */
export const BLANK = 64;
/** Letters, digits, _ and -. */
export const TOKEN = 128;
export const LETTER = LOWER | UPPER | OTHER;
export const ALNUM = LETTER | DIGIT;

// Separators between groups of digits.
export const SEP_SPACE = 1;
export const SEP_DASH = 2;
export const SEP_DOT = 4;
export const SEP_OPEN = 8;
export const SEP_CLOSE = 16;
export const SEP_SLASH = 32;
export const SEP_PLUS = 64;
export const SEP_LINE = 128;

export const CLASS = new Uint8Array(256);
/** By a byte: at which bytes after it, in their lowest five bits, a detector may begin. */
export const TRIGGER = new Uint32Array(256);
/** The mask of a trigger that does not depend on the byte after it. */
export const ALWAYS = 0xffffffff;
export const SEP = new Uint8Array(256);

for (let c = 0; c < 256; c++) {
  let k = 0;
  if (c >= 0x61 && c <= 0x7a) k = LOWER | MAIL | TOKEN;
  else if (c >= 0x41 && c <= 0x5a) k = UPPER | MAIL | TOKEN;
  else if (c >= 0x30 && c <= 0x39) k = DIGIT | MAIL | TOKEN | HEX;
  else if (c >= FOLD_ALPHABET) k = OTHER | MAIL;
  else if (c >= FOLD_UNSPACED) k = OTHER;
  if ((c >= 0x61 && c <= 0x66) || (c >= 0x41 && c <= 0x46)) k |= HEX;
  CLASS[c] = k;
}
mark(CLASS, "._%+-'", MAIL);
mark(CLASS, "_-", TOKEN);
mark(CLASS, " \t\n\r", BLANK);
mark(SEP, " \t", SEP_SPACE);
mark(SEP, "\n\r", SEP_LINE);
mark(SEP, "-", SEP_DASH);
mark(SEP, ".", SEP_DOT);
mark(SEP, "(", SEP_OPEN);
mark(SEP, ")", SEP_CLOSE);
mark(SEP, "/", SEP_SLASH);
mark(SEP, "+", SEP_PLUS);
mark(TRIGGER, "0123456789[:=->ABCDEFGHIJKLMNOPQRSTUVWXYZ", ALWAYS);

function mark(table: Uint8Array | Uint32Array, chars: string, bit: number): void {
  for (const char of chars) {
    const c = char.charCodeAt(0);
    table[c] = (table[c] as number) | bit;
  }
}

export function wordSet(words: readonly string[]): Set<string> {
  return new Set(words.map(foldWord));
}

/** Bounds the words that are looked up in tables, in characters. */
export const WORD_MAX = 48;

/** Tells, by its last two letters, that a word is none of a list: by nameEnd, a bit for each length. */
export class Endings {
  private readonly lengths = new Int32Array(1 << 10);

  /** Of folded words. */
  constructor(words: Iterable<string> = []) {
    for (const word of words) this.add(word);
  }

  /** Adds a folded word. Before one of a single letter anything may stand. */
  add(word: string): void {
    const n = word.length;
    const last = word.charCodeAt(n - 1);
    if (n > 1) this.mark(word.charCodeAt(n - 2), last, n);
    else for (let before = 0; before < 32; before++) this.mark(before, last, n);
  }

  private mark(last2: number, last: number, n: number): void {
    const at = nameEnd(last2, last);
    this.lengths[at] = (this.lengths[at] as number) | (1 << Math.min(n, 31));
  }

  /** Whether a word that ends with these two may be one of the list. */
  may(last2: number, last: number): boolean {
    return this.lengths[nameEnd(last2, last)] !== 0;
  }

  /** The same for a word of n letters. */
  fits(last2: number, last: number, n: number): boolean {
    return (((this.lengths[nameEnd(last2, last)] as number) >>> Math.min(n, 31)) & 1) !== 0;
  }
}

/** Hashes the last two characters of a name: most names are told to be none by them. */
export function nameEnd(a: number, b: number): number {
  return (a & 31) | ((b & 31) << 5);
}

/** How many hints there are: five bits of the first letter of a word, five of its last, four of its length. */
export const HINT_SIZE = 1 << 14;

export function hintOf(first: number, last: number, length: number): number {
  return (first & 31) | ((last & 31) << 5) | (Math.min(length, 15) << 10);
}

/** Tells by their hints that letters are none of a list of words. */
export class HintSet {
  private readonly seen = new Uint8Array(HINT_SIZE);

  /** Adds a folded word. */
  add(word: string): void {
    if (word !== "") this.seen[hintOf(word.charCodeAt(0), word.charCodeAt(word.length - 1), word.length)] = 1;
  }

  /** Whether the letters i to j of b, at least one, may be a word of the list; saying yes wrongly only costs time. */
  has(b: Uint8Array, i: number, j: number): boolean {
    return this.seen[hintOf(b[i] as number, b[j - 1] as number, j - i)] !== 0;
  }
}

// Context words.

export const CONTEXT_PHONE = 0;
export const CONTEXT_CARD = 1;
export const CONTEXT_IP = 2;
export const CONTEXT_IBAN = 3;

/** Flags of a word: for kind k, bit 3k raises, 3k+1 lowers, 3k+2 lowers a plain number only. */
export const CONTEXT = new Map<string, number>();
export const CONTEXT_LEFT = contextTable.window_left;
export const CONTEXT_RIGHT = contextTable.window_right;

interface ContextWords {
  raise: string[];
  lower: string[];
  lower_plain?: string[];
}
const contextTypes: Record<string, ContextWords> = contextTable.types;
["PHONE", "CARD", "IP", "IBAN"].forEach((name, kind) => {
  const words = contextTypes[name];
  [words?.raise, words?.lower, words?.lower_plain].forEach((list, bit) => {
    for (const word of list ?? []) {
      const key = foldWord(word);
      CONTEXT.set(key, (CONTEXT.get(key) ?? 0) | (1 << (3 * kind + bit)));
    }
  });
});

// Keys and other secrets.

export interface KeyForm {
  prefix: string;
  /** Index in prefix of its rarest character, which triggers it. */
  at: number;
  /** What stands beside that, as in KEY_BEFORE and KEY_AFTER. */
  before: number;
  after: number;
  charset: string;
  min: number;
  random: boolean;
  /** The prefix only announces the secret, and stays. */
  keep: boolean;
  /** The charset of what belongs to the key before the prefix, or "", and how much of it there is at least. */
  lead: string;
  leadMin: number;
  type: "SECRET" | "TRACKING_ID";
  rule: string;
}

/** By a byte that triggers: which bytes, in their lowest five bits, stand beside it. */
export const KEY_BEFORE = new Uint32Array(256);
export const KEY_AFTER = new Uint32Array(256);
export const KEY_FORMS: (KeyForm[] | undefined)[] = new Array<KeyForm[] | undefined>(256);
for (const form of secretTable.prefixes) {
  let at = 0;
  for (let i = 0; i < form.prefix.length; i++) {
    if (rarity(form.prefix, i) < rarity(form.prefix, at)) at = i;
  }
  const c = form.prefix.charCodeAt(at);
  const before = at > 0 ? bitOf(form.prefix, at - 1) : ALWAYS;
  const after = at + 1 < form.prefix.length ? bitOf(form.prefix, at + 1) : ALWAYS;
  (KEY_FORMS[c] ??= []).push({
    prefix: form.prefix,
    at,
    before,
    after,
    charset: form.charset,
    min: form.min,
    random: "random" in form,
    keep: "keep" in form,
    lead: form.lead ?? "",
    leadMin: form.lead_min ?? 0,
    type: "tracks" in form ? "TRACKING_ID" : "SECRET",
    rule: `${"tracks" in form ? "tracking" : "secret"}.${form.rule}`,
  });
  for (const [masks, bits] of [[KEY_BEFORE, before], [KEY_AFTER, after], [TRIGGER, after]] as const) masks[c] = (masks[c] as number) | bits;
}

function bitOf(prefix: string, i: number): number {
  return 1 << (prefix.charCodeAt(i) & 31);
}

function rarity(prefix: string, i: number): number {
  return secretTable.rarity.indexOf(prefix.charAt(i));
}

export const SECRET_KEYS = wordSet(secretTable.keys);
export const SECRET_PROSE = wordSet(secretTable.prose_keys);
export const SECRET_COLON = wordSet(secretTable.colon_keys);
export const SECRET_RANDOM = wordSet(secretTable.random_keys);
export const PASSWORDS = wordSet(secretTable.passwords);
export const SECRET_OWNERS = wordSet(secretTable.owners);
export const SECRET_FOR = wordSet(secretTable.for_words);
export const CODE_SENDERS = wordSet(secretTable.senders);
export const PAIR_LABELS = wordSet(secretTable.pairs);
export const USER_LABELS = wordSet(secretTable.users);
export const KEY_WORDS = wordSet(secretTable.key_words);
export const ANSWERS = wordSet(secretTable.answers);
export const ANSWERS_SURE = wordSet(secretTable.answers_sure);
export const PHRASES = wordSet(secretTable.phrases);
export const SECRETLY = wordSet(secretTable.secretly);
export const QUESTIONS = wordSet(secretTable.questions);
export const ANSWER_TELLS = wordSet(secretTable.tells);
export const SECRET_ROOTS = wordSet(secretTable.roots);
export const SAYS = wordSet(secretTable.says_words);
export const RECOVERY = wordSet(secretTable.recovery);
export const SEEDS = wordSet(secretTable.seeds);
export const RECOVERY_ENDS = wordSet([...secretTable.recovery, ...secretTable.seeds].map((n) => n.split(" ").at(-1) ?? n));
export const COMMANDS = new Map(Object.entries(secretTable.commands));
export const CODE_NEVER = wordSet(secretTable.never_words);
export const CODE_SHARE = wordSet(secretTable.share_words);
export const CODE_ASK = wordSet(secretTable.ask_words);
export const CODE_PROVE = wordSet(secretTable.prove_words);
export const SECRET_SCHEMES = wordSet(secretTable.schemes);
export const NOT_SECRETS = wordSet(secretTable.not_values);
export const CODE_LABELS = wordSet([...secretTable.code_words, ...secretTable.code_phrases]);
export const SECRET_VALUE_MAX = secretTable.value_max;
export const PEM = secretTable.pem;

// Networks.

export const FILE_EXTENSIONS = new Set(networkTable.file_extensions);
export const AT_WORDS = wordSet(networkTable.at_words);
export const DOT_WORDS = wordSet(networkTable.dot_words);
export const MAIL_WORDS = wordSet(networkTable.mail_words);
for (const open of "({<") { // which may hold a word for the sign of a mail address
  const c = open.charCodeAt(0);
  for (const word of [" ", ...AT_WORDS]) TRIGGER[c] = (TRIGGER[c] as number) | (1 << (word.charCodeAt(0) & 31));
}
export const TOP_LEVEL = new Set(networkTable.top_level);
export const IP_RULES = networkTable.ip;
export const V4_SCORE = new Int32Array(13);
for (const [digits, score] of Object.entries(networkTable.ip.v4_by_digits)) V4_SCORE[Number(digits)] = score;
