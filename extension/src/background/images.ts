// Captured frames, as bytes in IndexedDB until the server has them. An image that no event refers to is deleted when a
// newer one takes its place.

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { ScreenshotMeta } from "../event/types";

/** A frame with everything private painted over. */
export interface StoredImage {
  id: string;
  session: string;
  meta: ScreenshotMeta;
  bytes: ArrayBuffer;
}

interface Schema extends DBSchema {
  images: { key: string; value: StoredImage };
}

const NAME = "codesight";
const VERSION = 1;
/** 150 KB an image and one image an action make this about 1,700 actions offline; past it only events are recorded. */
export const MAX_IMAGE_BYTES = 256 * 2 ** 20;

export class Images {
  #db: Promise<IDBPDatabase<Schema>> | undefined;
  #bytes: number | undefined;

  /** Resolves when the image is on disk; false where there is no room. */
  async put(image: StoredImage): Promise<boolean> {
    const used = await this.usedBytes();
    if (used + image.bytes.byteLength > MAX_IMAGE_BYTES) return false;
    const tx = (await this.#open()).transaction("images", "readwrite", { durability: "strict" });
    await tx.store.put(image);
    await tx.done;
    this.#bytes = used + image.bytes.byteLength;
    return true;
  }

  async get(id: string): Promise<StoredImage | undefined> {
    return (await this.#open()).get("images", id);
  }

  async delete(id: string): Promise<void> {
    await (await this.#open()).delete("images", id);
    this.#bytes = undefined;
  }

  /** Deletes every image but these. */
  async keepOnly(ids: ReadonlySet<string>): Promise<void> {
    const db = await this.#open();
    for (const id of await db.getAllKeys("images")) if (!ids.has(id)) await db.delete("images", id);
    this.#bytes = undefined;
  }

  async usedBytes(): Promise<number> {
    if (this.#bytes === undefined) {
      let sum = 0;
      const tx = (await this.#open()).transaction("images");
      for await (const cursor of tx.store) sum += cursor.value.bytes.byteLength;
      this.#bytes = sum;
    }
    return this.#bytes;
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#db ??= openDB<Schema>(NAME, VERSION, {
      upgrade(db) {
        db.createObjectStore("images", { keyPath: "id" });
      },
    });
    return this.#db;
  }
}
