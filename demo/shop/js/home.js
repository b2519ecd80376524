// The home page: departments, best sellers in a sideways scroller, what is new.

import './shell.js';
import { $, html, render } from './dom.js';
import { catalogue } from './data.js';
import { card } from './card.js';
import { watchPictures } from './lazy.js';

const { categories, products } = catalogue;

render($('#departments'), html`${categories.map(({ id, name, art }) => html`<li><a href="search.html?category=${id}">
  <img src="art/${art}" alt="" width="600" height="600"><span>${name}</span></a></li>`)}`);

render($('#best'), html`${products.filter(({ featured }) => featured).map((product) => html`<li>${card(product)}</li>`)}`);

render($('#new'), html`${products.filter((product) => product.new).map(card)}`);

for (const button of document.querySelectorAll('[data-scroll]')) {
  button.addEventListener('click', () => {
    const strip = $('#best');
    strip.scrollBy({ left: Number(button.dataset.scroll) * strip.clientWidth * 0.8, behavior: 'smooth' });
  });
}

watchPictures();
