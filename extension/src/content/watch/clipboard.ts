// Uses of the clipboard, by a key or by the browser's menu. What is copied or pasted is never read.

import { targetOf } from "../../target/resolve";
import type { Watch } from "./watch";

export function watchClipboard({ recorder, on }: Watch): void {
  for (const action of ["copy", "cut", "paste"] as const) {
    on(action, (event) => {
      const element = targetOf(event);
      recorder.flush();
      recorder.report({ type: "clipboard", clipboard: { action } }, element ? { seen: recorder.see(element) } : {});
    });
  }
}
