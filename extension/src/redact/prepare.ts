// Fills the large tables before they are needed, at once or in pieces. A content script is in every frame of every page, and
// most of these hold nothing to scan: loading it must cost next to nothing.

import { loadLabels } from "./identifier";
import { loading } from "./lexicon";
import { latinPhrases } from "./phrases";
import type { Late } from "./scanner";
import { Steps } from "./steps";

/** What must be done before the first text is scanned. */
export const scanTables = new Steps([...loading, loadLabels]);

/**
 * Makes ready for the first text and for the first field, which otherwise wait for it, until late says that the time is over.
 * Tells whether nothing is left.
 */
export function prepare(late?: Late): boolean {
  return scanTables.run(late) && latinPhrases.run(late);
}
