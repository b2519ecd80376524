// What the recorder needs of the privacy engine, and the strictest form of it.

/** Takes private values out. All offsets are UTF-16 units, as the DOM counts. */
export interface Scrubber {
  /** The text with each private value replaced by its placeholder. */
  text(text: string): string;
  /** The URL without private path parts and without query values that are not known to be safe. */
  url(url: string): string;
  /** Whether the text holds a private value. */
  contains(text: string): boolean;
  /** Where the private values stand. */
  ranges(text: string): readonly [start: number, end: number][];
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
  ranges: (text) => (text === "" ? [] : [[0, text.length]]),
};
