// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { choiceIsPrivate, isPrivateAnswer, kindOf, wordsOf } from "../../src/content/fields";
import type { Recorder, Report } from "../../src/content/recorder";
import { Typed } from "../../src/content/typed";
import { watchChoices } from "../../src/content/watch/choice";
import { watchTyping } from "../../src/content/watch/typing";
import type { Watch } from "../../src/content/watch/watch";

let pages = 0;

/** Builds a page from markup of the test's own. Each has an address of its own, so that no test remembers another's. */
function show(markup: string): void {
  history.replaceState(null, "", `/${++pages}`);
  document.body.replaceChildren(document.createRange().createContextualFragment(markup));
}

function find(selector = "input"): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

/** Puts another field in the place of one. */
function replace(field: Element, markup: string): HTMLInputElement {
  const made = document.createRange().createContextualFragment(markup).firstElementChild as HTMLInputElement;
  field.replaceWith(made);
  return made;
}

describe("a password field", () => {
  it("stays one when the password is shown", () => {
    show("<form id=a1><input type=password name=x1></form>");
    expect(kindOf(find())).toBe("never");
    find().type = "text";
    expect(kindOf(find())).toBe("never");
  });

  it("stays one when its type, name and label go", () => {
    show("<form id=a2><label for=p2>Password</label><input id=p2 name=x2></form>");
    expect(kindOf(find())).toBe("never");
    find("label").remove();
    find().removeAttribute("name");
    find().removeAttribute("id");
    expect(kindOf(find())).toBe("never");
  });

  it.each([
    ["name", "<input type=password name=secret3>", "<input type=text name=secret3>"],
    ["id", "<input type=password id=field3>", "<input type=text id=field3>"],
    ["place", "<input type=password>", "<input type=text>"],
    ["place, with another name each time", "<input type=password name=a81f>", "<input type=text name=b93e>"],
  ])("stays one in a field that is put in its place, by its %s", (_, first, second) => {
    show(`<form id=${pages}-f><input type=text placeholder=Search>${first}</form>`);
    expect(kindOf(find("input:last-child"))).toBe("never");
    expect(kindOf(replace(find("input:last-child"), second))).toBe("never");
    expect(kindOf(replace(find("input:last-child"), second))).toBe("never");
  });

  it("stays one where the second field shows it while the first is hidden", () => {
    show("<div><input type=password><input type=text id=t4></div>");
    const [hidden, shown] = [find("[type=password]"), find("#t4")];
    hidden.checkVisibility = () => false;
    expect(kindOf(shown)).toBe("never");
  });

  it("is one that is drawn as dots", () => {
    show("<input type=text style='-webkit-text-security: disc'>");
    const style = vi.spyOn(window, "getComputedStyle");
    style.mockReturnValue({ getPropertyValue: () => "disc" } as unknown as CSSStyleDeclaration);
    expect(kindOf(find())).toBe("never");
    style.mockRestore();
  });

  it("says nothing of fields of the same name in other forms, or of others in its own", () => {
    show("<form id=a5><input type=password name=v5></form><form id=b5><input name=v5 placeholder=Search><input name=q></form>");
    expect([...document.querySelectorAll("input")].map(kindOf)).toEqual(["never", "harmless", "harmless"]);
  });

  it("says nothing of a search that comes in its place", () => {
    show("<input type=password>");
    expect(kindOf(find())).toBe("never");
    expect(kindOf(replace(find(), "<input type=search placeholder=Search>"))).toBe("harmless");
  });

  it("says nothing of what stands in its place on another page", () => {
    show("<input type=password>");
    expect(kindOf(find())).toBe("never");
    show("<input>");
    expect(kindOf(find())).toBe("private");
  });
});

describe("a private field", () => {
  it("stays private when it says that it is a search", () => {
    show("<input name=email>");
    expect(kindOf(find())).toBe("private");
    find().name = "q";
    expect(kindOf(find())).toBe("private");
  });

  it("is one of which nothing is known", () => {
    show("<input>");
    expect(kindOf(find())).toBe("private");
  });
});

