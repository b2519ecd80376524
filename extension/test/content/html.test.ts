// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import vectors from "../../../rules/vectors/html.json";
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
  const html = (text: string, by = engineScrubber([])): string =>
    cleanHtml(text, {
      url: (url) => by.url(url),
      contains: (t) => by.contains(t),
      spans: (t) => by.spans(t),
    });

  it.each(vectors)(
    "gives what the server gives: $why",
    ({ html: before, want = before }) => {
      expect(html(before)).toBe(want);
      expect(html(want)).toBe(want);
    },
  );

  it("takes out what was typed", () => {
    const once = html('<p id="zdravka-quillfeather">Mr <b>Quill</b>feather</p>', scrubber);
    expect(once).toBe("<p>Mr <b>[PERSON]</b></p>");
    expect(html(once, scrubber)).toBe(once);
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
