// The product card, used by the home page, the search results and "goes well with".

import { html } from './dom.js';
import { picture, price, productLink } from './data.js';

export function stars(product) {
  const share = `${(product.rating / 5) * 100}%`;
  return html`<span class="stars" style="--share:${share}" role="img" aria-label="${product.rating} out of 5"></span>
    <span class="soft">${product.rating} (${product.ratings})</span>`;
}

export function priceTag({ price: now, was }) {
  return html`<span class="price">${price(now)}</span>${was ? html` <s class="was"><span class="sr">Before: </span>${price(was)}</s>` : ''}`;
}

function badge(product) {
  if (product.stock === 0) return html`<span class="badge out">Back soon</span>`;
  if (product.was) return html`<span class="badge sale">Save ${price(product.was - product.price)}</span>`;
  return product.new ? html`<span class="badge">New</span>` : '';
}

export function card(product) {
  return html`<article class="card" data-testid="product-card" data-product="${product.id}">
    <a class="card-link" href="${productLink(product)}">
      <span class="frame"><img data-src="${picture(product)}" alt="" width="600" height="600">${badge(product)}</span>
      <span class="card-name">${product.name}</span>
    </a>
    <wish-button product="${product.id}" name="${product.name}"></wish-button>
    <p class="card-line"><span>${priceTag(product)}</span>
      <span class="dots" aria-label="${product.colours.length} colours" role="img">${product.colours.map(({ hex }) => html`<i style="--swatch:${hex}"></i>`)}</span></p>
    <p class="card-stars">${stars(product)}</p>
  </article>`;
}
