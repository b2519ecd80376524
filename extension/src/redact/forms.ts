// The other forms in which a value comes back: a date in the order and words of another language, a street abbreviated.

import table from "../../../rules/fields.json";

/** The languages in which a date is written out. */
const LANGUAGES = "en-US,en-GB,de,fr,es,it,pt,nl,pl,sv,da,nb,fi,cs,tr,ru,ja,zh".split(",");
const streets: readonly (readonly string[])[] = table.echo_streets;

export interface NumericDate {
  digits: string;
  /** After how many digits a separator stands; it may be missing where each part is written in full. */
  cuts: [number, number];
  full: boolean;
}

export interface DateForms {
  written: string[];
  numeric: NumericDate[];
}

/** By language and length: they take long to make, and are the same for each value. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: string, month: "long" | "short"): Intl.DateTimeFormat {
  const key = `${language} ${month}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, { day: "numeric", month, year: "numeric", timeZone: "UTC" });
  formats.set(key, format);
  return format;
}

/** So many bytes of a value are looked for in base64: what they stand in is withheld whole. */
const CODED_BYTES = 18;

/**
 * The letters and digits by which a value is known in base64 (RFC 4648, either alphabet), for each of the three places in
 * a group at which it may begin: those that depend on nothing beside it.
 */
export function codedForms(value: string): string[] {
  const bytes = String.fromCharCode(...new TextEncoder().encode(value).subarray(0, CODED_BYTES));
  return [0, 1, 2].map((lead) => {
    const all = btoa("\0".repeat(lead) + bytes);
    const core = all.slice(Math.ceil((lead * 8) / 6), Math.floor(((lead + bytes.length) * 8) / 6));
    return core.replace(/[+/]/g, "");
  });
}

/** The forms of a date; none where the value is no date. */
export function dateForms(value: string): DateForms {
  const out: DateForms = { written: [], numeric: [] };
  for (const [y, m, d] of readDates(value.trim())) {
    const date = new Date(Date.UTC(y, m - 1, d));
    if (y < 1880 || y > 2200 || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) continue;
    for (const month of ["long", "short"] as const) {
      for (const language of LANGUAGES) {
        const form = formatOf(language, month).format(date);
        // Some languages' short form has no word; numbers are told apart by their separators below.
        if (/\p{L}/u.test(form)) out.written.push(form);
      }
    }
    const [mm, dd] = [String(m).padStart(2, "0"), String(d).padStart(2, "0")];
    for (const parts of [[y, mm, dd], [dd, mm, y], [mm, dd, y], [y, m, d], [d, m, y], [m, d, y]]) {
      const [a, b, c] = parts.map(String) as [string, string, string];
      const digits = a + b + c;
      out.numeric.push({ digits, cuts: [a.length, a.length + b.length], full: digits.length === 8 });
    }
  }
  return out;
}

/** What a date of three numbers may mean: year, month, day. */
function readDates(value: string): [number, number, number][] {
  const found = /^(\d{1,4})[-/. ]{1,2}(\d{1,2})[-/. ]{1,2}(\d{1,4})$/.exec(value);
  if (!found) return [];
  const [a, b, c] = found.slice(1).map(Number) as [number, number, number];
  if (a > 31) return [[a, b, c]];
  return [[c, b, a], [c, a, b]];
}

/** The address with its kind of street written in other ways: "12 Willow Ln", "Lindenstr. 4". */
export function streetForms(address: string): string[] {
  const out: string[] = [];
  const words = address.split(/([\s,.;]+)/);
  for (const [at, word] of words.entries()) {
    const small = word.toLowerCase();
    for (const group of streets) {
      const end = group.find((g) => small === g || (g.length > 4 && small.endsWith(g))) ?? (small.endsWith("str") && group.includes("str") ? "str" : "");
      if (end === "") continue;
      for (const other of group) {
        if (other !== end) out.push([...words.slice(0, at), word.slice(0, word.length - end.length) + other, ...words.slice(at + 1)].join(""));
      }
    }
  }
  return out;
}
