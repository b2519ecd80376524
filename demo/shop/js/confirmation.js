// Thank you. The name comes back in the title, on a parcel label in capitals, and in a toast two seconds later.

import { toast } from './shell.js';
import { $, html, render } from './dom.js';
import { price, productById, variant } from './data.js';
import { orders } from './store.js';
import { countries } from './countries.js';
import { lineList } from './summary.js';

const TOAST_AFTER_MS = 2000;

/** The label splits the name over elements and writes it in capitals, as couriers do. */
function parcelLabel({ number, delivery }) {
  return html`<div class="parcel" data-testid="parcel-label"><p class="from">MOSSWICK · MILL LANE WORKSHOP</p>
    <p class="to">${delivery.name.toUpperCase().split(' ').map((part) => html`<span>${part}</span> `)}</p>
    <p>${delivery.street.toUpperCase()}${delivery.extra ? html`<br>${delivery.extra.toUpperCase()}` : ''}<br>${delivery.postcode.toUpperCase()} ${delivery.city.toUpperCase()}<br>${countries[delivery.country].toUpperCase()}</p>
    <p class="bars" aria-hidden="true"></p><p class="small">${number}</p></div>`;
}

function thanks(order) {
  const { delivery, number, ending, sum } = order;
  const lines = order.lines.map((line) => {
    const item = variant(productById(line.id), line.colour, line.size);
    return { ...item, quantity: line.quantity, total: item.price * line.quantity };
  });
  return html`<div class="two"><div>
    <p class="eyebrow">Order <span data-testid="order-number">${number}</span></p>
    <h1 data-testid="thank-you">Thank you, ${delivery.name.split(' ')[0]}.</h1>
    <p class="lead">We have written to <b>${delivery.email}</b> and will call ${delivery.phone} when the van is an hour away.</p>
    ${parcelLabel(order)}
    <p><a class="button" href="account.html" data-testid="see-account">See my account</a> <a class="button plain" href="index.html">Back to the shop</a></p></div>
  <aside class="panel" aria-label="What you bought"><h2>What you bought</h2>${lineList(lines)}
    <dl class="sums"><div class="sum"><dt>Paid with card ending ${ending}</dt><dd data-testid="total">${price(sum)}</dd></div></dl></aside></div>`;
}

const number = new URLSearchParams(location.search).get('order');
const order = orders.get().find((other) => other.number === number);

if (order) {
  document.title = `Thank you, ${order.delivery.name} · Mosswick`;
  render($('#confirmation'), thanks(order));
  setTimeout(() => toast(`Thank you, ${order.delivery.name}! The workshop has your order.`), TOAST_AFTER_MS);
} else {
  render($('#confirmation'), html`<div class="empty"><h1>We can’t find that order</h1><p>Orders are kept in the browser that placed them.</p><p><a class="button" href="index.html">Back to the shop</a></p></div>`);
}
