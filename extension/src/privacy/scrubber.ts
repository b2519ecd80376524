// What the recorder needs of the privacy engine, and the strictest form of it.

import type { Late, Span } from "../redact";

/**
 * Takes private values out. All offsets are UTF-16 units, as the DOM counts. late is asked now and then within a text; when it
 * says that the time is over, the answer no longer counts.
 */
export interface Scrubber {
  /** The text with each private value replaced by its placeholder. */
  text(text: string, late?: Late): string;
  /** The URL without private path parts and without query values that are not known to be safe. */
  url(url: string, late?: Late): string;
  /** Whether the text holds a private value. */
  contains(text: string, late?: Late): boolean;
  /** The private values: where they stand and what they are, in order. */
  spans(text: string, late?: Late): readonly Span[];
}

const WITHHELD = "[PRIVATE]";

/**
 * Withholds everything. It is used until the recorder knows what the participant typed on earlier pages: without that,
 * no text of a page can be called clean.
 */
export const strictScrubber: Scrubber = {
  text: (text) => (text === "" ? "" : WITHHELD),
  url: (url) => URL.parse(url)?.origin ?? "about:blank",
  contains: (text) => text !== "",
  spans: (text) => (text === "" ? [] : [{ start: 0, end: text.length, type: "PRIVATE", rule: "withheld" }]),
};
