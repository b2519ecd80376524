// Sites by their hosts: those that the participant never wants recorded, or the only one that they do.

import { ALL_SITES } from "../messages";

/** The host that somebody means who types an address or a name; undefined where it is none. */
export function asHost(typed: string): string | undefined {
  const text = typed.trim();
  const url = URL.parse(text.includes("://") ? text : `https://${text}`);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === "") return undefined;
  const host = url.hostname.replace(/^www\./, "").replace(/\.$/, "");
  return /^[a-z0-9.-]+$|^\[[0-9a-f:.]+\]$/.test(host) ? host : undefined;
}

/** Whether an address or origin lies on one of these hosts or below it. */
export function liesOn(hosts: readonly string[], address: string | undefined): boolean {
  if (hosts.length === 0 || address === undefined) return false;
  const host = URL.parse(address.replace(/^blob:/, ""))?.hostname.replace(/\.$/, "");
  return host !== undefined && hosts.some((h) => host === h || host.endsWith(`.${h}`));
}

/** The browser's patterns of the pages on a host or below it. */
export function hostPatterns(host: string): string[] {
  // A pattern of an IP address has no sub-domains.
  return /^[0-9.]+$|^\[/.test(host) ? [`*://${host}/*`] : [`*://*.${host}/*`];
}

/** The access that recording on one host, or on all, takes. */
export function accessTo(site: string | null): { origins: string[] } {
  return site === null ? ALL_SITES : { origins: hostPatterns(site) };
}
