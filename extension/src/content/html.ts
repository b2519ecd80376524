// The HTML around an element, cleaned of what tells an agent nothing: scripts, styles, comments, drawings, what is not
// shown, most attributes. Values of fields, and what else may have been typed or chosen, are never part of it. Its texts
// are raw: they must be cleaned before it leaves (privacy/html.ts, which reads exactly the form that is written here).

import { shadowOf } from "../target/roots";
import { attributeText, bodyText } from "../privacy/html";
import { FIELDS, isElement, isRendered, parentOf } from "../target/dom";

const ATTRIBUTES = (
  "alt,aria-checked,aria-current,aria-disabled,aria-expanded,aria-haspopup,aria-label,aria-pressed,aria-selected,class,data-cy," +
  "data-qa,data-test,data-testid,disabled,for,href,id,name,open,placeholder,role,title,type"
).split(",");
/** What is checked or chosen may be private. */
const STATES = new Set(["aria-checked", "aria-pressed", "aria-selected"]);
const UNSEEN = new Set("head,link,meta,noscript,script,style,template".split(","));
/** Written without what is in them. */
const CLOSED = `${FIELDS},svg,canvas,video,audio,iframe,frame,object,embed`;
const VOID = new Set("area,br,col,embed,hr,img,input,wbr".split(","));
/** Enough for a card of a shop, in characters; a session has hundreds. */
const MAX_HTML = 2000;
/** Longer values of attributes are no names. */
const MAX_VALUE = 200;
const MAX_LEVELS = 6;

/** The largest part of the page around the element that is small enough; undefined where it is too large itself. */
export function htmlAround(element: Element): string | undefined {
  let found: string | undefined;
  // What is in a field was typed.
  let around: Element | null = element.closest(FIELDS) ?? element;
  for (let level = 0; around !== null && level < MAX_LEVELS; level++) {
    const writer = new Writer();
    if (!writer.write(around)) break;
    found = writer.html;
    around = parentOf(around);
  }
  return found;
}

class Writer {
  html = "";

  /** False where there is too much. */
  write(node: Node): boolean {
    if (node.nodeType === Node.TEXT_NODE) this.html += bodyText((node.nodeValue ?? "").replace(/\s+/gu, " "));
    else if (isElement(node) && !UNSEEN.has(node.localName) && isRendered(node)) return this.#writeElement(node);
    return this.html.length <= MAX_HTML;
  }

  #writeElement(element: Element): boolean {
    const name = element.localName;
    this.html += `<${name}${ATTRIBUTES.map((a) => attributeOf(element, a)).join("")}>`;
    if (VOID.has(name)) return this.html.length <= MAX_HTML;
    if (!element.matches(CLOSED)) {
      for (const child of (shadowOf(element) ?? element).childNodes) if (!this.write(child)) return false;
    }
    this.html += `</${name}>`;
    return this.html.length <= MAX_HTML;
  }
}

function attributeOf(element: Element, name: string): string {
  const value = element.getAttribute(name);
  if (value === null || (value === "" && name === "class") || value.length > MAX_VALUE) return "";
  if (STATES.has(name) && element.matches("[role=checkbox],[role=radio],[role=switch],[role=option]")) return "";
  return ` ${name}="${attributeText(name === "href" ? (URL.parse(value, element.baseURI)?.href ?? "") : value)}"`;
}
