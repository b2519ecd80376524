// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { productOf } from "../../src/content/product";
import { checkEvent } from "../../src/event/check";
import { clean } from "../../src/privacy/clean";
import { engineScrubber } from "../../src/privacy/engine";
import { click, page } from "../background/samples";

/** A document with this markup. */
function pageOf(markup: string): Document {
  return new DOMParser().parseFromString(markup, "text/html");
}

const jsonLd = (...blocks: unknown[]): Document =>
  pageOf(blocks.map((b) => `<script type="application/ld+json">${JSON.stringify(b)}</script>`).join(""));

const chair = {
  "@context": "https://schema.org",
  "@type": "Product",
  name: "Oak  chair",
  brand: { "@type": "Brand", name: "Heron" },
  sku: "OC-42",
  color: "Oak",
  offers: [{ "@type": "Offer", price: 129.5, priceCurrency: "EUR", availability: "https://schema.org/InStock" }],
};

describe("the product of a page", () => {
  it("is what its JSON-LD says", () => {
    expect(productOf(jsonLd({ "@type": "BreadcrumbList", itemListElement: [] }, chair))).toEqual({
      name: "Oak chair", brand: "Heron", sku: "OC-42", price: "129.5", currency: "EUR", availability: "InStock", options: ["color: Oak"],
    });
  });

  it("is found in a graph, and under a type of several", () => {
    const graph = { "@graph": [{ "@type": "WebPage" }, { ...chair, "@type": ["Thing", "http://schema.org/Product"] }] };
    expect(productOf(jsonLd(graph))?.sku).toBe("OC-42");
  });

  it("has the lowest price of an offer with several, and one that stands in its specification", () => {
    expect(productOf(jsonLd({ ...chair, offers: { lowPrice: "99", priceCurrency: "usd" } }))).toMatchObject({ price: "99", currency: "USD" });
    expect(productOf(jsonLd({ ...chair, offers: { priceSpecification: { price: "1,299.00", priceCurrency: "USD" } } }))?.price).toBe("1,299.00");
  });

  it("is none where the page is about several, or only lists them", () => {
    expect(productOf(jsonLd([chair, { ...chair, sku: "2" }]))).toBeUndefined();
    expect(productOf(jsonLd({ "@type": "ItemList", itemListElement: [{ item: chair }] }))).toBeUndefined();
    expect(productOf(jsonLd({ ...chair, "@type": "Organization" }))).toBeUndefined();
  });

  it("survives what is no JSON, and what has the wrong form", () => {
    expect(productOf(pageOf('<script type="application/ld+json">{"@type": "Product", </script>'))).toBeUndefined();
    const odd = { "@type": "Product", name: ["x"], offers: { price: "call us", priceCurrency: "Euro", availability: "in 3 days" } };
    expect(productOf(jsonLd(odd))).toBeUndefined();
    expect(productOf(jsonLd(null, 7, "Product", [[[[[[chair]]]]]]))).toBeUndefined();
  });

  it("is what microdata says, without what belongs to a thing inside of it", () => {
    const markup = `<div itemscope itemtype="https://schema.org/Product">
      <div itemprop="review" itemscope itemtype="https://schema.org/Review"><b itemprop="name">Loved it</b></div>
      <h1 itemprop="name">Oak chair</h1><div itemprop="brand" itemscope><i itemprop="name">Heron</i></div>
      <p itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="priceCurrency" content="EUR">
      <span itemprop="price" content="129.50">€ 129,50</span><link itemprop="availability" href="https://schema.org/OutOfStock"></p></div>`;
    expect(productOf(pageOf(markup))).toEqual({
      name: "Oak chair", brand: "Heron", price: "129.50", currency: "EUR", availability: "OutOfStock",
    });
  });

  it("is what Open Graph says of a product, which only fills what is open", () => {
    const og = '<meta property="og:type" content="product"><meta property="og:title" content="Chair | Shop"><meta property="product:price:amount" content="129.50">';
    expect(productOf(pageOf(og))).toEqual({ name: "Chair | Shop", price: "129.50" });
    const both = pageOf(`${og}<script type="application/ld+json">{"@type":"Product","name":"Oak chair"}</script>`);
    expect(productOf(both)).toEqual({ name: "Oak chair", price: "129.50" });
    expect(productOf(pageOf('<meta property="og:type" content="article"><meta property="og:title" content="News">'))).toBeUndefined();
  });

  it("leaves the page clean and within the limits of an event", () => {
    const long = { ...chair, name: `${"Chair ".repeat(82)} made for Zdravka Quillfeather` };
    const product = productOf(jsonLd(long));
    if (!product) throw new Error("no product");
    const scrubber = engineScrubber([{ value: "Zdravka Quillfeather", field: "name" }]);
    const event = { ...clean({ ...click(), page: { ...page, product } }, scrubber), seq: 1, tab: 1, frame: "0" };
    expect(JSON.stringify(event)).not.toMatch(/zdravka|quillfeather/i);
    expect(checkEvent(event)).toEqual([]);
  });
});
