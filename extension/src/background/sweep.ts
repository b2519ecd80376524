// Deletes images that nothing refers to any more, after a crash between two writes. Runs before anything else does.

import type { Parts } from "./parts";

export async function sweep(parts: Parts): Promise<void> {
  const wanted = new Set((await parts.ledger.sessions()).flatMap((s) => s.images));
  for (const tab of await parts.tabs.tabs()) {
    const { frame } = await parts.tabs.entry(tab);
    if (frame) wanted.add(frame.image);
  }
  await parts.images.keepOnly(wanted);
}
