// One product: pictures, options, a delivery estimate that takes its time, reviews in a scroller of their own.

import { $, $$, html, icon, render } from './dom.js';
import { catalogue, picture, price, productById, productLink, variant } from './data.js';
import { addToCart } from './store.js';
import { card, priceTag, stars } from './card.js';
import { describeProduct, forgetProduct } from './structured-data.js';

const ESTIMATE_MS = 2000; // the slow part of the page
const DAY_MS = 86_400_000;
const LEAD_DAYS = 4;
const ALIKE = 4; // products under "Goes well with"

const day = new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric' });
const date = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });

function options({ product, colour, size }) {
  return html`<fieldset class="swatches"><legend>Colour: <b id="colour-name">${colour.name}</b></legend>
    ${product.colours.map(({ id, name, hex }) => html`<label title="${name}"><input type="radio" name="colour" value="${id}" ${id === colour.id ? html`checked` : ''} data-testid="colour-${id}">
      <i style="--swatch:${hex}"></i><span class="sr">${name}</span></label>`)}</fieldset>
  <div class="pair"><label for="size">${product.sizeLabel}</label>
    <button type="button" class="link small" id="guide-open" data-testid="size-guide">${icon('ruler')} Will it fit?</button></div>
  <select id="size" name="size" data-testid="size-select">${product.sizes.map(({ id, name, add }) => html`<option value="${id}" ${id === size.id ? html`selected` : ''}>${name}${add ? ` (+${price(add)})` : ''}</option>`)}</select>`;
}

function buying({ product }) {
  const out = product.stock === 0;
  return html`<div class="buy"><qty-stepper name="quantity" value="1" max="${Math.max(product.stock, 1)}" label="Quantity" data-testid="quantity"></qty-stepper>
    <button class="button big" data-testid="add-to-cart" ${out ? html`disabled` : ''}>${out ? 'Back soon' : 'Add to cart'}</button>
    <wish-button product="${product.id}" name="${product.name}" data-testid="wish"></wish-button></div>
  <p class="stock ${out ? 'none' : ''}" data-testid="stock">${out ? 'Sold out, the next batch is on the bench' : product.stock < 10 ? `Only ${product.stock} left` : 'In stock'}</p>`;
}

function reviews(product) {
  return html`<section class="reviews" aria-labelledby="reviews-title"><h2 id="reviews-title">What people say</h2>
  <p>${stars(product)}</p>
  <div class="review-list" tabindex="0" role="region" aria-label="Reviews" data-testid="reviews">${product.reviews.map((review) => html`<article>
    <h3>${review.title}</h3><p class="soft"><span class="stars" style="--share:${review.rating * 20}%" role="img" aria-label="${review.rating} out of 5"></span>
    ${review.author}, <time datetime="${review.date}">${date.format(new Date(review.date))}</time></p><p>${review.text}</p></article>`)}</div></section>`;
}

function dialogs({ product }) {
  return html`<dialog id="guide" class="modal" aria-labelledby="guide-title" data-testid="size-dialog">
    <form method="dialog"><button class="x" aria-label="Close" data-testid="size-close">${icon('close')}</button></form>
    <h2 id="guide-title">Will it fit?</h2><p>Measure the door first, then the room. Leave a hand’s width at every side.</p>
    <table><tbody>${product.details.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table></dialog>
  <dialog id="added" class="modal drawer" aria-labelledby="added-title" data-testid="added-dialog"></dialog>`;
}

