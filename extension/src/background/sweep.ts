// Deletes images that nothing refers to any more, after a crash between two writes. Runs before anything else does.

import type { Parts } from "./parts";
import { framesOf } from "./tab-book";

export async function sweep(parts: Parts): Promise<void> {
  const wanted = new Set((await parts.ledger.sessions()).flatMap((s) => s.images));
  for (const tab of await parts.tabs.tabs()) {
    for (const frame of framesOf(await parts.tabs.entry(tab))) wanted.add(frame.image);
  }
  await parts.images.keepOnly(wanted);
}
