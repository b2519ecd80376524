// The payment frame as its parent sees it: mount it, ask it to pay, get the card or nothing.

import { crossFrame } from './store.js';

/** The same server under its other name: another origin to the browser. */
function frameOrigin() {
  const url = new URL(location.origin);
  const other = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' }[url.hostname];
  if (crossFrame.get() && other) url.hostname = other;
  return url.origin;
}

/** Adds the frame; `ready` is called when it can take a card. `pay()` resolves to the card, or null where a field is wrong. */
export function mountPayment(place, ready) {
  const origin = frameOrigin();
  const frame = document.createElement('iframe');
  const url = new URL('frames/payment.html', location.href);
  frame.src = origin + url.pathname;
  frame.title = 'Card details';
  frame.dataset.testid = 'payment-frame';
  let settle = () => {};
  addEventListener('message', ({ source, origin: from, data }) => {
    if (source !== frame.contentWindow || from !== origin) return;
    if (data.type === 'mosswick:ready') ready();
    if (data.type === 'mosswick:height') frame.style.height = `${data.height}px`;
    if (data.type === 'mosswick:paid') settle(data.card);
    if (data.type === 'mosswick:invalid') settle(null);
  });
  place.append(frame);
  return {
    pay: () => new Promise((resolve) => {
      settle = resolve;
      frame.contentWindow.postMessage({ type: 'mosswick:pay' }, origin);
    }),
  };
}
