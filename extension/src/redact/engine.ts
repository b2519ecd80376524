// Finds and replaces what is private in a text or an address. The twin of internal/redact/redact.go.

import { Scanner } from "./scanner";
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

/** The private values of a text: ascending, not overlapping, in UTF-16 units. */
export function findSpans(text: string): Span[] {
  return settle(text, inText);
}

/** The text with every private value replaced by its placeholder. */
export function redactText(text: string): string {
  return replaceSpans(text, findSpans(text));
}

/** The private values of an address, in UTF-16 units. */
export function findUrlSpans(raw: string): Span[] {
  return settle(raw, inUrl);
}

/**
 * The address without what is private: scheme, host, safe path segments and known query keys stay; user info, other
 * query values, fragments with data, click and campaign ids go.
 */
export function redactUrl(raw: string): string {
  return replaceSpans(raw, findUrlSpans(raw));
}

function run(text: string, pass: Pass): Span[] {
  scanner.start(text);
  pass(scanner);
  scanner.place();
  const spans = scanner.spans;
  if (text.length > SCRATCH_MAX) scanner = new Scanner();
  return spans;
}

/** Scans until nothing more is found, so that redacting twice equals redacting once. */
function settle(text: string, pass: Pass): Span[] {
  let found = run(text, pass);
  if (found.length === 0) return found;
  for (let n = 0; n < PASSES_MAX; n++) {
    const more = run(replaceSpans(text, found), pass);
    if (more.length === 0) return found;
    found = mergeSpans(found, more);
  }
  return [{ start: 0, end: text.length, type: "PRIVATE", rule: "unsettled" }];
}

/** Adds later spans, which are in units of the text that earlier spans were replaced in, to the earlier ones. */
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
