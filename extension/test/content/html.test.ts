// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { htmlAround } from "../../src/content/html";
import { type Content, clean } from "../../src/privacy/clean";
import { engineScrubber } from "../../src/privacy/engine";
import { cleanHtml } from "../../src/privacy/html";
import { strictScrubber } from "../../src/privacy/scrubber";
import { click } from "../background/samples";

const scrubber = engineScrubber([{ value: "Zdravka Quillfeather", field: "name" }]);

function show(markup: string): void {
  document.body.replaceChildren(document.createRange().createContextualFragment(markup));
}

function around(selector: string): string | undefined {
  const found = document.querySelector(selector);
  if (!found) throw new Error(`no ${selector}`);
  return htmlAround(found);
}

beforeEach(() => {
  show("");
});

describe("the HTML around an element", () => {
  it("is the largest part of the page that is small enough", () => {
    show(`<main><p>${"far ".repeat(600)}</p><article><h2>Oak chair</h2><div><button id="b">Add</button></div></article></main>`);
    expect(around("#b")).toBe('<article><h2>Oak chair</h2><div><button id="b">Add</button></div></article>');
    show(`<p id="long">${"word ".repeat(600)}</p>`);
    expect(around("#long")).toBeUndefined();
  });

  it("has no scripts, comments, drawings, or attributes of other kinds", () => {
    show(`<div id="d" style="color:red" onclick="x()" data-price="9"><!-- c --><script>s()</script><style>p{}</style><svg><path d="M0"></path></svg>
      <img alt="Chair" src="/c.png"><a href="/p">A  &lt;b&gt; &amp; c</a></div>`);
    const html = around("#d");
    expect(html).toContain('<div id="d"><svg></svg> <img alt="Chair"><a href="http://localhost:3000/p">A &lt;b&gt; &amp; c</a></div>');
    expect(html).not.toMatch(/script|style|price|path|src|onclick/);
  });

  it("never has what was typed or chosen", () => {
    show(`<form id="f"><input name="city" value="SECRET"><textarea name="t">SECRET</textarea><select><option selected>SECRET</option></select>
      <div contenteditable="true" id="e">SECRET <i id="i">SECRET</i></div><div role="combobox">SECRET</div><div role="radio" aria-checked="true">Yes</div></form>`);
    const html = around("#f") ?? "";
    expect(html).toContain('<input name="city"><textarea name="t"></textarea><select></select>');
    expect(html).not.toMatch(/SECRET|aria-checked|selected/);
    expect(around("#i")).not.toContain("SECRET");
  });

  it("goes through open shadow roots", () => {
    show("<x-card></x-card>");
    const root = document.querySelector("x-card")?.attachShadow({ mode: "open" });
    root?.append(document.createElement("button"));
    const button = root?.querySelector("button");
    expect(button && htmlAround(button)).toContain("<x-card><button></button></x-card>");
  });
});

describe("cleaning HTML", () => {
  const html = (text: string): string =>
    cleanHtml(text, {
      url: (url) => scrubber.url(url),
      contains: (t) => scrubber.contains(t),
      spans: (t) => scrubber.spans(t),
    });

  it("replaces private text, also where it is split over elements of a line", () => {
    expect(html("<p>Hello <b>Zdravka</b> Quillfeather!</p>")).toBe("<p>Hello <b>[PERSON]</b>!</p>");
    expect(html("<p>Mail: ann.q@<wbr>example.com</p>")).toBe("<p>Mail: [EMAIL]<wbr></p>");
    expect(html("<p>A &lt; B &amp; <i>ann.q@example.com</i></p>")).toBe("<p>A &lt; B &amp; <i>[EMAIL]</i></p>");
  });

  it("leaves private attributes out, and cleans addresses", () => {
    expect(html('<a id="zdravka-quillfeather" class="link" href="https://s.example/?who=Zdravka+Quillfeather&amp;page=2">x</a>')).toMatch(
      /^<a class="link" href="https:\/\/s\.example\/\?who=\[[A-Z_]+\]&amp;page=2">x<\/a>$/,
    );
  });

  it("changes nothing the second time, and nothing that is harmless", () => {
    const plain = '<li class="card"><h2>Oak chair</h2><p>€ 129.50</p><button data-testid="buy-42" type="button">Add to cart</button></li>';
    expect(html(plain)).toBe(plain);
    const once = html('<p title="Zdravka Quillfeather">Zdravka <b>Quillfeather</b> ann.q@example.com</p>');
    expect(html(once)).toBe(once);
  });

  it("makes markup of nothing that is no tag of ours", () => {
    expect(html('a<b')).toBe("a");
    expect(html('<!-- x --><p onclick=x>y</p><img src="x" <i>z')).toBe('<p>y</p><img src="x">z');
  });

  it("counts what it took out, and withholds all where nothing is known", () => {
    const event: Content = { ...click(), snapshot: { id: "s", html: '<p id="p">Zdravka Quillfeather</p>' } };
    const cleaned = clean(event, scrubber);
    expect(cleaned.snapshot?.html).toBe('<p id="p">[PERSON]</p>');
    expect(cleaned.redactions?.["PERSON"]).toBe(1);
    expect(clean(cleaned, scrubber)).toEqual(cleaned);
    expect(clean(event, strictScrubber).snapshot?.html).toBe("<p>[PRIVATE]</p>");
  });
});
