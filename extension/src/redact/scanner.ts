// The state of one pass over one text, and the pass itself. The twin of internal/redact/scan.go: one pass over byte
// classes finds triggers, and the detector of the trigger decides.

import { answer } from "./answer";
import { assignment } from "./assign";
import { coded } from "./coded";
import { credentials, userInfo } from "./credentials";
import { mailDomain, mailLocal, unspacedLocal } from "./email";
import { lower, View } from "./fold";
import { bracketMail, capitalMail, saidMail, split, splitMail } from "./mailsplit";
import { HONOR_AFTER } from "./namehonored";
import { nameOrGreeting } from "./name";
import { NameWord, RUN_MAX } from "./namerun";
import { labelColon } from "./namelabel";
import { LabelReader } from "./label";
import { ipv6, mac } from "./network";
import { GROUPS_MAX, number } from "./number";
import { option } from "./option";
import { randomKey } from "./randomkey";
import { recovery } from "./recovery";
import { saidPassword } from "./said";
import { keyPrefix, pem } from "./secret";
import { Marks } from "./settle";
import { ALNUM, CLASS, DIGIT, KEY_AFTER, KEY_BEFORE, LETTER, LOWER, OTHER, TRIGGER, UPPER, WORD_MAX } from "./tables";
import { type Span, type Type, TYPES } from "./types";
import { urlInText } from "./url";

const NAMES = new Set<string>(TYPES);
/** The longest placeholder, in characters: [DRIVER_LICENSE]. */
const PLACEHOLDER_MAX = 16;
/** After how many looks it is asked whether the time is over; a power of two. They take less than a millisecond. */
const LOOKS_PER_CHECK = 1024;

const AT = 0x40;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const COLON = 0x3a;
const EQUALS = 0x3d;
const PAREN = 0x28;
const LESS = 0x3c;
const MORE = 0x3e;
const LETTER_A = 0x41;
const BRACE = 0x7b;
const DASH = 0x2d;
const SLASH = 0x2f;

/** Says whether the time for a text is over. */
export type Late = () => boolean;

export class Scanner {
  view = new View();
  b: Uint8Array = this.view.bytes;
  length = 0;
  /** The view that was replaced last. */
  private spare = new View();
  /** Found so far, in bytes of the view until place() maps them. */
  spans: Span[] = [];
  /** Nothing left of it is looked at: the end of the last span or placeholder, or the part that is scanned. */
  floor = 0;
  /** The end of the last span or placeholder. */
  redacted = 0;
  mailStart = -1;
  mailEnd = -1;
  /** The same of the addresses that hold an "@". */
  signStart = -1;
  signEnd = -1;
  /** The next place of " dot ", which is looked for up to dotLimit. */
  dotAt = -1;
  dotLimit = 0;
  /** Up to here, runs of base64 were looked at; where the last one ends; how many characters were decoded. */
  codedEnd = 0;
  codedStop = 0;
  codedWork = 0;
  /** How deep this text was hidden in others, and the scanner of what is hidden in it. */
  depth = 0;
  inner: Scanner | undefined;
  /** A number that begins here stands in no labelled address, nor does what goes on from it. */
  blockless = 0;
  /** Up to here, a run of words was tried as a random key in vain. */
  wordsEnd = 0;
  /** A piece of an address is being scanned: no address inside an address. */
  inURL = false;
  /** The same, or a value of an address that is scanned as a text. */
  inPart = false;
  readonly marks = new Marks();
  /** The time for the text is over. It is asked now and then. */
  late: Late | undefined;
  private looks = 0;
  private stopped = false;
  /** A name directly after its label is being read. */
  afterLabel = false;
  /** Up to here, a run of capital words was judged. */
  runEnd = 0;
  readonly run: readonly NameWord[] = Array.from({ length: RUN_MAX }, () => new NameWord());
  readonly labels = new LabelReader();
  /** Up to here, runs of letters and digits were looked at. */
  tokenEnd = 0;
  /** Up to here, runs of capitals and digits were tried as a key in groups. */
  keyEnd = 0;
  /** The letters (capitals) and digits of the identifier that was matched last. */
  id = "";

  // The groups of the current cluster of digits (see number.ts).
  readonly groupStart = new Int32Array(GROUPS_MAX);
  readonly groupEnd = new Int32Array(GROUPS_MAX);
  readonly groupSep = new Uint8Array(GROUPS_MAX);
  readonly groupSepLen = new Uint8Array(GROUPS_MAX);
  readonly used = new Uint8Array(GROUPS_MAX);

  start(text: string, late: Late | undefined): void {
    this.view.load(text);
    this.late = late;
    this.looks = 0;
    this.stopped = false;
    this.reset();
  }

