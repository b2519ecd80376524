// Which parts of a text are scanned again after values in it were replaced. A text is scanned until nothing more is found, so
// that redacting twice equals redacting once: a replacement can bring a word nearer to what stands left of it. (What stands
// right of it is judged the same in every pass, for nothing left of a span or placeholder is looked at.) So after the first
// pass only a stretch before each span is scanned again. The twin of internal/redact/settle.go.

import type { Scanner } from "./scanner";
import type { Span } from "./types";

// How far right of its place a detector looks, at most, but for addresses, in bytes. It stays within REACH, unless there are
// FAR_LOOK bytes without a space, or it says by sawFar that it read as many with spaces. Then it stays within FAR_REACH,
// which is more than the longest value of a secret.
const REACH = 320;
const FAR_LOOK = 160;
const FAR_REACH = 640;

// Marks lie a part of the reach apart, so that the last few of them are further back than the far reach.
const MARKS = 16;
const MARK_EVERY = Math.floor(FAR_REACH / (MARKS - 4));

const SPACE = 0x20;

/** A place of the main loop, and what the scanner remembered there. */
class Mark {
  at = 0;
  floor = 0;
  redacted = 0;
  /** From here to the next mark, a look saw far. */
  far = false;
  wordsEnd = 0;
  runEnd = 0;
  tokenEnd = 0;
  codedEnd = 0;
  keyEnd = 0;
  labelsFrom = 0;
  labelsUpTo = 0;
  labelStart = 0;
  labelEnd = 0;
  labelKind = 0;
  labelWeak = false;

  keep(s: Scanner, i: number): void {
    this.at = i;
    this.floor = s.floor;
    this.redacted = s.redacted;
    this.far = false;
    this.wordsEnd = s.wordsEnd;
    this.runEnd = s.runEnd;
    this.tokenEnd = s.tokenEnd;
    this.codedEnd = s.codedEnd;
    this.keyEnd = s.keyEnd;
    const { from, upTo, found } = s.labels;
    this.labelsFrom = from;
    this.labelsUpTo = upTo;
    this.labelStart = found.start;
    this.labelEnd = found.end;
    this.labelKind = found.kind;
    this.labelWeak = found.weak;
  }

  /** Puts a scanner back here, where everything before this place grew by so many bytes. */
  restore(s: Scanner, shift: number): void {
    s.floor = this.floor + shift;
    s.redacted = this.redacted + shift;
    s.wordsEnd = this.wordsEnd + shift;
    s.runEnd = this.runEnd + shift;
    s.tokenEnd = this.tokenEnd + shift;
    s.codedEnd = this.codedEnd + shift;
    s.keyEnd = this.keyEnd + shift;
    s.labels.from = this.labelsFrom + shift;
    s.labels.upTo = this.labelsUpTo + shift;
    const { found } = s.labels;
    found.start = this.labelStart + shift;
    found.end = this.labelEnd + shift;
    found.kind = this.labelKind;
    found.weak = this.labelWeak;
  }
}

/** A part of the view that must be scanned again because spans in it were replaced: from a mark to stop. */
interface Stretch {
  mark: Mark;
  /** The spans of this stretch, by their number. */
  first: number;
  last: number;
  stop: number;
}

/** The places of a scan from which it can go on as it did. */
export class Marks {
  /** The last ones since the floor moved, by their number. */
  private readonly kept: readonly Mark[] = Array.from({ length: MARKS }, () => new Mark());
  private count = 0;
  /** Where the next mark is due. */
  next = 0;
  readonly stretches: Stretch[] = [];

  reset(): void {
    this.count = this.next = this.stretches.length = 0;
  }

  /** Sets a mark at place i. */
  set(s: Scanner, i: number): void {
    this.numbered(this.count++).keep(s, i);
    this.next = i + MARK_EVERY;
  }

  private numbered(k: number): Mark {
    return this.kept[k % MARKS] as Mark;
  }

  /** Says that a detector read so many bytes and found nothing so far: what is replaced in them may change that. */
  sawFar(size: number): void {
    if (size > FAR_LOOK && this.count > 0) this.numbered(this.count - 1).far = true;
  }

  /** Records that the look at place from, after which the scan went on at stop, found spans. */
  stretch(s: Scanner, from: number, stop: number): void {
    const oldest = Math.max(0, this.count - MARKS);
    const back = unbroken(s, from) ? FAR_REACH : REACH;
    let k = this.count - 1;
    while (k > oldest && this.numbered(k).at > from - back) k--;
    for (let far = k - 1; far >= oldest && this.numbered(far + 1).at > from - FAR_REACH; far--) if (this.numbered(far).far) k = far;
    const mark = Object.assign(new Mark(), this.numbered(k));
    this.stretches.push({ mark, first: this.stretches.at(-1)?.last ?? 0, last: s.spans.length, stop });
    this.forget();
  }

  private forget(): void {
    this.count = this.next = 0;
  }

  /**
   * Whether the stretches before the spans, which were replaced, hold nothing more. It does not know where a span reaches
   * back into a stretch before its own: a street that begins within the address of a page.
   */
  quietAgain(s: Scanner, found: readonly Span[]): boolean {
    if (this.stretches.some((x) => (found[x.first] as Span).start < x.mark.at)) return false;
    s.spans = [];
    s.mailStart = s.signStart = -1;
    let shift = 0; // bytes by which the replaced view is longer, up to here
    const count = this.stretches.length; // a find adds one
    for (let k = 0; k < count; k++) {
      const x = this.stretches[k] as Stretch;
      x.mark.restore(s, shift);
      const from = x.mark.at + shift;
      for (let n = x.first; n < x.last; n++) {
        const f = found[n] as Span;
        shift += f.type.length + 2 - (f.end - f.start);
      }
      this.forget();
      s.codedStop = 0;
      s.dotAt = -1;
      s.dotLimit = x.stop + shift + FAR_REACH;
      s.scanFrom(from, x.stop + shift, s.length);
      if (s.spans.length > 0) return false;
    }
    return true;
  }
}

/** Whether FAR_LOOK bytes without a space may stand within the far reach before i: half of them is what it asks. */
function unbroken(s: Scanner, i: number): boolean {
  const part = FAR_LOOK / 2;
  const low = Math.max(0, i - FAR_REACH);
  for (let end = i; end - part >= low; end -= part) if (s.lastIndexOf(SPACE, end - part, end) < 0) return true;
  return false;
}
