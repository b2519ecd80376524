// Settings: what is private to the participant, what is never recorded, and whether they look through first.

import { button, by, fillTexts, input, make, show, write } from "../../pages/dom";
import { act, ask, follow } from "../../pages/worker";
import type { Settings } from "../../person-messages";
import { strings } from "../../strings";

const words = strings.settings;
/** The study asks for it: the participant cannot choose otherwise. */
let mustReview = false;

async function load(): Promise<Settings | undefined> {
  return (await ask({ to: "worker", type: "ask", about: "settings" })) as Settings | undefined;
}

/** Changes what is stored now: another of these pages may have changed it since. */
async function change(how: (now: Settings) => Settings): Promise<boolean> {
  const now = await load();
  const refusal = now === undefined ? "failed" : await act({ to: "worker", type: "settings", settings: how(now) });
  write("saved", "");
  if (refusal === null) write("saved", words.saved);
  await render();
  return refusal === null;
}

async function render(): Promise<void> {
  const now = await load();
  if (!now) return;
  input("review").checked = now.review || mustReview;
  const details = now.details.map(({ value, field }) =>
    row(value, kindName(field), (s) => ({ ...s, details: s.details.filter((d) => d.value !== value || d.field !== field) })),
  );
  by("details").replaceChildren(...details);
  show("no-details", details.length === 0);
  const sites = now.excluded.map((site) => row(site, "", (s) => ({ ...s, excluded: s.excluded.filter((e) => e !== site) })));
  by("sites").replaceChildren(...sites);
  show("no-sites", sites.length === 0);
}

function row(text: string, note: string, without: (s: Settings) => Settings): HTMLLIElement {
  const remove = button(words.remove, () => {
    const list = item.parentElement;
    void change(without).then(() => {
      // The button that had the focus is gone.
      const next = list?.querySelector("button") ?? list?.parentElement?.querySelector("input");
      next?.focus();
    });
  }, { "aria-label": words.removeThis(text) });
  const item = make("li", {}, make("span", {}, text), make("span", { class: "help" }, note), remove);
  return item;
}

function kindName(field: string): string {
  return field in words.kinds ? words.kinds[field as keyof typeof words.kinds] : field;
}

fillTexts();
by("kind").append(...Object.entries(words.kinds).map(([value, name]) => make("option", { value }, name)));
by("add-detail").addEventListener("submit", (event) => {
  event.preventDefault();
  const value = input("value").value.trim();
  if (value === "") return;
  const field = (by("kind") as HTMLSelectElement).value;
  void change((s) => ({ ...s, details: [...s.details.filter((d) => d.value !== value), { value, field }] })).then((done) => {
    if (done) input("value").value = "";
    input("value").focus();
  });
});
by("add-site").addEventListener("submit", (event) => {
  event.preventDefault();
  void change((s) => ({ ...s, excluded: [...s.excluded, input("site").value] })).then((done) => {
    if (done) input("site").value = "";
    input("site").focus();
  });
});
input("review").addEventListener("change", () => {
  const review = input("review").checked;
  void change((s) => ({ ...s, review }));
});
by("diagnostics").addEventListener("click", () => void saveDiagnostics());
follow((view) => {
  mustReview = view.mustReview;
  show("must-review", mustReview);
  input("review").disabled = mustReview;
  void render();
});

async function saveDiagnostics(): Promise<void> {
  const found = await ask({ to: "worker", type: "ask", about: "diagnostics" });
  const url = URL.createObjectURL(new Blob([JSON.stringify(found, null, 2)], { type: "application/json" }));
  make("a", { href: url, download: "codesight-diagnostics.json" }).click();
  URL.revokeObjectURL(url);
}
