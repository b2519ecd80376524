// The film strip of a recording that has not been sent: the participant takes out what they like, then sends it.

import type { Review } from "../../background/person";
import type { ReviewStep } from "../../background/review";
import { button, by, clock, fillTexts, make, show, write } from "../../pages/dom";
import { act, ask, follow } from "../../pages/worker";
import { strings } from "../../strings";

const words = strings.review;
const session = new URL(location.href).searchParams.get("id") ?? "";
const to = "worker";
/** Frames are drawn when they come near the screen. */
const NEAR = "400px";

/** What is drawn of each step, so that a change leaves the rest, and the focus, where it is. */
const drawn = new Map<number, { element: HTMLLIElement; as: string }>();
const frames = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      frames.unobserve(target);
      void draw(target as HTMLCanvasElement);
    }
  },
  { rootMargin: NEAR },
);

async function render(): Promise<void> {
  const review = (await ask({ to, type: "ask", about: "review", id: session })) as Review | undefined;
  show("gone", review === undefined);
  show("recording", review !== undefined);
  if (!review) return;
  const { title, open, steps } = review;
  write("task", title);
  show("task", title !== "");
  show("open", open);
  for (const id of ["send", "discard"]) (by(id) as HTMLButtonElement).disabled = open;
  write("count", words.count(steps.length, steps.filter((s) => s.removed).length));
  renderSpan(steps);
  const items = steps.map(item);
  const strip = by("strip");
  items.forEach((element, i) => {
    if (strip.children[i] !== element) strip.insertBefore(element, strip.children[i] ?? null);
  });
  while (strip.children.length > items.length) strip.lastChild?.remove();
}

function item(step: ReviewStep, index: number): HTMLLIElement {
  const as = JSON.stringify(step);
  const before = drawn.get(step.seq);
  if (before?.as === as) return before.element;
  const element = step.removed ? removedItem(step) : stepItem(step, index);
  before?.element.replaceWith(element);
  drawn.set(step.seq, { element, as });
  return element;
}

function removedItem(step: ReviewStep): HTMLLIElement {
  return make("li", { class: "removed", tabindex: "-1" }, `${clock(step.time)} · ${words.removed}`);
}

function stepItem(step: ReviewStep, index: number): HTMLLIElement {
  const said = sentence(step);
  const check = make("input", { type: "checkbox" });
  check.checked = step.mistake === true;
  check.addEventListener("change", () => void act({ to, type: "mistake", session, seq: step.seq, mistake: check.checked }));
  const remove = button(words.remove, () => void takeOut(step.seq, step.seq), { "aria-label": words.removeThis(said) });
  return make(
    "li",
    {},
    picture(step, said),
    make(
      "div",
      { class: "about" },
      make("span", { class: "what" }, `${index + 1}. ${said}`),
      make("span", { class: "help" }, [clock(step.time), where(step)].filter((text) => text !== "").join(" · ")),
      make("div", { class: "buttons" }, make("label", { class: "check" }, check, words.mistake), remove),
    ),
  );
}

function picture(step: ReviewStep, said: string): HTMLElement {
  if (step.image === undefined) return make("div", { class: "no-picture" }, words.noPicture);
  const canvas = make("canvas", { role: "img", "aria-label": words.picture(said), "data-image": step.image });
  frames.observe(canvas);
  return canvas;
}

async function draw(canvas: HTMLCanvasElement): Promise<void> {
  const found = await ask({ to, type: "ask", about: "image", id: canvas.dataset["image"] ?? "" });
  if (typeof found !== "string") return;
  const bytes = Uint8Array.from(atob(found), (c) => c.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
}

function sentence({ type, name, value }: ReviewStep): string {
  return strings.steps[type](name, value);
}

function where({ url, title }: ReviewStep): string {
  const host = URL.parse(url)?.host ?? "";
  return title === "" || host === "" ? host || title : `${host} · ${title}`;
}

/** The two lists of where a span begins and ends. They keep what was chosen. */
function renderSpan(steps: readonly ReviewStep[]): void {
  const left = steps.filter((s) => !s.removed);
  show("span", left.length > 1);
  for (const id of ["from", "until"]) {
    const list = by(id) as HTMLSelectElement;
    const chosen = list.value;
    list.replaceChildren(
      ...left.map((s) => make("option", { value: String(s.seq) }, `${clock(s.time)} ${sentence(s)}`)),
    );
    if (left.some((s) => String(s.seq) === chosen)) list.value = chosen;
  }
}

async function takeOut(from: number, until: number): Promise<void> {
  if ((await act({ to, type: "removeSpan", session, from, until })) !== null) return;
  await render();
  // What had the focus is gone; who uses the keyboard goes on from the same place.
  drawn.get(from)?.element.focus();
}

fillTexts();
by("span").addEventListener("submit", (event) => {
  event.preventDefault();
  const [from, until] = ["from", "until"].map((id) => Number((by(id) as HTMLSelectElement).value)) as [number, number];
  void takeOut(Math.min(from, until), Math.max(from, until));
});
by("send").addEventListener("click", () => void act({ to, type: "release", session }).then(render));
const sure = by("sure") as HTMLDialogElement;
by("discard").addEventListener("click", () => {
  sure.returnValue = "";
  sure.showModal();
});
sure.addEventListener("close", () => {
  if (sure.returnValue === "yes") void act({ to, type: "discard", session }).then(render);
});
follow(() => void render());
