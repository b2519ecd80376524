// The pages on which everybody records: a shop's list of goods with about so many nodes, which changes when it is used.

/** Elements and texts of one card of the list. */
const NODES_A_CARD = 24;

const WORDS = 'oak chair table lamp linen throw walnut shelf rug vase steel kettle cotton sheet mirror brass bench stool'.split(' ');

/** A page of about so many nodes, with a script of the recorder in its head. */
export function pageOf(nodes: number, head: string): string {
  const cards = Array.from({ length: Math.round(nodes / NODES_A_CARD) }, (_, i) => card(i)).join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>${head}
<style>
  main { display: grid; grid-template-columns: repeat(4, 1fr); gap: 8px; font: 13px sans-serif }
  article { border: 1px solid #ccc; padding: 6px } header { position: sticky; top: 0; background: #fff; padding: 8px }
</style></head><body>
<header><input id="search" aria-label="Search" placeholder="Search"> <select id="sort" aria-label="Sort"><option>Relevance</option><option>Price</option></select>
<button id="cart">Cart <span id="count">0</span></button> <button id="shuffle">Shuffle</button> <output id="hint"></output></header>
<main>${cards}</main>
<script>
  const main = document.querySelector('main');
  let count = 0;
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (!button) return;
    if (button.id === 'shuffle') { for (let i = 0; i < 30; i++) main.append(main.children[i * 3 % main.children.length]); return; }
    if (button.className === 'more') {
      const list = document.createElement('ul');
      for (let i = 0; i < 20; i++) { const item = document.createElement('li'); item.textContent = 'Detail ' + i; list.append(item); }
      button.closest('article').append(list);
      return;
    }
    document.getElementById('count').textContent = ++count;
    button.textContent = 'Added';
    button.closest('article').classList.toggle('chosen');
  });
  document.getElementById('search').addEventListener('input', ({ target }) => { document.getElementById('hint').textContent = target.value.length + ' letters'; });
</script></body></html>`;
}

function card(i: number): string {
  const name = [WORDS[i % WORDS.length], WORDS[(i * 7 + 3) % WORDS.length]].join(' ');
  return `<article class="card c${i % 13}"><h3><a href="/p/${i}">${name}</a></h3><p>Solid and <b>plain</b>, made to last ${5 + i % 20} years.</p>
<p class="price"><span>€ ${10 + i % 400}.${10 + i % 89}</span> <small>incl. VAT</small></p><label><input type="checkbox"> Compare</label>
<button class="add">Add to cart</button> <button class="more">Details</button></article>`;
}
