// Inside the payment frame. The number is regrouped at every key stroke; the code is known by its label only.

const form = document.querySelector('form');
const { number, expiry } = form.elements;

const SHOP_HOSTS = ['localhost', '127.0.0.1', location.hostname]; // who may embed this frame and be told the card

const tell = (message, origin = '*') => parent.postMessage(message, origin);

number.addEventListener('input', () => {
  number.value = number.value.replace(/\D/g, '').slice(0, 19).replace(/(\d{4})(?=\d)/g, '$1 ');
});

expiry.addEventListener('input', ({ inputType }) => {
  const digits = expiry.value.replace(/\D/g, '').slice(0, 4);
  expiry.value = digits.length > 2 || (digits.length === 2 && inputType !== 'deleteContentBackward')
    ? `${digits.slice(0, 2)} / ${digits.slice(2)}` : digits;
});

form.addEventListener('submit', (event) => event.preventDefault()); // only the parent's button pays

addEventListener('message', ({ source, origin, data }) => {
  if (source !== parent || !SHOP_HOSTS.includes(new URL(origin).hostname) || data.type !== 'mosswick:pay') return;
  if (form.reportValidity()) tell({ type: 'mosswick:paid', card: { number: number.value, name: form.elements.holder.value, expiry: expiry.value } }, origin);
  else tell({ type: 'mosswick:invalid' }, origin);
});

new ResizeObserver(() => tell({ type: 'mosswick:height', height: document.documentElement.offsetHeight })).observe(document.body);
tell({ type: 'mosswick:ready' });
