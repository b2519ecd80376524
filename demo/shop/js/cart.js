// The cart: change quantities, remove, go on.

import './shell.js';
import { $, $$, html, icon, render } from './dom.js';
import { picture, price, productLink } from './data.js';
import { cartLines, setQuantity } from './store.js';
import { sums } from './summary.js';

function row({ key, product, colour, size, sku, quantity, total }) {
  return html`<li class="line" data-key="${key}" data-testid="cart-line">
    <a href="${productLink(product, colour.id)}&size=${size.id}"><img src="${picture(product, colour.id)}" alt="" width="128" height="128"></a>
    <div><h2><a href="${productLink(product, colour.id)}&size=${size.id}">${product.name}</a></h2><p class="soft">${colour.name}, ${size.name}</p><p class="soft small">${sku}</p></div>
    <qty-stepper value="${quantity}" max="${Math.max(product.stock, quantity)}" label="Quantity of ${product.name}" data-testid="line-quantity"></qty-stepper>
    <p class="line-total" data-testid="line-total">${price(total)}</p>
    <button class="link small" data-remove="${key}" data-testid="remove" aria-label="Remove ${product.name}">Remove</button></li>`;
}

function show() {
  const lines = cartLines();
  render($('#cart'), lines.length ? html`<ul class="lines">${lines.map(row)}</ul>
    <aside class="panel" aria-label="Order summary"><h2>Summary</h2><dl class="sums">${sums(lines)}</dl>
      <a class="button big" href="checkout.html" data-testid="to-checkout">${icon('lock')} Check out</a>
      <p class="soft small center">Free returns for 100 days</p></aside>`
    : html`<div class="empty"><p>Nothing here yet. That can be helped.</p><p><a class="button" href="search.html">See everything</a></p></div>`);
}

/** Keeps the rows in place while only figures change, so that the focus stays in the stepper. */
function update() {
  const lines = cartLines();
  if (lines.length !== $$('.line').length) {
    show();
    return;
  }
  for (const { key, total } of lines) $('.line-total', $(`[data-key="${key}"]`)).textContent = price(total);
  render($('.sums'), sums(lines));
}

$('#cart').addEventListener('quantity', (event) => setQuantity(event.target.closest('[data-key]').dataset.key, event.detail));
$('#cart').addEventListener('click', (event) => {
  const key = event.target.closest('[data-remove]')?.dataset.remove;
  if (key) setQuantity(key, 0);
});
document.addEventListener('cart:changed', update);
show();