  /** Makes ready for a pass over the view. */
  reset(): void {
    this.b = this.view.bytes;
    this.length = this.view.length;
    this.spans = [];
    this.inURL = this.inPart = false;
    this.dotAt = -1;
    this.dotLimit = this.length;
    this.redacted = this.depth = this.codedStop = this.codedWork = 0;
    this.marks.reset();
    this.forget();
  }

  /** Makes the view of a text, of which this one has the original view, with each span replaced by its placeholder. */
  replace(original: View, spans: readonly Span[]): void {
    if (this.view === original) [this.view, this.spare] = [this.spare, original];
    this.view.loadReplaced(original, spans);
    this.b = this.view.bytes;
    this.length = this.view.length;
  }

  /** Finds the private values of bytes lo to hi, left to right. */
  scan(lo: number, hi: number): void {
    this.floor = lo;
    this.mailStart = this.signStart = -1;
    this.scanFrom(lo, hi, hi);
  }

  /** Goes on with the scan at place i, up to stop; nothing from hi on is looked at. */
  scanFrom(i: number, stop: number, hi: number): void {
    while (i < stop) {
      if (i >= this.marks.next && !this.inPart) this.marks.set(this, i);
      if (this.mailStart < i) this.nextMail(i, hi);
      i = this.nextTrigger(i, Math.min(stop, this.mailStart));
      if (i >= stop || this.isLate()) return;
      const from = i;
      const found = this.spans.length;
      if (i === this.mailStart) {
        this.add(i, this.mailEnd, "EMAIL", "email.address");
        i = this.mailEnd;
      } else {
        i = this.look(i, hi);
      }
      if (this.spans.length > found && !this.inPart) this.marks.stretch(this, from, i);
    }
  }

  /** Counts a look, and says whether the time for the text is over. */
  isLate(): boolean {
    if ((++this.looks & (LOOKS_PER_CHECK - 1)) === 0 && this.late?.() === true) this.stopped = true;
    return this.stopped;
  }

  /** Whether late said that the time is over: what was found is not all. */
  ranOut(): boolean {
    return this.stopped;
  }

  /** Takes over that the time ran out within what is hidden in this text. */
  stopWith(inner: Scanner): void {
    this.stopped ||= inner.stopped;
  }

  /** The first place from i on at which a detector may begin, or stop. */
  private nextTrigger(i: number, stop: number): number {
    const b = this.b;
    for (; i < stop; i++) {
      const next = TRIGGER[b[i] as number] as number;
      if (next !== 0 && ((next >>> ((b[i + 1] as number) & 31)) & 1) !== 0 && (i <= this.floor || !this.quiet(i))) return i;
    }
    return i;
  }

  /** Tells, by the bytes beside it, that the letter at i begins no word, belongs to no key's prefix, and is in no base64. */
  private quiet(i: number): boolean {
    const c = CLASS[this.b[i] as number] as number;
    const before = this.b[i - 1] as number;
    if ((c & LETTER) === 0 || ((c & OTHER) !== 0 && HONOR_AFTER[this.b[i] as number] === 1) || ((c & (UPPER | OTHER)) !== 0 && ((CLASS[before] as number) & ALNUM) === 0)) return false;
    if ((c & UPPER) !== 0 && ((CLASS[before] as number) & (LOWER | DIGIT)) !== 0 && i >= this.codedEnd) return false;
    return (((KEY_BEFORE[this.b[i] as number] as number) >>> (before & 31)) & 1) === 0;
  }

  /** Lets the detectors of the trigger at i try, and returns the next place to look at. */
  private look(i: number, hi: number): number {
    const c = this.byte(i);
    if (this.is(i, DIGIT)) return number(this, i, hi);
    let end = 0;
    if (c === OPEN) {
      end = this.placeholder(i, hi);
      if (end > 0) {
        this.moveFloor(end);
        return end;
      }
      return bracketMail(this, i, hi) || i + 1;
    }
    if (c === PAREN || c === BRACE || c === LESS) return bracketMail(this, i, hi) || i + 1;
    if (c === MORE) return assignment(this, i, hi) || i + 1;
    if (c === COLON || c === EQUALS) end = this.assignmentOrAddress(i, hi);
    else if (c === DASH) end = pem(this, i, hi) || option(this, i, hi) || mac(this, i, hi);
    if (end === 0 && (((KEY_AFTER[c] as number) >>> (this.byte(i + 1) & 31)) & 1) !== 0) end = keyPrefix(this, i, hi);
    if (end === 0 && this.mixes(i)) end = coded(this, i, hi) || saidPassword(this, i, hi) || randomKey(this, i, hi);
    if (end === 0 && c === LETTER_A) end = capitalMail(this, i, hi);
    if (end === 0 && this.is(i, UPPER | OTHER)) end = nameOrGreeting(this, i, hi);
    return end || i + 1;
  }

