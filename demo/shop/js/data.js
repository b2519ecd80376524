// The catalogue (products.json) and how its figures are written.

const file = new URL('../products.json', import.meta.url);

export const catalogue = await (await fetch(file)).json();

export const productById = (id) => catalogue.products.find((product) => product.id === id);

const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: catalogue.currency });

export const price = (amount) => money.format(amount).replace(/\.00$/, '');

/** The picture of a product; its fragment picks the colour inside the SVG. */
export const picture = (product, colour = product.colours[0].id) => `art/${product.id}.svg#${colour}`;

export const productLink = (product, colour) =>
  `product.html?id=${product.id}${colour ? `&colour=${colour}` : ''}`;

/** One buyable thing: a product in a colour and a size. Unknown choices fall back to the first. */
export function variant(product, colourId, sizeId) {
  const colour = product.colours.find(({ id }) => id === colourId) ?? product.colours[0];
  const size = product.sizes.find(({ id }) => id === sizeId) ?? product.sizes[0];
  const sku = `${product.sku}-${colour.id.slice(0, 3)}-${size.id}`.toUpperCase();
  return { product, colour, size, sku, price: product.price + size.add };
}
