// The recorders of one page's frames, as far as these are of the same origin. They run in one world, which the page
// cannot see, so that each can show the whole page and not only its own frame of it.

import type { Echo } from "../messages";
import type { FieldKind } from "./fields";

/** What a recorder shows to those of the other frames. */
export interface Peer {
  isAlive(): boolean;
  stop(): void;
  /** The browser's id of the frame; undefined until the worker has told it. */
  frame(): string | undefined;
  /** Changes with every change of the document and of its fields' states. */
  view(): string;
  /** What was typed into private fields of the document, also what one is still typing. */
  typed(): Echo[];
  /** Kept by each recorder: a field that was once private stays so. */
  kindOf(field: Element): FieldKind;
  /** Whether an element of the document is an answer to something private. */
  isPrivateAnswer(element: Element): boolean;
}

/** A page of more frames is one of advertisements. */
const MAX_FRAMES = 50;

/** The recorder of a window; undefined where there is none, or none that may be seen. */
export function peerOf(view: Window): Peer | undefined {
  try {
    const { codesight } = view as { codesight?: Peer };
    return codesight?.isAlive() === true ? codesight : undefined;
  } catch {
    return undefined;
  }
}

/** The recorders of all frames inside this window and itself, but for one's own. */
export function peersIn(outer: Window, own: Window): Peer[] {
  const windows = [outer];
  for (let i = 0; i < windows.length; i++) {
    const { length = 0 } = windows[i] ?? {};
    for (let n = 0; n < length && windows.length < MAX_FRAMES; n++) {
      const inner = windows[i]?.[n];
      if (inner) windows.push(inner);
    }
  }
  return windows.flatMap((view) => (view === own ? [] : (peerOf(view) ?? [])));
}
