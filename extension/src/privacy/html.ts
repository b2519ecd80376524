// Takes what is private out of the HTML around a target. It is always of one form (written by content/html.ts): tags in
// lower case with quoted attributes, and text in which the characters of markup are escaped. Text is read as a person
// reads it, across the tags inside of a line, so that a value that is split over them is found. An attribute is exact or
// left out.

import type { Span } from "../redact";

/** Elements that stand within a line of text. */
const INLINE = new Set(
  "a,abbr,b,bdi,bdo,cite,code,data,dfn,em,font,i,kbd,mark,q,s,samp,slot,small,span,strong,sub,sup,time,u,var,wbr".split(","),
);
const ADDRESSES = new Set(["href"]);
/** The attribute's value has no character of markup in it, so this is linear. */
const ATTRIBUTE = / ([a-z-]+)="([^"<>]*)"/g;

interface Cleaner {
  url(url: string, max: number): string;
  contains(text: string): boolean;
  spans(text: string): readonly Span[];
}

const MAX_URL = 1000;

/** A part of the HTML: a tag, or a text that begins at this place of the whole text. */
type Piece = { tag: string } | { text: string; start: number };

/** The HTML without what is private. Doing it twice changes nothing. */
export function cleanHtml(html: string, cleaner: Cleaner): string {
  const { pieces, text } = take(html);
  const spans = spansOf(pieces, text, cleaner);
  const told = new Set<Span>();
  return pieces.map((p) => ("tag" in p ? cleanTag(p.tag, cleaner) : bodyText(withoutSpans(p, spans, told)))).join("");
}

/**
 * What is private in the whole text, and in each of its parts by itself: where two stand together without a blank, a label may
 * begin in the middle of what looks like a word.
 */
function spansOf(pieces: readonly Piece[], text: string, cleaner: Cleaner): Span[] {
  const spans = [...cleaner.spans(text)];
  for (const piece of pieces) {
    if ("tag" in piece) continue;
    for (const span of cleaner.spans(piece.text)) {
      const [start, end] = [span.start + piece.start, span.end + piece.start];
      if (!spans.some((other) => start < other.end && other.start < end)) spans.push({ ...span, start, end });
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}

function take(html: string): { pieces: Piece[]; text: string } {
  const pieces: Piece[] = [];
  let text = "";
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf("<", at);
    const end = open < 0 ? html.length : open;
    if (end > at) {
      pieces.push({ text: plain(html.slice(at, end)), start: text.length });
      text += plain(html.slice(at, end));
    }
    const close = html.indexOf(">", end);
    // A tag that does not end is none, and nothing comes after it.
    if (open < 0 || close < 0) break;
    pieces.push({ tag: html.slice(open, close + 1) });
    if (!INLINE.has(nameOf(html.slice(open, close + 1)))) text += "\n";
    at = close + 1;
  }
  return { pieces, text };
}

function nameOf(tag: string): string {
  return /^<\/?([a-z][a-z0-9-]*)/.exec(tag)?.[1] ?? "";
}

function cleanTag(tag: string, cleaner: Cleaner): string {
  const name = nameOf(tag);
  if (name === "") return "";
  if (tag.startsWith("</")) return `</${name}>`;
  const attributes = [...tag.matchAll(ATTRIBUTE)].map(([, attribute = "", escaped = ""]) => {
    const value = plain(escaped);
    if (ADDRESSES.has(attribute)) return ` ${attribute}="${attributeText(cleaner.url(value, MAX_URL))}"`;
    return cleaner.contains(value) ? "" : ` ${attribute}="${escaped}"`;
  });
  return `<${name}${attributes.join("")}>`;
}

/** The text without the spans in it. The placeholder of one that goes over several texts stands in the first. */
function withoutSpans({ text, start }: { text: string; start: number }, spans: readonly Span[], told: Set<Span>): string {
  let out = "";
  let at = 0;
  for (const span of spans) {
    const [from, to] = [Math.max(0, span.start - start), Math.min(text.length, span.end - start)];
    if (from >= text.length || to <= 0) continue;
    out += text.slice(at, from) + (told.has(span) ? "" : `[${span.type}]`);
    told.add(span);
    at = to;
  }
  return out + text.slice(at);
}

/** A text as it stands between tags. */
export function bodyText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A text as it stands in an attribute. */
export function attributeText(text: string): string {
  return bodyText(text).replaceAll('"', "&quot;");
}

function plain(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&gt;", ">").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
}
