// Two web components: <qty-stepper> with an open shadow root, <wish-button> with a closed one.

import { toggleWish, wishes } from './store.js';

const STEPPER = `<style>
  :host { display: inline-block }
  div { display: inline-flex; border: 1px solid var(--line-strong); border-radius: 999px; background: var(--card); overflow: hidden }
  div:focus-within { outline: 3px solid var(--focus); outline-offset: 2px }
  button, input { all: unset; box-sizing: border-box; height: 44px; text-align: center; font: inherit; color: var(--ink) }
  button { width: 44px; cursor: pointer; font-size: 1.2rem; user-select: none }
  button:hover { background: var(--tint) }
  button:focus-visible { background: var(--tint); box-shadow: inset 0 0 0 2px var(--focus) }
  button:disabled { opacity: .35; cursor: default }
  input { width: 40px; font-variant-numeric: tabular-nums; appearance: textfield }
  input::-webkit-inner-spin-button { appearance: none }
</style>
<div role="group">
  <button type="button" data-testid="qty-decrease" aria-label="One fewer">−</button>
  <input type="number" inputmode="numeric" data-testid="qty-input">
  <button type="button" data-testid="qty-increase" aria-label="One more">+</button>
</div>`;

/** A number with − and +. Attributes: value, min, max, label. Fires `quantity` with `detail` the new number. */
class QtyStepper extends HTMLElement {
  static formAssociated = true;
  #internals = this.attachInternals();
  #input;

  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = STEPPER;
    this.#input = root.querySelector('input');
    this.#input.min = this.getAttribute('min') ?? '1';
    this.#input.max = this.getAttribute('max') ?? '20';
    const label = this.getAttribute('label') ?? 'Quantity';
    this.#input.setAttribute('aria-label', label);
    root.querySelector('div').setAttribute('aria-label', label);
    const [fewer, more] = root.querySelectorAll('button');
    fewer.addEventListener('click', () => this.#change(this.value - 1));
    more.addEventListener('click', () => this.#change(this.value + 1));
    this.#input.addEventListener('change', () => this.#change(this.#input.valueAsNumber));
    this.#show(Number(this.getAttribute('value') ?? 1));
  }

  get value() { return Number(this.#input.value); }

  #change(wanted) {
    this.#show(wanted);
    this.dispatchEvent(new CustomEvent('quantity', { bubbles: true, detail: this.value }));
  }

  #show(wanted) {
    const { min, max } = this.#input;
    const value = Math.min(Math.max(Math.round(wanted) || Number(min), Number(min)), Number(max));
    this.#input.value = String(value);
    this.#internals.setFormValue(String(value));
    const [fewer, more] = this.shadowRoot.querySelectorAll('button');
    fewer.disabled = value <= Number(min);
    more.disabled = value >= Number(max);
  }
}

const WISH = `<style>
  button { all: unset; box-sizing: border-box; display: grid; place-items: center; width: 44px; height: 44px; border-radius: 50%;
    background: var(--card); color: var(--ink); cursor: pointer; box-shadow: 0 1px 4px rgb(0 0 0 / .16) }
  button:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px }
  svg { width: 21px; fill: none; stroke: currentColor; stroke-width: 1.7; transition: transform .2s }
  button:hover svg { transform: scale(1.12) }
  button[aria-pressed=true] { color: var(--accent) }
  button[aria-pressed=true] svg { fill: currentColor }
</style>
<button type="button"><svg viewBox="0 0 24 24" aria-hidden="true">
<path d="M12 20S4 15 4 9.300C4 6.7 6 5 8.2 5 10 5 11.3 6 12 7.3 12.7 6 14 5 15.8 5 18 5 20 6.7 20 9.3 20 15 12 20 12 20z"/>
</svg></button>`;

/** A heart that keeps a product in the wish list. Attributes: product, name. Its insides cannot be reached by script. */
class WishButton extends HTMLElement {
  #button;

  connectedCallback() {
    if (this.#button) return;
    const root = this.attachShadow({ mode: 'closed' });
    root.innerHTML = WISH;
    this.#button = root.querySelector('button');
    this.#button.setAttribute('aria-label', `Keep ${this.getAttribute('name')} in my wish list`);
    this.#button.addEventListener('click', () => {
      toggleWish(this.getAttribute('product'));
      this.#show();
    });
    this.#show();
  }

  #show() {
    this.#button.setAttribute('aria-pressed', String(wishes.get().includes(this.getAttribute('product'))));
  }
}

customElements.define('qty-stepper', QtyStepper);
customElements.define('wish-button', WishButton);
