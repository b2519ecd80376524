// The client-side router behind search.html and product.html: both files load it, and links between the two
// are followed with pushState instead of a page load. Everything else stays an ordinary navigation.

import './shell.js';
import { $ } from './dom.js';
import { showProduct } from './product-view.js';
import { showSearch } from './search-view.js';
import { watchPictures } from './lazy.js';

const views = { 'search.html': showSearch, 'product.html': showProduct };

const pageOf = (url) => url.pathname.split('/').at(-1);

function show() {
  views[pageOf(location)]($('#main'));
  watchPictures();
}

function go(url) {
  history.replaceState({ y: scrollY }, '');
  history.pushState({}, '', url);
  show();
  scrollTo(0, 0);
  $('#main').focus({ preventScroll: true });
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || !(pageOf(url) in views) || url.hash) return;
  event.preventDefault();
  go(url);
});

document.addEventListener('submit', (event) => {
  if (!event.target.matches('[role=search]')) return;
  event.preventDefault();
  const url = new URL(event.target.action);
  url.searchParams.set('q', new FormData(event.target).get('q'));
  go(url);
});

history.scrollRestoration = 'manual'; // the browser would restore before the view has its height
addEventListener('popstate', (event) => {
  show();
  scrollTo(0, event.state?.y ?? 0);
});

show();
scrollTo(0, history.state?.y ?? 0);
