// The account shows private details back, the card in full included: a page that a recorder must survive.

import { toast } from './shell.js';
import { $, html, render } from './dom.js';
import { price, productById } from './data.js';
import { orders, profile, session, wishes } from './store.js';
import { countries } from './countries.js';
import { card as productCard } from './card.js';
import { watchPictures } from './lazy.js';

const SAVE_MS = 400; // the pretended server

const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'long' });

const FIELDS = [
  ['name', 'Full name', 'name'], ['email', 'E-mail', 'email'], ['phone', 'Phone', ''], ['street', 'Street address', 'address-line1'],
  ['city', 'City', 'address-level2'], ['postcode', 'Postcode', 'postal-code'], ['card', 'Card number', ''], ['expiry', 'Expires', 'cc-exp'],
];

/** The card's digits stand in groups, each in an element of its own. */
function cardFace(me) {
  const groups = me.card.split(/\s+/);
  return html`<div class="plastic" data-testid="saved-card"><p>mosswick<span aria-hidden="true"></span></p>
    <p class="number">${groups.map((group) => html`<span>${group}</span> `)}</p>
    <p class="pair"><span>${(me.cardName || me.name).toUpperCase()}</span><span>${me.expiry}</span></p></div>`;
}

function details(me) {
  return html`<section class="panel" aria-labelledby="me-title"><div class="pair"><h2 id="me-title">Your details</h2>
    <button class="link" id="edit" data-testid="edit-profile">Edit</button></div>
    <dl class="facts-list"><div><dt>Name</dt><dd data-testid="profile-name">${me.name}</dd></div>
    <div><dt>E-mail</dt><dd data-testid="profile-email">${me.email}</dd></div>
    <div><dt>Phone</dt><dd data-testid="profile-phone">${me.phone}</dd></div>
    <div><dt>Address</dt><dd data-testid="profile-address">${me.street}${me.extra ? html`<br>${me.extra}` : ''}<br>${me.postcode} ${me.city}<br>${countries[me.country]}</dd></div>
    ${me.card ? html`<div><dt>Card</dt><dd data-testid="profile-card">${me.card}</dd></div>` : ''}</dl></section>
  ${me.card ? cardFace(me) : ''}`;
}

function form(me) {
  return html`<form id="profile" class="panel fields" data-testid="profile-form"><h2 class="full">Your details</h2>
    ${FIELDS.map(([name, label, token]) => html`<label for="p-${name}">${label} <input id="p-${name}" name="${name}" ${token ? html`autocomplete="${token}"` : ''} value="${me[name]}" ${['card', 'expiry'].includes(name) ? '' : html`required`}></label>`)}
    <label for="p-country">Country <select id="p-country" name="country" autocomplete="country" required><option value="">Choose…</option>
      ${Object.entries(countries).map(([code, name]) => html`<option value="${code}" ${code === me.country ? html`selected` : ''}>${name}</option>`)}</select></label>
    <p class="full"><button class="button" data-testid="save-profile">Save</button></p></form>`;
}

function orderList() {
  const all = orders.get();
  if (!all.length) return html`<p class="soft">No orders yet.</p>`;
  return html`<ul class="orders">${all.map(({ number, placed, sum, delivery, lines }) => html`<li><p><b>${number}</b> <span class="soft">${day.format(placed)}</span></p>
    <p>${lines.map(({ id, quantity }) => `${quantity} × ${productById(id)?.name ?? id}`).join(', ')}</p>
    <p class="pair"><span class="soft">To ${delivery.name}, ${delivery.street}</span><b>${price(sum)}</b></p></li>`)}</ul>`;
}

function wishList() {
  const wished = wishes.get().map(productById).filter(Boolean);
  return wished.length ? html`<section aria-labelledby="wish-title"><h2 id="wish-title">Wish list</h2><div class="grid four">${wished.map(productCard)}</div></section>` : '';
}

function show(editing = false) {
  const me = profile.get();
  const signedIn = session.get();
  const greeting = me?.name.split(' ')[0] ?? signedIn?.email ?? 'stranger';
  document.title = `${me?.name ?? 'Account'} · Mosswick`;
  render($('#account'), html`<div class="pair"><h1 data-testid="greeting">Hello, ${greeting}</h1>
    ${signedIn ? html`<button class="link" id="sign-out" data-testid="sign-out">Sign out</button>` : html`<a href="login.html">Sign in</a>`}</div>
  <div class="two even"><div>${editing || !me ? form(me ?? { email: signedIn?.email }) : details(me)}</div>
    <section class="panel" aria-labelledby="orders-title"><h2 id="orders-title">Orders</h2>${orderList()}</section></div>${wishList()}`);
  listen();
  watchPictures();
}

function listen() {
  $('#edit')?.addEventListener('click', () => {
    show(true);
    $('#p-name').focus();
  });
  $('#sign-out')?.addEventListener('click', () => {
    session.clear();
    location.assign('index.html');
  });
  $('#profile')?.addEventListener('submit', (event) => {
    event.preventDefault();
    const saved = { ...profile.get(), ...Object.fromEntries(new FormData(event.target)) };
    setTimeout(() => {
      profile.set(saved);
      show();
      toast(`Saved, ${saved.name}.`);
    }, SAVE_MS);
  });
}

show();
