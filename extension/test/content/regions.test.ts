// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { measure } from "../../src/content/regions";
import { Stillness } from "../../src/content/stillness";
import { BUDGET_MS } from "../../src/privacy/budget";
import { engineScrubber } from "../../src/privacy/engine";
import type { Scrubber } from "../../src/privacy/scrubber";
import type { Region } from "../../src/messages";

vi.mock("wxt/browser", () => ({ browser: { dom: { openOrClosedShadowRoot: () => null } } }));

/** The environment draws nothing: every range has the place of its first letter in the text of its node. */
function layOut(): void {
  Object.defineProperty(document, "visibilityState", { value: "visible", configurable: true });
  Object.defineProperty(document, "getAnimations", { value: () => [], configurable: true });
  window.requestAnimationFrame = (work) => {
    work(0);
    return 0;
  };
  Range.prototype.getClientRects = function (): DOMRectList {
    const { startOffset, endOffset } = this;
    return [{ left: startOffset, top: 10, width: endOffset - startOffset, height: 10 }] as unknown as DOMRectList;
  };
}

function show(markup: string): void {
  document.body.replaceChildren(document.createRange().createContextualFragment(markup));
}

/** Puts markup into the only frame. */
function fill(markup: string): Document {
  const inner = document.querySelector("iframe")?.contentDocument;
  if (!inner?.defaultView) throw new Error("no frame");
  Object.defineProperty(inner, "getAnimations", { value: () => [], configurable: true });
  Object.defineProperty(inner.defaultView, "Range", { value: Range });
  inner.createRange = () => document.createRange();
  inner.body.replaceChildren(inner.importNode(document.createRange().createContextualFragment(markup), true));
  return inner;
}

const stillness = (): Stillness => new Stillness(document, { moved: () => undefined, settled: () => undefined });
const regionsOf = async (scrubber: Scrubber): Promise<{ steady: boolean; regions: Region[] } | undefined> =>
  measure(document, stillness(), scrubber);

beforeEach(layOut);

describe("what a picture must not show", () => {
  it("is each part of a value that is split over elements, and nothing beside it", async () => {
    show("<p>Dear <b>Zdravka</b> <i>Quillfeather</i>, hello</p><p>An oak chair</p>");
    const found = await regionsOf(engineScrubber([{ value: "Zdravka Quillfeather", field: "name" }]));
    expect(found?.steady).toBe(true);
    expect(found?.regions.map(({ x, width }) => [x, width])).toEqual([[0, 7], [0, 1], [0, 12]]);
  });

  it("is in a frame of the same origin by its place inside of the padding", async () => {
    show('<iframe style="padding: 30px 0 0 20px"></iframe>');
    fill("<p>Quillfeather</p>");
    const found = await regionsOf(engineScrubber([{ value: "Quillfeather", field: "name" }]));
    expect(found?.regions.map(({ x, y }) => [x, y])).toEqual([[20, 40]]);
  });

  it.each(["rotate(180deg)", "matrix(1, 0, 0, -1, 0, 0)"])("is the whole of a frame that is turned or mirrored by %s", async (transform) => {
    show(`<div style="transform: ${transform}"><iframe></iframe></div>`);
    fill("<p>Quillfeather</p>");
    const [frame] = document.querySelectorAll("iframe");
    if (!frame) throw new Error("no frame");
    frame.getClientRects = () => [{ left: 5, top: 6, width: 70, height: 80 }] as unknown as DOMRectList;
    const found = await regionsOf(engineScrubber([{ value: "Quillfeather", field: "name" }]));
    expect(found?.regions).toEqual([{ x: 5, y: 6, width: 70, height: 80 }]);
  });

  it("is not known where something in a frame moves it, so there is no picture", async () => {
    show("<iframe></iframe>");
    const inner = fill("<p>Quillfeather</p>");
    const moving = { playState: "running", effect: { target: inner.body } };
    Object.defineProperty(inner, "getAnimations", { value: () => [moving] });
    expect((await regionsOf(engineScrubber([{ value: "Quillfeather", field: "name" }])))?.steady).toBe(false);
  });

  it("is not known where scanning takes too long, so there is no picture", async () => {
    show("<p>An oak chair</p>");
    const clock = vi.spyOn(performance, "now");
    const slow: Scrubber = {
      ...engineScrubber([]),
      spans: (_text, late) => {
        clock.mockReturnValue(BUDGET_MS * 1000);
        expect(late?.()).toBe(true);
        return [];
      },
    };
    clock.mockReturnValue(0);
    expect((await regionsOf(slow))?.steady).toBe(false);
    clock.mockRestore();
  });
});
