// The courier: a page of the extension without a window, there while a session is recorded. Unlike the worker it is not
// stopped when nothing happens, so it can take what a page hands over in its last moment.

import { browser } from "wxt/browser";
import { Courier } from "../../courier/courier";
import { COURIER_PORT, type Carried, asCarried, asDelivered } from "../../messages";
import { sourceOf } from "../../senders";

const courier = new Courier<Carried>({
  bring: async (message) => asDelivered(await browser.runtime.sendMessage(message)) !== undefined,
  later: (work, ms) => setTimeout(work, ms),
});

browser.runtime.onConnect.addListener((port) => {
  const source = sourceOf(port.sender);
  if (port.name !== COURIER_PORT || !source) return;
  port.onMessage.addListener((message: unknown) => {
    const carried = asCarried({ to: "worker", type: "carried", source, message });
    if (carried && !courier.take(carried)) console.warn("CodeSight: the worker has not answered for long");
  });
});
