// Sites that the participant never wants recorded.

/** The host that somebody means who types an address or a name; undefined where it is none. */
export function asHost(typed: string): string | undefined {
  const text = typed.trim();
  const url = URL.parse(text.includes("://") ? text : `https://${text}`);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === "") return undefined;
  const host = url.hostname.replace(/^www\./, "").replace(/\.$/, "");
  return /^[a-z0-9.-]+$|^\[[0-9a-f:.]+\]$/.test(host) ? host : undefined;
}

/** Whether an address or origin lies on one of these hosts or below it. */
export function isExcluded(hosts: readonly string[], address: string | undefined): boolean {
  if (hosts.length === 0 || address === undefined) return false;
  const host = URL.parse(address.replace(/^blob:/, ""))?.hostname.replace(/\.$/, "");
  return host !== undefined && hosts.some((h) => host === h || host.endsWith(`.${h}`));
}

/** Patterns of the pages that the browser is told not to put the recorder into. */
export function excludeMatches(host: string): string[] {
  // A pattern of an IP address has no sub-domains.
  return /^[0-9.]+$|^\[/.test(host) ? [`*://${host}/*`] : [`*://*.${host}/*`];
}
