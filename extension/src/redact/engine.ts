// Finds and replaces what is private in a text or an address. The twin of internal/redact/redact.go.

import type { View } from "./fold";
import { scanTables } from "./prepare";
import { type Late, Scanner } from "./scanner";
import { replaceSpans, type Span } from "./types";
import { field } from "./url";

/**
 * Bounds how often a text is scanned again after a replacement, which can bring a context word nearer to the next
 * number. A text that is still changing after this many is withheld as a whole.
 */
const PASSES_MAX = 8;
/** Buffers larger than this are not kept, in characters: a rare huge text must not stay in memory. */
const SCRATCH_MAX = 1 << 20;

let scanner = new Scanner();

type Pass = (s: Scanner) => void;

const inText: Pass = (s) => {
  s.scan(0, s.length);
};
const inUrl: Pass = (s) => {
  field(s, 0, s.length);
};

/**
 * The private values of a text: ascending, not overlapping, in UTF-16 units. Where late says that the time ran out, the whole
 * text is one.
 */
export function findSpans(text: string, late?: Late): Span[] {
  return settle(text, inText, late);
}

/** The text with every private value replaced by its placeholder. */
export function redactText(text: string): string {
  return replaceSpans(text, findSpans(text));
}

/** The private values of an address, in UTF-16 units; late as for a text. */
export function findUrlSpans(raw: string, late?: Late): Span[] {
  return settle(raw, inUrl, late);
}

/**
 * The address without what is private: scheme, host, safe path segments and known query keys stay; user info, other
 * query values, fragments with data, click and campaign ids go.
 */
export function redactUrl(raw: string): string {
  return replaceSpans(raw, findUrlSpans(raw));
}

/** Scans until nothing more is found, so that redacting twice equals redacting once. */
function settle(text: string, pass: Pass, late: Late | undefined): Span[] {
  scanTables.run();
  const s = scanner;
  if (text.length > SCRATCH_MAX) scanner = new Scanner();
  s.start(text, late);
  const original = s.view;
  pass(s);
  let found = s.spans;
  if (found.length === 0 && !s.ranOut()) return found;
  for (let n = 0; n < PASSES_MAX && !s.ranOut(); n++) {
    s.replace(original, found);
    if (n > 0 || s.marks.stretches.length === 0 || !s.marks.quietAgain(s, found)) {
      s.reset();
      pass(s);
    }
    if (s.spans.length === 0 && !s.ranOut()) return place(original, found);
    found = mergeSpans(found, s.spans);
  }
  return whole(text, s.ranOut() ? "late" : "unsettled");
}

/** The whole text as one private value. */
export function whole(text: string, rule: string): Span[] {
  return [{ start: 0, end: text.length, type: "PRIVATE", rule }];
}

/** Maps spans from the view to the text. */
function place(view: View, spans: Span[]): Span[] {
  for (const s of spans) {
    s.start = view.place(s.start);
    s.end = view.place(s.end);
  }
  return spans;
}

/**
 * Adds later spans, which are in places of the text (or view) that earlier spans were replaced in, to the earlier ones. A later
 * span that swallowed a placeholder takes its place.
 */
export function mergeSpans(earlier: readonly Span[], later: readonly Span[]): Span[] {
  const out: Span[] = [];
  let shift = 0; // units of the original minus units of the replaced text, up to here
  let i = 0;
  const pass = (span: Span): void => {
    shift += span.end - span.start - (span.type.length + 2);
    i++;
  };
  for (const l of later) {
    for (let e = earlier[i]; e !== undefined && e.start - shift < l.start; e = earlier[i]) {
      out.push(e);
      pass(e);
    }
    const start = l.start + shift;
    let whole = 0; // a placeholder is swallowed whole, or not at all
    for (let e = earlier[i]; e !== undefined && e.start - shift < l.end; e = earlier[i]) {
      pass(e);
      whole = e.end;
    }
    out.push({ start, end: Math.max(l.end + shift, whole), type: l.type, rule: l.rule });
  }
  return [...out, ...earlier.slice(i)];
}
