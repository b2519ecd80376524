// The order summary beside cart and checkout.

import { html } from './dom.js';
import { picture, price } from './data.js';
import { totals } from './store.js';

/** What it comes to. */
export function sums(lines) {
  const { items, delivery, sum } = totals(lines);
  return html`<div><dt>Items</dt><dd>${price(items)}</dd></div>
    <div><dt>Delivery</dt><dd>${delivery ? price(delivery) : 'Free'}</dd></div>
    <div class="sum"><dt>Total</dt><dd data-testid="total">${price(sum)}</dd></div>`;
}

/** What is bought, line by line. */
export function lineList(lines) {
  return html`<ul class="mini-lines">${lines.map(({ product, colour, size, quantity, total }) => html`<li>
    <img src="${picture(product, colour.id)}" alt="" width="64" height="64">
    <span><b>${product.name}</b><br><span class="soft small">${colour.name}, ${size.name} · ${quantity}</span></span>
    <span>${price(total)}</span></li>`)}</ul>`;
}
