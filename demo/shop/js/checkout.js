// Checkout in two real page loads: the address (checkout.html), then payment (checkout.html?step=payment).

import './shell.js';
import { $, html, icon, render } from './dom.js';
import { price } from './data.js';
import { cart, cartLines, checkout, emptyCart, orders, profile, totals } from './store.js';
import { countries } from './countries.js';
import { lineList, sums } from './summary.js';
import { mountPayment } from './payment.js';

const lines = cartLines();

function steps(now) {
  return html`<ol class="steps">${['Cart', 'Delivery', 'Payment'].map((name, i) => html`<li ${i === now ? html`aria-current="step"` : ''}>
    ${i < now ? html`<a href="${['cart.html', 'checkout.html'][i]}">${name}</a>` : name}</li>`)}</ol>`;
}

function layout(now, main) {
  return html`${steps(now)}<div class="two"><div>${main}</div>
    <aside class="panel" aria-label="Order summary"><h2>Your order</h2>${lineList(lines)}<dl class="sums">${sums(lines)}</dl></aside></div>`;
}

/** Some fields carry autocomplete tokens; the phone, postcode and buzzer fields can be told by their label only. */
function addressForm(known) {
  return html`<h1>Where to?</h1>
  <form id="address" class="panel fields" data-testid="address-form">
    <label class="full" for="co-email">E-mail <input id="co-email" name="email" type="email" autocomplete="email" required value="${known.email}" data-testid="checkout-email"></label>
    <label class="full" for="co-name">Full name <input id="co-name" name="name" autocomplete="name" required value="${known.name}" data-testid="checkout-name"></label>
    <label class="full" for="co-street">Street address <input id="co-street" name="street" autocomplete="address-line1" required value="${known.street}" data-testid="checkout-street"></label>
    <label class="full" for="f-204">Apartment, floor, buzzer <span class="soft">(optional)</span> <input id="f-204" name="f204" autocomplete="off" value="${known.extra}"></label>
    <label for="co-city">City <input id="co-city" name="city" autocomplete="address-level2" required value="${known.city}" data-testid="checkout-city"></label>
    <label for="f-206">Postcode <input id="f-206" name="f206" required value="${known.postcode}"></label>
    <label for="co-country">Country <select id="co-country" name="country" autocomplete="country" required data-testid="checkout-country">
      <option value="">Choose…</option>${Object.entries(countries).map(([code, name]) => html`<option value="${code}" ${code === known.country ? html`selected` : ''}>${name}</option>`)}</select></label>
    <label for="f-208">Phone for the courier <input id="f-208" name="f208" inputmode="tel" required value="${known.phone}"></label>
    <label class="full" for="f-209">A note for the courier <span class="soft">(optional)</span> <textarea id="f-209" name="f209" rows="2">${known.note}</textarea></label>
    <label class="tick full"><input type="checkbox" name="save" value="1" ${known.save ? html`checked` : ''} data-testid="save-details"> Save my details for next time</label>
    <p class="full"><button class="button big" data-testid="to-payment">Continue to payment</button></p>
  </form>`;
}

function readAddress(form) {
  const { f204: extra, f206: postcode, f208: phone, f209: note, save, ...rest } = Object.fromEntries(new FormData(form));
  return { ...rest, extra, postcode, phone, note, save: Boolean(save) };
}

function showAddress() {
  document.title = 'Delivery · Mosswick';
  const known = checkout.get() ?? profile.get() ?? {};
  render($('#checkout'), layout(1, addressForm(known)));
  $('#address').addEventListener('submit', (event) => {
    event.preventDefault();
    checkout.set(readAddress(event.target));
    location.assign('checkout.html?step=payment');
  });
}

function paymentForm(address) {
  const { sum } = totals(lines);
  return html`<h1>How to pay?</h1>
  <section class="panel recap" aria-label="Delivery"><div><h2>Delivering to</h2>
    <p data-testid="recap">${address.name}<br>${address.street}${address.extra ? `, ${address.extra}` : ''}<br>${address.postcode} ${address.city}, ${countries[address.country]}</p>
    <p class="soft">${address.email} · ${address.phone}</p></div><a href="checkout.html">Change</a></section>
  <section class="panel" aria-label="Card"><h2>${icon('lock')} Card</h2><div id="payment"></div>
    <button class="button big" id="pay" disabled data-testid="place-order">Pay ${price(sum)}</button>
    <p class="soft small center">This shop charges nobody. The card stays in this browser.</p></section>`;
}

function placeOrder(address, card) {
  $('#pay').disabled = true; // the page stays until the next one is there
  const { save, ...delivery } = address;
  const number = `MW-${new Date().getFullYear()}-${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`;
  orders.set([{ number, placed: Date.now(), delivery, ending: card.number.replace(/\D/g, '').slice(-4), lines: cart.get(), sum: totals(lines).sum }, ...orders.get()]);
  if (save) profile.set({ ...delivery, note: '', card: card.number, cardName: card.name, expiry: card.expiry });
  checkout.clear();
  emptyCart();
  // The address in the query is on purpose: many shops do it.
  location.assign(`confirmation.html?order=${number}&email=${encodeURIComponent(address.email)}`);
}

function showPayment(address) {
  document.title = 'Payment · Mosswick';
  render($('#checkout'), layout(2, paymentForm(address)));
  const payment = mountPayment($('#payment'), () => { $('#pay').disabled = false; });
  $('#pay').addEventListener('click', async () => {
    const card = await payment.pay();
    if (card) placeOrder(address, card);
  });
}

function start() {
  const address = checkout.get();
  if (!lines.length) {
    render($('#checkout'), html`<div class="empty"><h1>Checkout</h1><p>Your cart is empty.</p><p><a class="button" href="search.html">See everything</a></p></div>`);
  } else if (new URLSearchParams(location.search).get('step') === 'payment' && address) {
    showPayment(address);
  } else {
    showAddress();
  }
}

start();
