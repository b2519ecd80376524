// Short values ("Li", "7") count only beside their label, and the label often stands in the element before: the texts of a
// target are read together.

import { placeholder } from "../redact";
import type { Scrubber } from "./scrubber";

/** A longer text than this is judged by itself, in UTF-16 units. */
const SHORT_MAX = 16;
/** A longer text is no label. */
const LABEL_MAX = 100;
/** What may follow a value: a full stop, a colon. */
const ENDING_MAX = 1;
/** So many labels are tried for a text. */
const LABELS_TRIED = 8;

/** The text, or its placeholder where all of it counts as typed beside one of the others. */
export function besideOthers(text: string, others: readonly string[], scrubber: Scrubber): string {
  if (text === "" || text.length > SHORT_MAX) return text;
  for (const label of others.filter((o) => o !== text && o.length <= LABEL_MAX).slice(0, LABELS_TRIED)) {
    const at = label.length + 1;
    const typed = scrubber.spans(`${label}\n${text}`).find(({ start, end, rule }) =>
      rule.startsWith("echo.") && start === at && end >= at + text.length - ENDING_MAX);
    if (typed) return placeholder(typed.type);
  }
  return text;
}
