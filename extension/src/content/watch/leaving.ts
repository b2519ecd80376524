// The page is being left or hidden: what waits is sent before it is gone.

import type { Watch } from "./watch";

export function watchLeaving({ recorder, on, signal }: Watch): void {
  const leave = (): void => {
    recorder.typed.commitAll();
    recorder.leave();
  };
  on("pagehide", leave);
  on("blur", (event) => {
    if (event.target === recorder.document.defaultView) leave();
  });
  recorder.document.addEventListener(
    "visibilitychange",
    () => {
      if (recorder.document.visibilityState === "hidden") leave();
    },
    { signal },
  );
}
