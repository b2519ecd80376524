// The recorder in a page: a table of contents. It is put into every frame of every page while a session is recorded, and
// runs in a world of its own that the page cannot see.

import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { prepareWhenIdle } from "../content/idle";
import { CourierLine, askOrders, isAlive, listen, sendItems, tell } from "../content/link";
import type { Peer } from "../content/peers";
import { Recorder } from "../content/recorder";
import { measure } from "../content/regions";
import { watchChoices } from "../content/watch/choice";
import { watchClicks } from "../content/watch/click";
import { watchClipboard } from "../content/watch/clipboard";
import { watchDialogs } from "../content/watch/dialog";
import { watchDrags } from "../content/watch/drag";
import { watchEffects } from "../content/watch/effect";
import { watchHovers } from "../content/watch/hover";
import { watchKeys } from "../content/watch/key";
import { watchLeaving } from "../content/watch/leaving";
import { watchNavigation } from "../content/watch/navigation";
import { watchScrolls } from "../content/watch/scroll";
import { watchSubmits } from "../content/watch/submit";
import { watchTouches } from "../content/watch/touch";
import { watchTyping } from "../content/watch/typing";
import { makeWatch } from "../content/watch/watch";

/** Kept in the recorder's own world: the script may be put into a page twice, and again after an update. */
const world = globalThis as { codesight?: Peer };
const HELLO_RETRY_MS = 500;

export default defineUnlistedScript(() => {
  if (world.codesight?.isAlive() === true) return;
  world.codesight?.stop();
  // A page that is loaded ahead of time is not shown yet, and may never be.
  if ("prerendering" in document && document.prerendering === true) {
    document.addEventListener("prerenderingchange", () => { record(true); }, { once: true });
  } else {
    record(document.readyState === "loading");
  }
});

/** Records this document. isNew: the participant arrives on it now, as opposed to having been here when recording began. */
function record(isNew: boolean): void {
  const stopping = new AbortController();
  const courier = new CourierLine();
  const recorder = new Recorder({
    document,
    send: sendItems,
    handOver: (message) => {
      courier.handOver(message);
    },
    settled: (stamp) => {
      if (window === window.top) tell({ to: "worker", type: "settled", stamp });
    },
    changed: (stamp) => {
      tell({ to: "worker", type: "changed", stamp });
    },
    now: Date.now,
  });
  const stop = (): void => {
    recorder.stop();
    stopping.abort();
    delete world.codesight;
  };
  world.codesight = { isAlive, stop, ...recorder.peer() };

  prepareWhenIdle(stopping.signal);
  const watch = makeWatch(recorder, stopping.signal);
  watchNavigation(watch, isNew);
  watchTyping(watch);
  watchChoices(watch);
  const press = watchClicks(watch);
  watchDrags(watch, press);
  watchTouches(watch, press);
  watchKeys(watch);
  watchSubmits(watch);
  watchScrolls(watch);
  watchDialogs(watch);
  watchClipboard(watch);
  watchEffects(watch);
  watchHovers(watch);
  watchLeaving(watch);

  listen(stopping.signal, (message, answer) => {
    if (message.type === "orders") {
      if (message.orders.session === null) stop();
      else recorder.obey(message.orders);
      return false;
    }
    void measure(document, recorder.stillness, recorder.scrubber()).then((measured) => {
      if (measured?.steady === true) recorder.pictured(measured.stamp);
      answer(measured);
    });
    return true;
  });
  courier.open();
  void greet(recorder, stop, stopping.signal);
  watch.on("pageshow", ({ persisted }) => {
    // The page comes back from the back-forward cache, where no orders reach it.
    if (!persisted) return;
    recorder.suspend();
    courier.open();
    void greet(recorder, stop, stopping.signal);
  });
}

/** Asks for orders until there is an answer: the worker may be starting, or be stopped at just this moment. */
async function greet(recorder: Recorder, stop: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && isAlive()) {
    const orders = await askOrders();
    if (orders?.session === null) {
      stop();
      return;
    }
    if (orders) {
      recorder.obey(orders);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, HELLO_RETRY_MS));
  }
}