  /** Whether a capital stands after a small letter or digit at i, in a run of base64 that was not looked at. */
  private mixes(i: number): boolean {
    return i > this.floor && i >= this.codedEnd && !this.inURL && this.is(i, UPPER) && this.is(i - 1, LOWER | DIGIT);
  }

  private assignmentOrAddress(i: number, hi: number): number {
    if (this.byte(i) === COLON) {
      if (i + 2 < hi && this.byte(i + 1) === SLASH && this.byte(i + 2) === SLASH && !this.inURL) {
        const end = urlInText(this, i, hi);
        if (end > 0) return end;
      }
      const end = mac(this, i, hi) || ipv6(this, i, hi);
      if (end > 0) return end;
    }
    const end = answer(this, i, hi) || assignment(this, i, hi) || recovery(this, i, hi);
    if (end > 0 || this.byte(i) !== COLON) return end;
    return userInfo(this, i, hi) || credentials(this, i, hi) || labelColon(this, i, hi);
  }

  /** Finds the first mail address in bytes from to hi and keeps its place; without one, the place is hi. */
  private nextMail(from: number, hi: number): void {
    if (this.signStart < from) this.nextSign(from, hi);
    this.mailStart = this.signStart;
    this.mailEnd = this.signEnd;
    saidMail(this, from, this.mailStart);
  }

  /** The same for the addresses that hold an "@". */
  private nextSign(from: number, hi: number): void {
    for (let at = this.indexOf(AT, from, hi); at >= 0 && !this.isLate(); at = this.indexOf(AT, at + 1, hi)) {
      let start = mailLocal(this, at, from);
      let end = mailDomain(this, at + 1, hi);
      if (start === at && end > 0) start = unspacedLocal(this, at, from, end);
      if (start === at || end === 0) {
        splitMail(this, at, from, hi);
        ({ start, end } = split);
      }
      if (end > 0) {
        this.signStart = start;
        this.signEnd = end;
        return;
      }
    }
    this.signStart = this.signEnd = hi;
  }

  /** Records a span of the view and moves the floor to its end. */
  add(start: number, end: number, type: Type, rule: string): number {
    this.spans.push({ start, end, type, rule });
    this.moveFloor(end);
    return end;
  }

  /** Says that a span or placeholder ends at end: what follows is judged as if nothing had been seen yet. */
  moveFloor(end: number): void {
    this.floor = this.redacted = end;
    this.forget();
  }

  /** Forgets what one look remembers for the next. */
  private forget(): void {
    this.wordsEnd = this.tokenEnd = this.runEnd = this.codedEnd = this.keyEnd = this.blockless = 0;
    this.labels.reset();
  }

  /** The end of the placeholder that begins at i, or 0. */
  placeholder(i: number, hi: number): number {
    const close = this.indexOf(CLOSE, i + 1, Math.min(hi, i + PLACEHOLDER_MAX));
    return close > i + 1 && NAMES.has(this.slice(i + 1, close)) ? close + 1 : 0;
  }

  byte(i: number): number {
    return this.b[i] as number;
  }

  /** Whether byte i is of a class. */
  is(i: number, mask: number): boolean {
    return ((CLASS[this.b[i] as number] as number) & mask) !== 0;
  }

  /** Whether bytes i to hi begin with an ASCII text. */
  hasPrefix(i: number, hi: number, prefix: string): boolean {
    if (hi - i < prefix.length) return false;
    for (let k = 0; k < prefix.length; k++) if (this.b[i + k] !== prefix.charCodeAt(k)) return false;
    return true;
  }

  indexOf(c: number, from: number, to: number): number {
    if (to - from > 64) {
      const n = this.b.subarray(from, to).indexOf(c);
      return n < 0 ? -1 : from + n;
    }
    for (let k = from; k < to; k++) if (this.b[k] === c) return k;
    return -1;
  }

  lastIndexOf(c: number, from: number, to: number): number {
    for (let k = to - 1; k >= from; k--) if (this.b[k] === c) return k;
    return -1;
  }

  count(c: number, from: number, to: number): number {
    let n = 0;
    for (let k = from; k < to; k++) if (this.b[k] === c) n++;
    return n;
  }

  slice(i: number, j: number): string {
    let out = "";
    for (let k = i; k < j; k++) out += String.fromCharCode(this.b[k] as number);
    return out;
  }

  /** Bytes i to j in small letters for a look-up, or "" where that is too long. */
  lowered(i: number, j: number): string {
    if (j - i > WORD_MAX) return "";
    let out = "";
    for (let k = i; k < j; k++) out += String.fromCharCode(lower(this.b[k] as number));
    return out;
  }
}
