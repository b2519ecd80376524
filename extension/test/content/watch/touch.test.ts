// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { watchTouches } from "../../../src/content/watch/touch";
import { fakeWatch } from "./fake";

type Finger = [id: number, x: number, y: number];

let w: ReturnType<typeof fakeWatch>;
let forgotten = false;
let slide: HTMLElement;

const tips = (fingers: Finger[]) => fingers.map(([identifier, clientX, clientY]) => ({ identifier, clientX, clientY }));

/** changed: the fingers that the event is about; down: those on the screen after it. */
function touch(type: string, changed: Finger[], down: Finger[] = changed): void {
  w.fire(Object.assign(new Event(type, { bubbles: true }), { changedTouches: tips(changed), touches: tips(down) }), slide);
}

function pointer(type: string): void {
  w.fire(Object.assign(new Event(type, { bubbles: true }), { pointerType: "touch" }), slide);
}

/** What is told once the page's own listeners have run. */
async function told() {
  await new Promise((resolve) => setTimeout(resolve));
  return w.told.map(({ type, on, touch: detail }) => ({ type, on: on?.id, ...detail }));
}

beforeEach(() => {
  document.body.replaceChildren(document.createRange().createContextualFragment("<button id=slide>1 of 3</button>"));
  slide = document.querySelector<HTMLElement>("#slide") ?? document.body;
  w = fakeWatch();
  forgotten = false;
  watchTouches(w.watch, { underWay: undefined, forget: () => (forgotten = true) });
});

describe("fingers", () => {
  it("swipe what the page moves by itself, and that is no click", async () => {
    touch("touchstart", [[0, 200, 50]]);
    touch("touchmove", [[0, 100, 52]]);
    slide.textContent = "2 of 3";
    touch("touchend", [[0, 100, 52]], []);
    expect(await told()).toEqual([{ type: "touch", on: "slide", kind: "swipe", from: { x: 200, y: 50 }, to: { x: 100, y: 52 }, count: 1 }]);
    expect(forgotten).toBe(true);
  });

  it("tap and tremble without a gesture", async () => {
    touch("touchstart", [[0, 200, 50]]);
    touch("touchmove", [[0, 210, 52]]);
    slide.textContent = "pressed";
    touch("touchend", [[0, 210, 52]], []);
    expect(await told()).toEqual([]);
    expect(forgotten).toBe(false);
  });

  it("scroll where the browser takes the movement, and swipe nothing where the page does not answer", async () => {
    touch("touchstart", [[0, 200, 250]]);
    pointer("pointercancel");
    touch("touchmove", [[0, 200, 50]]);
    slide.textContent = "scrolled into view";
    touch("touchend", [[0, 200, 50]], []);
    w.recorder.stillness.sync();
    touch("touchstart", [[1, 200, 250]]);
    touch("touchmove", [[1, 200, 50]]);
    touch("touchend", [[1, 200, 50]], []);
    expect(await told()).toEqual([]);
  });

  it("press long, once, however they move on from there", async () => {
    touch("touchstart", [[0, 20, 30]]);
    pointer("contextmenu");
    touch("touchmove", [[0, 120, 30]]);
    slide.textContent = "moved";
    touch("touchend", [[0, 120, 30]], []);
    expect(await told()).toEqual([{ type: "touch", on: "slide", kind: "long_press", from: { x: 20, y: 30 }, to: { x: 20, y: 30 }, count: 1 }]);
  });

  it("pinch by two, the second of which comes later", async () => {
    touch("touchstart", [[0, 100, 100]]);
    touch("touchstart", [[1, 120, 100]], [[0, 100, 100], [1, 120, 100]]);
    touch("touchmove", [[0, 40, 100], [1, 180, 100]]);
    touch("touchend", [[0, 40, 100]], [[1, 180, 100]]);
    touch("touchend", [[1, 180, 100]], []);
    expect(await told()).toEqual([{ type: "touch", on: "slide", kind: "pinch", from: { x: 100, y: 100 }, to: { x: 40, y: 100 }, count: 2 }]);
  });
});
