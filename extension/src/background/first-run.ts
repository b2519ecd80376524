// Shows a new participant the first-run page. The browser also says "installed" where the extension is loaded anew with all
// its data, so that alone is not the first run: nothing may be set up. Nothing is ever changed here.

import { browser, type Browser } from "wxt/browser";
import { enrolment } from "./enrolment";
import type { Parts } from "./parts";

export async function welcome(parts: Parts, { reason }: Browser.runtime.InstalledDetails): Promise<void> {
  if (reason !== "install" || (await enrolment(parts)) || (await parts.ledger.sessions()).length > 0) return;
  await browser.tabs.create({ url: browser.runtime.getURL("/welcome.html") });
}
