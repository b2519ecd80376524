// A press on one of several answers to something private: that it was pressed is recorded, and not which one it was.

import type { Selector, Target } from "../event/types";

/** What an attribute says of every answer alike. The others name the one that was pressed. */
const COMMON = new Set("aria-disabled,aria-haspopup,disabled,multiple,required,role,tabindex,type".split(","));

/** The target without what names the answer. */
export function withoutAnswer(target: Target): Target {
  const { tag, role, box, point, frame_path: framePath, shadow, attributes = {}, ancestors = [], selectors = [] } = target;
  const hidden = Object.keys(attributes).filter((name) => !COMMON.has(name)).map((name) => `@${name}` as const);
  return {
    tag,
    attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => COMMON.has(name))),
    selectors: selectors.map(withoutValue),
    ancestors: ancestors.map(({ tag: outer, role: outerRole }) => ({ tag: outer, ...(outerRole !== undefined && { role: outerRole }) })),
    ...(role !== undefined && { role }),
    ...(box && { box }),
    ...(point && { point }),
    ...(framePath && { frame_path: framePath }),
    ...(shadow && { shadow }),
    withheld: Object.fromEntries(["name" as const, ...hidden].map((name) => [name, "private"])),
  };
}

function withoutValue(selector: Selector): Selector {
  const out: Selector = { ...selector, withheld: "private" };
  delete out.value;
  return out;
}
