// Where things stand in chrome.storage.local. One key per chunk, so that nothing is ever rewritten; keys sort in the
// order of their numbers.

/** The part of chrome.storage that the recorder uses. set() writes all its keys or none: one LevelDB batch. */
export interface StorageArea {
  get(keys: string | string[] | null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
}

/** Digits of a sequence number in a key: 10^12 events are more than a session will hold. */
const DIGITS = 12;

export const keys = {
  /** Where to send to: {server, key}. */
  enrolment: "enrolment",
  /** How the uplink fares, for the popup: it survives the worker. */
  uplink: "uplink",
  /** Figures of the last session that was completed, for the popup. */
  previous: "previous",
  /** Settings of the participant. Their private details never go anywhere else. */
  settings: "settings",
  /** The consent that the participant gave last. */
  consent: "consent",
  /** SessionRecord. */
  session: (id: string) => `session/${id}`,
  /** {last, refused, steps}: the number of the newest event, how many were refused before they got one, and steps. */
  count: (id: string) => `count/${id}`,
  /** {acked, rejected, images}: what the server has. */
  acked: (id: string) => `acked/${id}`,
  /** Chunk: events with consecutive numbers, from the number in the key. */
  chunk: (id: string, first: number) => `q/${id}/${String(first).padStart(DIGITS, "0")}`,
  /** Number of the newest item that was stored of one recorder in one document. */
  source: (id: string, source: string) => `source/${id}/${source}`,
  /** An image that an event refers to and that the server does not have yet. */
  image: (id: string, image: string) => `image/${id}/${image}`,
  /** An event that the server refused, with its reasons. */
  refused: (id: string, seq: number) => `refused/${id}/${String(seq).padStart(DIGITS, "0")}`,
};

/** Splits a key into its kind, its session and the rest. */
export function parseKey(key: string): { kind: string; session: string; rest: string } {
  const [kind = "", session = "", ...rest] = key.split("/");
  return { kind, session, rest: rest.join("/") };
}
