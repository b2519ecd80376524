// Signing in. Any password will do and none is kept. "Show" turns the field into plain text, as on many sites.

import './shell.js';
import { $ } from './dom.js';
import { session } from './store.js';

const password = $('#password');
const reveal = $('#reveal');

reveal.addEventListener('click', () => {
  const shown = password.type === 'text';
  password.type = shown ? 'password' : 'text';
  reveal.textContent = shown ? 'Show' : 'Hide';
  reveal.setAttribute('aria-pressed', String(!shown));
});

$('#login').addEventListener('submit', (event) => {
  event.preventDefault();
  session.set({ email: $('#email').value });
  location.assign('account.html');
});
