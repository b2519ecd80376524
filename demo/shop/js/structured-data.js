// Schema.org Product data and Open Graph tags of the product that is shown.

import { $, $$ } from './dom.js';
import { catalogue, picture } from './data.js';

function meta(property, content) {
  const tag = document.createElement('meta');
  tag.setAttribute('property', property);
  tag.content = content;
  tag.dataset.product = '';
  document.head.append(tag);
}

export function forgetProduct() {
  for (const tag of $$('head [data-product]')) tag.remove();
}

export function describeProduct({ product, colour, size, sku, price }) {
  forgetProduct();
  const url = location.href;
  const image = new URL(picture(product, colour.id), location.href).href;
  const script = document.createElement('script');
  script.type = 'application/ld+json';
  script.dataset.product = '';
  script.textContent = JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.name,
    description: product.description,
    image,
    sku,
    gtin13: product.gtin,
    color: colour.name,
    size: size.name,
    category: catalogue.categories.find(({ id }) => id === product.category).name,
    brand: { '@type': 'Brand', name: catalogue.brand },
    aggregateRating: { '@type': 'AggregateRating', ratingValue: product.rating, reviewCount: product.ratings },
    offers: {
      '@type': 'Offer',
      url,
      price: price.toFixed(2),
      priceCurrency: catalogue.currency,
      availability: `https://schema.org/${product.stock ? 'InStock' : 'OutOfStock'}`,
    },
  });
  document.head.append(script);
  meta('og:type', 'product');
  meta('og:title', product.name);
  meta('og:description', product.blurb);
  meta('og:image', image);
  meta('og:url', url);
  meta('product:price:amount', price.toFixed(2));
  meta('product:price:currency', catalogue.currency);
  $('meta[name=description]').content = product.blurb;
}
