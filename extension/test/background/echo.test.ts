import { expect, it } from "vitest";
import { EchoBook } from "../../src/background/echo";
import { MAX_ECHOES } from "../../src/messages";
import { strictScrubber } from "../../src/privacy/scrubber";
import { MemoryArea } from "./memory-area";

const echo = (value: string, instead?: string): { value: string; field: string; instead?: string } => ({
  value,
  field: "name",
  ...(instead !== undefined && { instead }),
});

it("withholds everything past its bound, for the worker that comes after this one, too, and never fails", async () => {
  const area = new MemoryArea();
  const book = new EchoBook(area);
  for (let k = 0; k < MAX_ECHOES; k++) await book.add([echo(`Zqvname${String(k)}`)]);
  expect((await book.scrubber()).text("An oak chair")).toBe("An oak chair");
  expect(await book.add([echo("Quillfeather"), echo("Zdravka")])).toBe(true);
  expect(await book.add([echo("Kowalczyk")])).toBe(false);
  for (const one of [book, new EchoBook(area)]) {
    expect(await one.scrubber()).toBe(strictScrubber);
    expect((await one.values()).length).toBe(MAX_ECHOES + 1);
  }
});

it("forgets a beginning when it is told the rest, but not what somebody else told, too", async () => {
  const book = new EchoBook(new MemoryArea());
  await book.add([echo("Rose")]);
  expect(await book.add([echo("Rosemary", "Rose")])).toBe(true);
  expect(await book.values()).toEqual([echo("Rosemary")]);
  await book.add([echo("Ann")]);
  await book.add([echo("Ann")]);
  await book.add([echo("Annabel", "Ann")]);
  expect((await book.values()).map((e) => e.value)).toEqual(["Rosemary", "Ann", "Annabel"]);
});

it("loses none of the values that come at once", async () => {
  const area = new MemoryArea();
  const book = new EchoBook(area);
  await Promise.all(["Zdravka", "Quillfeather", "Kowalczyk"].map((value) => book.add([echo(value)])));
  expect((await new EchoBook(area).values()).map((e) => e.value).sort()).toEqual(["Kowalczyk", "Quillfeather", "Zdravka"]);
});

it("tells again what a storage that failed did not hold", async () => {
  const area = new MemoryArea();
  const book = new EchoBook(area);
  area.fail = () => "before";
  await expect(book.add([echo("Zdravka")])).rejects.toThrow();
  area.fail = () => undefined;
  await book.add([echo("Zdravka")]);
  expect(await new EchoBook(area).values()).toEqual([echo("Zdravka")]);
});
