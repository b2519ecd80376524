// What every page shares: header, footer, cookie choice, toasts. Importing it puts them in place.

import { $, html, icon, render } from './dom.js';
import { catalogue } from './data.js';
import { cookies, crossFrame, session, totals } from './store.js';
import './elements.js';
import { watchPictures } from './lazy.js';

const TOAST_MS = 6000; // long enough to read twice

export function toast(text) {
  const note = document.createElement('p');
  note.className = 'toast';
  note.textContent = text;
  $('#toasts').append(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

function header() {
  return html`<a class="skip" href="#main">Skip to the content</a>
  <p class="strip">Free delivery over $150<span> · 100 days to change your mind</span></p>
  <div class="bar wrap">
    <a class="brand" href="index.html" aria-label="Mosswick, home">${mark()}Mosswick</a>
    <form class="find" role="search" action="search.html" data-testid="site-search">
      <label class="sr" for="q">Search the shop</label>
      <input id="q" name="q" type="search" placeholder="Search lamps, sofas, rugs…" autocomplete="off" data-testid="search-input">
      <button aria-label="Search">${icon('search')}</button>
    </form>
    <div class="tools">
      <a href="${session.get() ? 'account.html' : 'login.html'}" data-testid="account-link">${icon('user')}<span>${session.get() ? 'Account' : 'Sign in'}</span></a>
      <a href="cart.html" data-testid="cart-link">${icon('cart')}<span>Cart</span> <b id="cart-count" data-testid="cart-count"></b></a>
    </div>
  </div>
  <nav class="wrap" aria-label="Departments"><ul>
    <li><a href="search.html">Everything</a></li>
    ${catalogue.categories.map(({ id, name }) => html`<li><a href="search.html?category=${id}">${name}</a></li>`)}
    <li><a class="offer" href="search.html?offer=1">Offers</a></li>
  </ul></nav>`;
}

const mark = () => html`<svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="16" fill="var(--brand)"/>
  <path d="M7 22V12c0-3 4-3 4.5 0L16 20l4.5-8c.5-3 4.5-3 4.5 0v10" fill="none" stroke="var(--brand-ink)" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

function footer() {
  return html`<div class="wrap foot">
    <div><p class="brand">${mark()}Mosswick</p><p class="soft">Furniture and home goods, made slowly and kept for long.
      A shop that sells nothing: it exists to be recorded.</p></div>
    <nav aria-label="Help"><h2>Help</h2><ul><li><a href="account.html">My account</a></li><li><a href="cart.html">My cart</a></li>
      <li><a href="login.html">Sign in</a></li></ul></nav>
    <form id="newsletter"><h2>Letters from the workshop</h2><label for="nl-9">Your e-mail address</label>
      <span class="join"><input id="nl-9" type="text" inputmode="email" required data-testid="newsletter-input"><button class="button">Join</button></span></form>
  </div>`;
}

/** The field is emptied by the page's own handler, and the address comes back in a toast. */
function listenNewsletter() {
  $('#newsletter').addEventListener('submit', (event) => {
    event.preventDefault();
    const field = $('#nl-9');
    const address = field.value.trim();
    field.value = '';
    toast(`Welcome! The first letter goes to ${address}.`);
  });
}

function askCookies() {
  if (cookies.get()) return;
  const dialog = document.createElement('dialog');
  dialog.className = 'cookies';
  dialog.setAttribute('aria-labelledby', 'cookies-title');
  dialog.dataset.testid = 'cookie-dialog';
  render(dialog, html`<h2 id="cookies-title" tabindex="-1" autofocus>Cookies, the dry kind</h2>
    <p>We keep your cart in this browser. May we also remember what you looked at?</p>
    <form method="dialog"><button class="button" value="needed" data-testid="cookie-needed">Only what’s needed</button>
    <button class="button plain" value="all" data-testid="cookie-all">Allow all</button></form>`);
  dialog.addEventListener('close', () => {
    cookies.set(dialog.returnValue || 'needed');
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.show();
}

function showCount() {
  const { count } = totals();
  $('#cart-count').textContent = count || '';
  $('#cart-count').ariaLabel = count ? `${count} in the cart` : '';
}

/** `?cross=1` on any page has the payment frame served from another origin until `?cross=0`. */
function rememberCross() {
  const asked = new URLSearchParams(location.search).get('cross');
  if (asked !== null) crossFrame.set(asked === '1');
}

rememberCross();
render($('#header'), header());
render($('#footer'), footer());
document.body.insertAdjacentHTML('beforeend', '<div id="toasts" role="status" aria-live="polite" data-testid="toasts"></div>');
listenNewsletter();
showCount();
document.addEventListener('cart:changed', showCount);
addEventListener('pageshow', ({ persisted }) => { // Back brought a page from before the change
  if (persisted) document.dispatchEvent(new CustomEvent('cart:changed'));
});
askCookies();
watchPictures();
