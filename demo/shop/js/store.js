// What the shop remembers, all of it in the browser: localStorage across visits, sessionStorage for one checkout.

import { productById, variant } from './data.js';

const FREE_DELIVERY_FROM = 150; // dollars
const DELIVERY_FEE = 12; // dollars

function slot(storage, name, empty) {
  const key = `mosswick.${name}`;
  return {
    get() {
      try {
        return JSON.parse(storage.getItem(key)) ?? empty;
      } catch {
        return empty; // someone else's value under our key
      }
    },
    set(value) { storage.setItem(key, JSON.stringify(value)); },
    clear() { storage.removeItem(key); },
  };
}

export const cart = slot(localStorage, 'cart', []);
export const profile = slot(localStorage, 'profile', null);
export const orders = slot(localStorage, 'orders', []);
export const wishes = slot(localStorage, 'wishes', []);
export const cookies = slot(localStorage, 'cookies', null);
export const session = slot(localStorage, 'session', null);
export const checkout = slot(sessionStorage, 'checkout', null);
export const crossFrame = slot(sessionStorage, 'cross', false);

const changed = () => document.dispatchEvent(new CustomEvent('cart:changed'));

const lineKey = ({ id, colour, size }) => `${id}/${colour}/${size}`;

/** The cart's lines with their product, key and total; lines of products we no longer sell are left out. */
export function cartLines() {
  return cart.get().filter(({ id }) => productById(id)).map((line) => {
    const item = variant(productById(line.id), line.colour, line.size);
    return { ...item, key: lineKey(line), quantity: line.quantity, total: item.price * line.quantity };
  });
}

export function addToCart(line) {
  const lines = cart.get();
  const same = lines.find((other) => lineKey(other) === lineKey(line));
  if (same) same.quantity += line.quantity;
  else lines.push(line);
  cart.set(lines);
  changed();
}

/** Sets a line's quantity; zero removes it. */
export function setQuantity(key, quantity) {
  cart.set(cart.get()
    .map((line) => (lineKey(line) === key ? { ...line, quantity } : line))
    .filter((line) => line.quantity > 0));
  changed();
}

export function emptyCart() {
  cart.clear();
  changed();
}

export function totals(lines = cartLines()) {
  const items = lines.reduce((sum, line) => sum + line.total, 0);
  const delivery = items === 0 || items >= FREE_DELIVERY_FROM ? 0 : DELIVERY_FEE;
  return { count: lines.reduce((sum, line) => sum + line.quantity, 0), items, delivery, sum: items + delivery };
}

export function toggleWish(id) {
  const ids = wishes.get();
  wishes.set(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]);
}