function page(item) {
  const { product, colour } = item;
  const category = catalogue.categories.find(({ id }) => id === product.category);
  const alike = catalogue.products.filter((other) => other.category === category.id && other !== product)
    .concat(catalogue.products.filter(({ featured, category: other }) => featured && other !== category.id)).slice(0, ALIKE);
  return html`<div class="wrap">
  <nav class="crumbs" aria-label="You are here"><a href="search.html">Everything</a> / <a href="search.html?category=${category.id}">${category.name}</a> / <span aria-current="page">${product.name}</span></nav>
  <div class="product">
    <div class="gallery"><img id="photo" src="${picture(product, colour.id)}" alt="${product.name} in ${colour.name}" width="600" height="600">
      <div class="thumbs">${product.colours.map(({ id, name }) => html`<button type="button" data-colour="${id}" aria-label="Show it in ${name}" aria-pressed="${id === colour.id}"><img src="${picture(product, id)}" alt="" width="120" height="120"></button>`)}</div></div>
    <form id="options" class="panel">
      <p class="eyebrow">${category.name}</p><h1>${product.name}</h1>
      <p class="rating">${stars(product)}</p>
      <p class="big-price" data-testid="price" id="price">${priceTag({ price: item.price, was: product.was })}</p>
      <p class="lead">${product.blurb}</p>
      ${options(item)}${buying(item)}
      <ul class="facts"><li>${icon('truck')}<span id="estimate" aria-live="polite" data-testid="delivery-estimate"><span class="waiting">Asking the warehouse…</span></span></li>
        <li>${icon('back')}<span>100 days to change your mind</span></li></ul>
      <p class="soft small">SKU <span id="sku">${item.sku}</span> · GTIN ${product.gtin}</p>
    </form>
  </div>
  <div class="about"><section><h2>About it</h2><p>${product.description}</p>
    <dl>${product.details.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>${reviews(product)}</div>
  <section aria-labelledby="alike-title"><h2 id="alike-title">Goes well with</h2><div class="grid four">${alike.map(card)}</div></section>
  </div>${dialogs(item)}`;
}

function chosen(product) {
  const form = new FormData($('#options'));
  return variant(product, form.get('colour'), form.get('size'));
}

/** After a change of colour or size: picture, price, SKU, address and structured data follow. */
function update(item) {
  const { product, colour, size } = item;
  $('#photo').src = picture(product, colour.id);
  $('#photo').alt = `${product.name} in ${colour.name}`;
  $('#colour-name').textContent = colour.name;
  $('#sku').textContent = item.sku;
  render($('#price'), priceTag({ price: item.price, was: product.was && product.was + size.add }));
  for (const thumb of $$('[data-colour]')) thumb.setAttribute('aria-pressed', String(thumb.dataset.colour === colour.id));
  history.replaceState(history.state, '', `${productLink(product, colour.id)}&size=${size.id}`);
  describeProduct(item);
}

function confirmAdded({ product, colour, size, price: each }, quantity) {
  const dialog = render($('#added'), html`<form method="dialog"><button class="x" aria-label="Close">${icon('close')}</button></form>
    <h2 id="added-title">In your cart</h2>
    <div class="mini"><img src="${picture(product, colour.id)}" alt="" width="96" height="96"><p><b>${product.name}</b><br>
      <span class="soft">${colour.name}, ${size.name}</span><br>${quantity} × ${price(each)}</p></div>
    <a class="button big" href="cart.html" data-testid="go-to-cart">View cart</a>
    <form method="dialog"><button class="button plain big" data-testid="keep-looking">Keep looking</button></form>`);
  $('a', dialog).addEventListener('click', () => dialog.close()); // or Back would find it open
  dialog.showModal();
}

function listen(product) {
  const form = $('#options');
  form.addEventListener('change', (event) => {
    if (['colour', 'size'].includes(event.target.name)) update(chosen(product));
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const item = chosen(product);
    const quantity = $('qty-stepper').value;
    addToCart({ id: product.id, colour: item.colour.id, size: item.size.id, quantity });
    confirmAdded(item, quantity);
  });
  for (const thumb of $$('[data-colour]')) {
    thumb.addEventListener('click', () => $(`[name=colour][value=${thumb.dataset.colour}]`).click());
  }
  $('#guide-open').addEventListener('click', () => $('#guide').showModal());
}

function estimateDelivery() {
  const place = $('#estimate'); // a later view has its own
  setTimeout(() => { place.textContent = `With you by ${day.format(Date.now() + LEAD_DAYS * DAY_MS)}`; }, ESTIMATE_MS);
}

export function showProduct(main) {
  const query = new URLSearchParams(location.search);
  const product = productById(query.get('id'));
  document.body.dataset.view = 'product';
  if (!product) {
    forgetProduct();
    document.title = 'Not found · Mosswick';
    render(main, html`<div class="wrap empty"><h1>We don’t have that one</h1><p><a href="search.html">See everything we make</a></p></div>`);
    return;
  }
  const item = variant(product, query.get('colour'), query.get('size'));
  document.title = `${product.name} · Mosswick`;
  render(main, page(item));
  describeProduct(item);
  listen(product);
  estimateDelivery();
}
