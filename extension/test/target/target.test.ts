// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { describe as describeTarget } from "../../src/target/describe";
import { visibleText } from "../../src/target/dom";
import { placeOf } from "../../src/target/geometry";
import { nameOf, roleOf } from "../../src/target/names";
import { namedAround } from "../../src/target/resolve";
import { escapeIdentifier, selectorsOf } from "../../src/target/selectors";

/** Builds a page from markup of the test's own. */
function show(markup: string): void {
  document.body.replaceChildren(document.createRange().createContextualFragment(markup));
}

function find(selector: string): Element {
  const found = document.querySelector(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

/** Gives an element a square place on the page. */
function place(element: Element, x: number, y: number, side: number): void {
  element.getBoundingClientRect = () => new DOMRect(x, y, side, side);
}

const selectors = (element: Element) => selectorsOf(element, roleOf(element), nameOf(element), () => 1);
const byKind = (element: Element, kind: string) => selectors(element).find((s) => s.kind === kind);

beforeEach(() => {
  show("");
});

describe("the element that a person would name", () => {
  it("is the button, not the path inside its icon", () => {
    show("<button><svg><g><path d='M0 0'/></g></svg></button>");
    expect(namedAround(find("path"))).toBe(find("button"));
  });

  it("is the link around a card's picture", () => {
    show("<a href='/p'><div><img alt='Chair'></div></a>");
    expect(namedAround(find("img"))).toBe(find("a"));
  });

  it("is the drawing as a whole where nothing around it reacts", () => {
    show("<div><svg><path d='M0 0'/></svg></div>");
    expect(namedAround(find("path"))).toBe(find("svg"));
  });

  it("is the field, not its label", () => {
    show("<label id='l'>Express <b>2 days</b><input type='radio' id='r'></label><label for='c' id='m'>City</label><input id='c'><label id='n'>Note</label>");
    expect(namedAround(find("b"))).toBe(find("#r"));
    expect(namedAround(find("#m"))).toBe(find("#c"));
    expect(namedAround(find("#n"))).toBe(find("#n"));
  });

  it("is the link in a label or a card, not what is around it", () => {
    show("<label>I accept the <a href='/terms'><i>terms</i></a><input type='checkbox'></label><div onclick='void 0'><a href='/p'><u>Chair</u></a></div>");
    expect(namedAround(find("i"))).toBe(find("label a"));
    expect(namedAround(find("u"))).toBe(find("div a"));
  });

  it("is the whole card over which the pointer becomes a hand", () => {
    show("<main><div id='card' style='cursor:pointer'><div style='cursor:pointer'><img style='cursor:pointer'></div></div></main>");
    expect(namedAround(find("img"))).toBe(find("#card"));
  });

  it("is found through an open shadow root", () => {
    show("<button id='host'><x-icon></x-icon></button>");
    const root = find("x-icon").attachShadow({ mode: "open" });
    root.append(document.createElement("i"));
    expect(namedAround(root.firstElementChild ?? document.body)).toBe(find("#host"));
  });
});

describe("names", () => {
  it("follow the standard", () => {
    show("<button aria-label='Close'>x</button><label for='c'>City</label><input id='c'><input type='submit' value='Buy'>");
    expect(nameOf(find("button"))).toBe("Close");
    expect(nameOf(find("#c"))).toBe("City");
    expect(nameOf(find("[type=submit]"))).toBe("Buy");
  });

  it("never take in what was typed into a field", () => {
    show("<label>Remind me in <input id='d' value='SECRET'> days <input id='b' type='checkbox'></label><div role='textbox' aria-label='Note'>SECRET</div>");
    expect(nameOf(find("#b"))).not.toContain("SECRET");
    expect(nameOf(find("label"))).not.toContain("SECRET");
    expect(nameOf(find("[role=textbox]"))).toBe("Note");
    expect(visibleText(document.body, 1000)).not.toContain("SECRET");
  });

  it("leave out a text area's own text", () => {
    show("<div id='all'>Address <textarea>SECRET street</textarea></div>");
    expect(visibleText(find("#all"), 100)).toBe("Address");
  });
});

describe("selectors", () => {
  it("are each tried: how many elements they match, and whether the one is ours", () => {
    show("<button data-testid='buy' id='b1'>Buy</button><button>Buy</button>");
    const buy = find("#b1");
    expect(byKind(buy, "test_id")).toEqual({ kind: "test_id", value: '[data-testid="buy"]', matches: 1, verified: true });
    expect(byKind(buy, "id")).toMatchObject({ value: "#b1", matches: 1, verified: true });
    expect(byKind(buy, "text")).toMatchObject({ value: "Buy", matches: 2, verified: false });
    expect(byKind(buy, "css")).toMatchObject({ matches: 1, verified: true });
    expect(byKind(buy, "xpath")).toMatchObject({ value: '//*[@id="b1"]', matches: 1, verified: true });
  });

  it("stand in the order in which Playwright ranks them", () => {
    show("<label for='q'>Find</label><input id='q' data-testid='q' placeholder='Search' title='Search'>");
    expect(selectors(find("#q")).map((s) => s.kind)).toEqual(["test_id", "role", "placeholder", "label", "title", "id", "css", "xpath"]);
  });

  it("count roles one by one where the list of the page is not whole", () => {
    show("<button id='b'>Buy</button><input type='submit' value='Buy'><a href='/'>Buy</a><button>Sell</button>");
    const found = selectorsOf(find("#b"), "button", "Buy", () => undefined).find((s) => s.kind === "role");
    expect(found).toEqual({ kind: "role", value: 'button[name="Buy"]', matches: 2, verified: false });
  });

  it("put what finds the element alone before what does not, and positions last", () => {
    show("<ul><li><button>Buy</button></li><li><button class='main'>Buy</button></li></ul>");
    const found = selectors(find(".main"));
    expect(found.map((s) => s.kind)).toEqual(["role", "css", "text", "xpath"]);
    expect(found.map((s) => [s.verified, s.positional === true])).toEqual([[true, false], [true, false], [false, false], [true, true]]);
  });

  it("count a text once for the smallest element that shows it, whatever its tag", () => {
    show("<div><button id='b'><span>Buy now</span></button></div><p>Buy now or later</p>");
    expect(byKind(find("#b"), "text")).toMatchObject({ value: "Buy now", matches: 1, verified: true });
    show("<button id='b'>Buy now</button><a href='/'>Buy now</a>");
    expect(byKind(find("#b"), "text")).toMatchObject({ matches: 2, verified: false });
  });

  it("do not use an id that will be another on the next visit", () => {
    for (const id of [":r1:", "radix-:r5:", "a1b2c3d4e5", "3f2b8c1d-9e0a-4b7c", "«r2»"]) {
      show("<div><button>x</button></div>");
      find("button").id = id;
      expect(selectors(find("button")).filter((s) => (s.value ?? "").includes(id))).toEqual([]);
    }
    for (const id of ["buy", "addToCart", "step-2", "product-12345", "b1", "größe_3"]) {
      show("<div><button>x</button></div>");
      find("button").id = id;
      expect(byKind(find("button"), "id")?.verified).toBe(true);
    }
  });

  it("are marked where they depend on the order of elements", () => {
    show("<ul><li><a href='/1'>Chair</a></li><li><a href='/2'>Chair</a></li></ul>");
    const second = find("li:nth-child(2) a");
    expect(byKind(second, "css")).toMatchObject({ verified: true, positional: true });
    expect(byKind(second, "xpath")).toMatchObject({ verified: true, positional: true });
  });

  it("survive names that are no identifiers", () => {
    show("<button>x</button>");
    const button = find("button");
    for (const id of ["1st", "a b", ":r1:", "-", "a.b#c", 'quote"d', "ü", "-9"]) {
      button.id = id;
      expect(document.querySelector(`#${escapeIdentifier(id)}`)).toBe(button);
      button.setAttribute("data-testid", id);
      expect(byKind(button, "test_id")?.verified).toBe(true);
    }
  });

  it("are relative to the shadow root", () => {
    show("<x-card></x-card>");
    const root = find("x-card").attachShadow({ mode: "open" });
    const button = document.createElement("button");
    button.id = "go";
    root.append(button);
    expect(byKind(button, "id")).toMatchObject({ matches: 1, verified: true });
    expect(byKind(button, "xpath")).toBeUndefined();
    expect(describeTarget(button, placeOf(window), () => 1).shadow).toEqual(["x-card"]);
  });
});

describe("a target", () => {
  it("has the box of the label that was hit, so that the point is inside it", () => {
    show("<label for='c'>Gift wrap</label><input id='c' type='checkbox'>");
    place(find("#c"), 0, 0, 10);
    place(find("label"), 50, 0, 80);
    const at = { x: 60, y: 5 };
    const hit = describeTarget(namedAround(find("label")), placeOf(window), () => 1, at);
    expect(hit).toMatchObject({ tag: "input", name: "Gift wrap", box: { x: 50, y: 0, width: 80 }, point: { x: 10, y: 5 } });
    expect(describeTarget(find("#c"), placeOf(window), () => 1, { x: 5, y: 5 }).box).toMatchObject({ x: 0, width: 10 });
    place(find("#c"), 0, 0, 1);
    expect(describeTarget(find("#c"), placeOf(window), () => 1).box).toMatchObject({ x: 50, width: 80 });
  });

  it("has attributes of the allow-list only, and never a value", () => {
    show("<input id='c' value='SECRET' data-private='SECRET' onfocus='void 0' type='text' name='city'>");
    const target = describeTarget(find("#c"), placeOf(window), () => 1);
    expect(target.attributes).toEqual({ id: "c", name: "city", type: "text" });
    expect(JSON.stringify(target)).not.toContain("SECRET");
  });

  it("tells what stands beside it", () => {
    show("<div><h3>Oak chair</h3><p>$ 99</p><div><button>Add</button></div></div>");
    expect(describeTarget(find("button"), placeOf(window), () => 1).nearby).toEqual(["Oak chair", "$ 99"]);
  });
});
