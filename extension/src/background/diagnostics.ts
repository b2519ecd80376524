// The diagnostics file: how the extension fares, without anything of what was recorded, where, or by whom. It is built
// from named figures only; no text of a page, address, title, id of a person or key can get into it.

import { browser } from "wxt/browser";
import type { Settings } from "../person-messages";
import type { Status } from "./ledger";
import type { Parts } from "./parts";
import { settings } from "./settings";
import { type View, view } from "./view";

export async function diagnostics(parts: Parts): Promise<Record<string, unknown>> {
  const { os, arch } = await browser.runtime.getPlatformInfo();
  return {
    made_at: new Date().toISOString(),
    extension: browser.runtime.getManifest().version,
    browser: /(?:Chrome|Firefox)\/[0-9.]+/.exec(navigator.userAgent)?.[0] ?? "unknown",
    platform: `${os} ${arch}`,
    all_sites: await browser.permissions.contains({ origins: ["<all_urls>"] }),
    ...figures(await view(parts), await parts.ledger.sessions(), await settings(parts)),
  };
}

/** The figures, from what the popup shows and what is stored. */
export function figures(now: View, sessions: readonly Status[], wanted: Settings): Record<string, unknown> {
  return {
    connected: now.server !== null,
    state: now.state,
    paused_because: now.pausedBecause,
    uplink: { ...now.health, lost: now.health.lost?.length ?? 0 },
    counts: now.counts,
    storage_used: now.used,
    sessions: sessions.map((s) => ({
      phase: s.record.phase,
      held: s.record.held === true,
      ended_because: s.record.endedBecause ?? null,
      scopes: s.record.header.consent.scopes,
      last: s.last,
      acked: s.acked,
      refused: s.refused,
      steps: s.steps,
      images: s.images.length,
      queued_bytes: s.queuedBytes,
    })),
    settings: { review: wanted.review, excluded_sites: wanted.excluded.length, private_details: wanted.details.length },
  };
}
