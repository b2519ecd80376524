// What the page's own structured data says is for sale: JSON-LD, then microdata, then Open Graph fill what the one before
// left open. A page about several products says nothing about one of them. Raw: it must be cleaned before it leaves.

import type { Product } from "../event/types";
import { LOOKAHEAD } from "../privacy/clean";
import { squeeze } from "../target/dom";

/** Larger blocks are catalogues. In characters, as the page has them. */
const MAX_BLOCK = 200_000;
const MAX_BLOCKS = 20;
/** How deep a product is looked for in @graph and mainEntity. */
const MAX_DEPTH = 4;
const MAX_FOUND = 10;
const MAX_OPTIONS = 20;
const LENGTHS = { name: 500, brand: 200, sku: 100 };
const TRAITS = ["color", "size", "material", "pattern"] as const;

type Data = Record<string, unknown>;

/** The one product that the page is about; undefined where it names none, or several. */
export function productOf(document: Document): Product | undefined {
  const found = [fromJsonLd(document), fromMicrodata(document), fromOpenGraph(document)];
  if (found.includes("several")) return undefined;
  const product = found.reverse().reduce<Product>((all, one) => Object.assign(all, one), {});
  return Object.keys(product).length > 0 ? product : undefined;
}

/** What one of the sources says; undefined where it says nothing. */
type Found = Product | "several" | undefined;

function fromJsonLd(document: Document): Found {
  const blocks = [...document.querySelectorAll('script[type="application/ld+json" i]')].slice(0, MAX_BLOCKS);
  const products = blocks.flatMap((block) => productsIn(parse(block.textContent), 0));
  const [only] = products;
  return only && (products.length === 1 ? describe(only) : "several");
}

function parse(text: string): unknown {
  if (text.length > MAX_BLOCK) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Products that a block is about. Those that it only lists or relates are not followed. */
function productsIn(value: unknown, depth: number): Data[] {
  if (depth > MAX_DEPTH || typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.slice(0, MAX_FOUND).flatMap((one) => productsIn(one, depth + 1));
  const data = value as Data;
  if (isProduct(data["@type"])) return [data];
  return ["@graph", "mainEntity"].flatMap((name) => productsIn(data[name], depth + 1));
}

function isProduct(type: unknown): boolean {
  return [type].flat().some((t) => typeof t === "string" && /(^|[/:])(Product|ProductGroup|IndividualProduct|ProductModel)$/.test(t));
}

function describe(data: Data): Product {
  const offer = firstOf(data["offers"]);
  const inner = firstOf(offer["priceSpecification"]);
  const options = TRAITS.flatMap((trait) => {
    const said = textOf(data[trait]);
    return said === undefined ? [] : `${trait}: ${said}`;
  });
  return valid({
    name: textOf(data["name"]),
    brand: textOf(data["brand"]),
    sku: textOf(data["sku"]) ?? textOf(data["productID"]),
    price: textOf(offer["price"]) ?? textOf(offer["lowPrice"]) ?? textOf(inner["price"]),
    currency: textOf(offer["priceCurrency"]) ?? textOf(inner["priceCurrency"]),
    availability: textOf(offer["availability"]),
    options,
  });
}

function firstOf(value: unknown): Data {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "object" && first !== null ? (first as Data) : {};
}

/** A text, a number, or the name of a thing. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return squeeze(value) || undefined;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  const { name } = firstOf(value);
  return typeof name === "string" ? squeeze(name) || undefined : undefined;
}

function fromMicrodata(document: Document): Found {
  const scopes = [...document.querySelectorAll("[itemscope][itemtype]:not([itemprop])")].filter((scope) =>
    isProduct(scope.getAttribute("itemtype")?.trim().split(/\s+/)),
  );
  const [only] = scopes;
  if (!only || scopes.length > 1) return only && "several";
  const offer = propertyOf(only, "offers")?.closest("[itemscope]") ?? only;
  const said = (scope: Element, name: string): string | undefined => {
    const found = propertyOf(scope, name);
    // A brand is often a thing of its own, whose name counts.
    return found && contentOf(found.matches("[itemscope]") ? (propertyOf(found, "name") ?? found) : found);
  };
  return valid({
    name: said(only, "name"),
    brand: said(only, "brand"),
    sku: said(only, "sku") ?? said(only, "productID"),
    price: said(offer, "price") ?? said(offer, "lowPrice"),
    currency: said(offer, "priceCurrency"),
    availability: said(offer, "availability"),
    options: [],
  });
}

/** The element of a scope that has this property, not one of a scope inside of it. */
function propertyOf(scope: Element, name: string): Element | undefined {
  return [...scope.querySelectorAll(`[itemprop~="${name}"]`)].find((e) => e.parentElement?.closest("[itemscope]") === scope);
}

function contentOf(element: Element): string | undefined {
  const said = ["content", "href", "datetime", "value"].map((name) => element.getAttribute(name)).find((v) => v !== null);
  return squeeze(said ?? element.textContent) || undefined;
}

function fromOpenGraph(document: Document): Product | undefined {
  const said = (...names: string[]): string | undefined =>
    names.flatMap((name) => {
      const content = document.querySelector(`meta[property="${name}"]`)?.getAttribute("content") ?? "";
      return squeeze(content) || [];
    })[0];
  if (!/^(og:)?product\b/.test(said("og:type") ?? "") && said("product:price:amount") === undefined) return undefined;
  return valid({
    name: said("og:title"),
    brand: said("product:brand", "og:brand"),
    sku: said("product:retailer_item_id", "product:sku"),
    price: said("product:price:amount", "og:price:amount"),
    currency: said("product:price:currency", "og:price:currency"),
    availability: said("product:availability", "og:availability"),
    options: [],
  });
}

type Raw = Record<keyof Omit<Product, "options">, string | undefined> & { options: string[] };

/** What has the form that it should have, within the limits of the schema. */
function valid(raw: Raw): Product {
  const out: Product = {};
  for (const name of ["name", "brand", "sku"] as const) {
    const value = raw[name];
    if (value !== undefined) out[name] = value.slice(0, LENGTHS[name] + LOOKAHEAD);
  }
  const { price, currency, availability } = raw;
  if (price !== undefined && /^\d{1,9}([.,' ]\d{1,3}){0,3}$/.test(price)) out.price = price;
  if (currency !== undefined && /^[A-Z]{3}$/i.test(currency)) out.currency = currency.toUpperCase();
  const state = /(?:^|[/#])([A-Za-z]{2,30})$/.exec(availability?.replaceAll(" ", "") ?? "")?.[1];
  if (state !== undefined) out.availability = state;
  if (raw.options.length > 0) out.options = raw.options.slice(0, MAX_OPTIONS).map((o) => o.slice(0, LENGTHS.brand + LOOKAHEAD));
  return out;
}
