// Keeps the courier's page open while pages are recorded.

import { browser } from "wxt/browser";
import { COURIER_PATH } from "../messages";
import type { Parts } from "./parts";

let line: Promise<void> = Promise.resolve();

/** Opens the courier's page where there is a session, closes it where there is none. Firefox has no such pages. */
export function keepCourier(parts: Parts): Promise<void> {
  const { offscreen } = browser as Partial<Pick<typeof browser, "offscreen">>;
  if (!offscreen) return Promise.resolve();
  line = line
    .then(async () => {
      const wanted = (await parts.ledger.sessions()).length > 0;
      if (wanted === (await offscreen.hasDocument())) return;
      if (!wanted) return offscreen.closeDocument();
      await offscreen.createDocument({
        url: COURIER_PATH,
        reasons: ["BLOBS"],
        justification: "Keeps what a page hands over in its last moment until it is stored.",
      });
    })
    // Without it the last click of a page may be lost; the rest goes on.
    .catch((error: unknown) => {
      console.warn("CodeSight has no courier:", error instanceof Error ? error.message : "unknown");
    });
  return line;
}