describe("what is said of a field", () => {
  it.each([
    ["its label", "<label>Quantity <input></label>", "harmless"],
    ["a label elsewhere", "<span id=l>Quantity</span><input aria-labelledby=l>", "harmless"],
    ["its title", "<input title=Search>", "harmless"],
    ["the legend of its group", "<fieldset><legend>Expiry date</legend><select aria-label=Month></select></fieldset>", "never"],
    ["the name of its group", "<div role=group aria-label='Date of birth'><input placeholder=Day></div>", "private"],
    ["the text before it", "<div>Quantity: <input></div>", "harmless"],
    ["the text before what is around it", "<p>Card number</p><div><span><input></span></div>", "never"],
    ["the text before its buttons", "<div><span>Quantity</span><button>-</button><input><button>+</button></div>", "harmless"],
    ["the head of its column", "<table><thead><tr><th>Item<th>Quantity<tbody><tr><td>Chair<td><input></table>", "harmless"],
    ["no heading", "<h2>Search results</h2><input>", "private"],
    ["no text of another field", "<div>Quantity <input id=first><input class=it></div>", "private"],
    ["no long text", `<p>${"Sort and filter as much as you like. ".repeat(3)}</p><input>`, "private"],
    ["the hint of an editable text", "<div role=textbox data-placeholder='Search'></div>", "harmless"],
    ["nothing but free text", "<div role=textbox aria-label='Size'></div>", "private"],
  ])("is %s", (_, markup, kind) => {
    show(markup);
    expect(kindOf(document.querySelector(".it") ?? find("input,select,[role=textbox]"))).toBe(kind);
  });

  it("names the kind of its value by the words that tell most", () => {
    show("<label>Your answer <input name=email></label>");
    expect(wordsOf(find())).toBe("email");
    show("<label>City <input autocomplete='section-1 shipping address-level2'></label>");
    expect(wordsOf(find())).toBe("address-level2");
    show("<label>Nickname of sorts <input></label>");
    expect(wordsOf(find())).toBe("Nickname of sorts");
  });
});

describe("a choice", () => {
  const choose = (markup: string): boolean => {
    show(markup);
    return choiceIsPrivate(find("[class=it]"));
  };

  it.each([
    "<fieldset><legend>Gender</legend><label><input type=radio name=c1 class=it> Female</label></fieldset>",
    "<p>Marital status</p><label><input type=radio name=c2>Single</label><label><input type=radio name=c2 class=it>Married</label>",
    "<label>Nationality <select class=it></select></label>",
    "<label>Country <select class=it></select></label>",
    "<label>Security question <select class=it></select></label>",
    "<label><input type=checkbox class=it> I am pregnant</label>",
    "<div role=radiogroup aria-label=Religion><div role=radio class=it>None</div></div>",
  ])("is private: %s", (markup) => {
    expect(choose(markup)).toBe(true);
  });

  it.each([
    "<fieldset><legend>Payment method</legend><label><input type=radio name=c3 class=it> Credit card</label></fieldset>",
    "<fieldset><legend>Colour</legend><label><input type=radio name=c4 class=it> Red</label></fieldset>",
    "<label>Size <select class=it></select></label>",
    "<select class=it></select>",
    "<label><input type=checkbox class=it name=terms> I accept the terms</label>",
    "<label><input type=checkbox class=it> Show password</label>",
  ])("is not private: %s", (markup) => {
    expect(choose(markup)).toBe(false);
  });

  it.each([
    ["an option of a private list", "<div role=listbox aria-label=Nationality><div role=option class=it>Bhutanese</div></div>", true],
    [
      "an option of the list that a private field opens",
      "<label id=n>Religion</label><button role=combobox aria-labelledby=n aria-controls=all>Choose</button><div role=listbox id=all><div role=option class=it>None</div></div>",
      true,
    ],
    ["an option of another list", "<div role=listbox aria-label=Size><div role=option class=it>Large</div></div>", false],
    ["a private radio button", "<fieldset><legend>Gender</legend><label><input type=radio name=c6 class=it> Female</label></fieldset>", true],
    ["a select, which shows none of its options", "<label>Nationality <select class=it></select></label>", false],
  ])("is an answer to something private or not: %s", (_, markup, is) => {
    show(markup);
    expect(isPrivateAnswer(find("[class=it]"))).toBe(is);
  });

  it("stays private when its label goes", () => {
    show("<fieldset><legend>Gender</legend><label><input type=radio name=c5> Female</label></fieldset>");
    expect(choiceIsPrivate(find())).toBe(true);
    find("legend").remove();
    expect(choiceIsPrivate(find())).toBe(true);
  });
});

