// Search results with filters. The address holds the whole state: q, category, colour, max, stock, offer, sort, show.

import { $, $$, html, render } from './dom.js';
import { catalogue, price } from './data.js';
import { card } from './card.js';
import { watchPictures } from './lazy.js';
import { forgetProduct } from './structured-data.js';

const PAGE = 12; // products shown before "Show more"
const DEAREST = 1300; // dollars, the right end of the price slider
const WIDE = '(min-width: 60rem)'; // filters stand open beside the results from here

const SORTS = {
  popular: ['Most loved', (a, b) => b.ratings - a.ratings],
  cheap: ['Price, low to high', (a, b) => a.price - b.price],
  dear: ['Price, high to low', (a, b) => b.price - a.price],
  rated: ['Best rated', (a, b) => b.rating - a.rating],
  name: ['Name, A to Z', (a, b) => a.name.localeCompare(b.name)],
};

function wanted() {
  const query = new URLSearchParams(location.search);
  return {
    q: query.get('q')?.trim() ?? '',
    category: query.getAll('category'),
    colour: query.getAll('colour'),
    max: Number(query.get('max') ?? DEAREST),
    stock: query.has('stock'),
    offer: query.has('offer'),
    sort: query.get('sort') in SORTS ? query.get('sort') : 'popular',
    show: Number(query.get('show') ?? PAGE),
  };
}

function matches(product, want) {
  const words = [product.name, product.category, product.blurb, product.description,
    ...product.colours.map(({ name }) => name), ...product.sizes.map(({ name }) => name)].join(' ').toLowerCase();
  const tints = catalogue.colourFamilies.filter(({ id }) => want.colour.includes(id)).flatMap(({ colours }) => colours);
  return want.q.toLowerCase().split(/\s+/).every((word) => words.includes(word.replace(/s$/, '')))
    && (!want.category.length || want.category.includes(product.category))
    && (!want.colour.length || product.colours.some(({ id }) => tints.includes(id)))
    && product.price <= want.max
    && (!want.stock || product.stock > 0)
    && (!want.offer || product.was);
}

const box = (name, { id, name: label, hex }, on) => html`<label class="tick"><input type="checkbox" name="${name}" value="${id}" ${on ? html`checked` : ''}>
  ${hex ? html`<i class="dot" style="--swatch:${hex}"></i>` : ''}${label}</label>`;

function filters(want) {
  return html`<details class="filters" ${matchMedia(WIDE).matches ? html`open` : ''}>
  <summary>Filters</summary>
  <form id="filters" aria-label="Filters" data-testid="filters">
    <fieldset><legend>Department</legend>${catalogue.categories.map((item) => box('category', item, want.category.includes(item.id)))}</fieldset>
    <fieldset><legend>Price</legend><label for="max">Up to <output id="max-out">${price(want.max)}</output></label>
      <input id="max" name="max" type="range" min="40" max="${DEAREST}" step="10" value="${want.max}" data-testid="price-range"></fieldset>
    <fieldset><legend>Colour</legend>${catalogue.colourFamilies.map((item) => box('colour', item, want.colour.includes(item.id)))}</fieldset>
    <fieldset><legend>Availability</legend>
      <label class="tick"><input type="checkbox" name="stock" value="1" ${want.stock ? html`checked` : ''} data-testid="in-stock">In stock now</label>
      <label class="tick"><input type="checkbox" name="offer" value="1" ${want.offer ? html`checked` : ''}>On offer</label></fieldset>
    <button type="reset" class="link" data-testid="clear-filters">Clear all filters</button>
  </form></details>`;
}

function heading(want) {
  if (want.q) return `Results for “${want.q}”`;
  if (want.category.length === 1) return catalogue.categories.find(({ id }) => id === want.category[0])?.name ?? 'Everything';
  return want.offer ? 'Offers' : 'Everything';
}

function showResults() {
  const want = wanted();
  const found = catalogue.products.filter((product) => matches(product, want)).sort(SORTS[want.sort][1]);
  document.title = `${heading(want)} · Mosswick`;
  $('#results-title').textContent = heading(want);
  $('#count').textContent = found.length === 1 ? '1 product' : `${found.length} products`;
  render($('#results'), found.length ? html`${found.slice(0, want.show).map(card)}`
    : html`<p class="empty">Nothing matches all of that. Try fewer filters, or a plainer word.</p>`);
  $('#more').hidden = found.length <= want.show;
  watchPictures($('#results'));
}

/** Puts the form's state into the address, as a step that Back undoes. */
function apply() {
  const query = new URLSearchParams();
  const q = new URLSearchParams(location.search).get('q');
  if (q) query.set('q', q);
  for (const [name, value] of new FormData($('#filters'))) {
    if (name !== 'max' || Number(value) < DEAREST) query.append(name, value);
  }
  if ($('#sort').value !== 'popular') query.set('sort', $('#sort').value);
  history.replaceState({ y: scrollY }, '');
  history.pushState({}, '', `search.html?${query}`);
  showResults();
}

function listen() {
  $('#filters').addEventListener('change', apply);
  $('#filters').addEventListener('input', () => { $('#max-out').textContent = price(Number($('#max').value)); });
  $('#filters').addEventListener('submit', (event) => event.preventDefault()); // Enter in a field: it applied already
  $('#filters').addEventListener('reset', (event) => {
    event.preventDefault(); // a reset would bring back what the address said when the form was made
    for (const input of $$('#filters input[type=checkbox]')) input.checked = false;
    $('#max').value = DEAREST;
    $('#max-out').textContent = price(DEAREST);
    apply();
  });
  $('#sort').addEventListener('change', apply);
  $('#more').addEventListener('click', () => {
    const query = new URLSearchParams(location.search);
    query.set('show', wanted().show + PAGE);
    history.replaceState(history.state, '', `search.html?${query}`);
    showResults();
  });
}

export function showSearch(main) {
  const want = wanted();
  forgetProduct();
  $('#q').value = want.q;
  document.body.dataset.view = 'search';
  render(main, html`<div class="wrap search">
    ${filters(want)}
    <section aria-labelledby="results-title">
      <div class="results-head"><div><h1 id="results-title"></h1><p class="soft" id="count" role="status" data-testid="result-count"></p></div>
        <label>Sort by <select id="sort" data-testid="sort">${Object.entries(SORTS).map(([id, [name]]) => html`<option value="${id}" ${id === want.sort ? html`selected` : ''}>${name}</option>`)}</select></label></div>
      <div class="grid" id="results" data-testid="results"></div>
      <p class="center"><button class="button plain" id="more" data-testid="load-more">Show more</button></p>
    </section></div>`);
  showResults();
  listen();
}
