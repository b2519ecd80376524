// What every watcher gets: the recorder, and a way to listen that ends with the recording.

import { pathOf } from "../../target/shadow";
import type { Recorder } from "../recorder";

export interface Watch {
  recorder: Recorder;
  /** Listens on the window in the capture phase, so before the page. Only what the participant did is passed on: nothing that a
   * script made, and no typing or submitting in a page in which they have not pressed anything yet. */
  on: <K extends keyof WindowEventMap>(type: K, listener: (event: WindowEventMap[K]) => void) => void;
  /** Ends with the recording. */
  signal: AbortSignal;
}

/** A page's script can make these with the browser's word that they are true, by execCommand and requestSubmit. */
const MADE_BY_SCRIPTS = new Set(["beforeinput", "input", "change", "submit"]);

export function makeWatch(recorder: Recorder, signal: AbortSignal): Watch {
  const view = recorder.document.defaultView ?? window;
  return {
    recorder,
    signal,
    on(type, listener) {
      view.addEventListener(
        type,
        (event) => {
          if (!event.isTrusted || (MADE_BY_SCRIPTS.has(type) && isUntouched(view))) return;
          // The page has an object of its own for the event, and does not see this.
          const path = pathOf(event);
          Object.defineProperty(event, "composedPath", { value: () => path, configurable: true });
          // A mistake of ours must never reach the page's own listeners.
          try {
            listener(event);
          } catch (error) {
            console.warn("CodeSight could not record this:", error instanceof Error ? error.name : "unknown");
          }
        },
        { capture: true, passive: true, signal },
      );
    },
  };
}

function isUntouched(view: Window): boolean {
  const { userActivation } = view.navigator as Partial<Navigator>;
  return userActivation !== undefined && !userActivation.hasBeenActive;
}

/** Calls back when nothing has called it for a while. */
export function afterRest(work: () => void, ms: number): { touch(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    touch() {
      clearTimeout(timer);
      timer = setTimeout(work, ms);
    },
    cancel() {
      clearTimeout(timer);
    },
  };
}