describe("the recording of a field", () => {
  let reports: Report[];
  let typed: Typed;
  let stop = new AbortController();

  beforeEach(() => {
    stop.abort();
    stop = new AbortController();
    reports = [];
    typed = new Typed();
    const pending: (() => void)[] = [];
    const recorder = {
      pending,
      typed,
      flush: () => { for (const work of pending) work(); },
      see: () => undefined,
      look: () => undefined,
      remember: () => undefined,
      report: (report: Report) => { reports.push(report); },
    } as unknown as Recorder;
    const on: Watch["on"] = (type, listener) => {
      window.addEventListener(type, listener, { capture: true, signal: stop.signal });
    };
    const watch = { recorder, on, signal: stop.signal };
    watchTyping(watch);
    watchChoices(watch);
  });

  function type(field: HTMLInputElement, letter: string): void {
    field.dispatchEvent(new InputEvent("beforeinput", { bubbles: true }));
    field.value += letter;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
  }

  const leave = (field: Element): void => { field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })); };
  const values = (): (string | undefined)[] => reports.map((report) => report.input?.value);

  it("never reads a password that is shown while one types", () => {
    show("<form id=r1><input type=password id=r1p></form>");
    type(find(), "s");
    find().type = "text";
    type(find(), "3");
    leave(find());
    expect(values()).toEqual(["[PRIVATE]"]);
    expect(typed.values()).toEqual([]);
  });

  it("never reads a password whose field is replaced at each keystroke", () => {
    show("<form id=r2><input type=password></form>");
    let field = find();
    for (const letter of "s3cret") {
      type(field, letter);
      const { value } = field;
      field = replace(field, "<input type=text>");
      field.value = value;
    }
    leave(field);
    expect(new Set(values())).toEqual(new Set(["[PRIVATE]"]));
    expect(typed.values()).toEqual([]);
  });

  it("remembers a name whose field is replaced at each keystroke as one value", () => {
    show("<form id=r3><input name=lastname></form>");
    let field = find();
    for (const letter of "Linda") {
      type(field, letter);
      const { value } = field;
      field = replace(field, "<input>");
      field.value = value;
    }
    type(field, "h");
    leave(field);
    expect(new Set(values())).toEqual(new Set(["[PRIVATE]"]));
    expect(typed.takeNew().map((echo) => echo.value)).toEqual(["Lindah"]);
  });

  it("keeps what is searched for, and withholds it once the field was private", () => {
    show("<input name=q placeholder='Search name or e-mail'>");
    type(find(), "a");
    leave(find());
    find().name = "email";
    type(find(), "b");
    leave(find());
    find().name = "q";
    type(find(), "c");
    leave(find());
    expect(values()).toEqual(["a", "[PRIVATE]", "[PRIVATE]"]);
  });

  it("tells of a hidden field nothing, and of a file only that there is one", () => {
    show("<input type=hidden name=email value=ann@example.com><input type=file class=file name=quantity>");
    type(find(), "x");
    find().dispatchEvent(new Event("change", { bubbles: true }));
    find(".file").dispatchEvent(new Event("change", { bubbles: true }));
    expect(reports).toEqual([{ type: "drop", drop: { x: 0, y: 0, files: 0 } }]);
  });

  it("withholds the options of a private choice", () => {
    show("<label>Religion <select><option>None</select></label>");
    find("select").dispatchEvent(new Event("change", { bubbles: true }));
    expect(reports.map((r) => r.select)).toEqual([{ options: ["[PRIVATE]"], private: true }]);
  });
});
