// What kind of value a form field is for, judged by what the field says of itself: the strongest of the three layers
// (fields, then echo, then the scanner). In the manner of the browsers' own form autofill.

import table from "../../../rules/fields.json";
import { normalise, wordsIn } from "./fieldwords";
import { isCardExample, isMailExample, isMasked, isPhoneExample, looksLikeCode } from "./fieldshape";
import { type Kind, ORDER, phrasesIn, phrasesInName, type Says } from "./phrases";
import type { Type } from "./types";

export { normalise };

/** What a field says of itself; a missing attribute is missing or "". */
export interface FieldWords {
  autocomplete?: string;
  type?: string;
  name?: string;
  id?: string;
  label?: string;
  placeholder?: string;
  ariaLabel?: string;
  title?: string;
  tag?: string;
  role?: string;
  inputmode?: string;
  maxlength?: string;
  pattern?: string;
  /** What is said of the group of fields: a fieldset's legend, a radio group's label. */
  legend?: string;
  /** The text before a field that has no label. */
  nearby?: string;
  /** Drawn as dots, whatever its type. */
  masked?: boolean;
}

/**
 * never: not even read. private: read only to recognise the value elsewhere. harmless: recorded, after redaction.
 * unknown: nothing is known, so callers treat it as private.
 */
export type FieldClass = "never" | "private" | "harmless" | "unknown";

/** What a private value is. COUNTRY names too many to be remembered. */
export type ValueKind = Type | "COUNTRY";

/** A field's class, and for a private one what its value is. */
export interface Judgement {
  class: FieldClass;
  kind?: Exclude<Kind, "SENSITIVE">;
}

const NEVER_TOKENS = new Set(table.never_tokens);
const HARMLESS_TOKENS = new Set(table.harmless_tokens);
const privateTokens = new Map(
  Object.entries(table.private_tokens).flatMap(([kind, tokens]) => tokens.map((t) => [t, kind as Kind] as const)),
);
const NEVER_TYPES = new Set(table.never_types);
const HARMLESS_TYPES = new Set(table.harmless_types);
const PRIVATE_TYPES = new Map(Object.entries(table.private_types) as [string, Kind][]);
const PRIVATE_UNLESS_HARMLESS_TYPES = new Set(table.private_unless_harmless_types);
const HARMLESS_NAMES = new Set(table.harmless_names);
const KEYBOARDS = new Map<string, Kind>([["email", "EMAIL"], ["tel", "PHONE"]]);
/** Types and roles of what is chosen: one of several, or yes and no. */
const CHOICES = new Map<string, "radio" | "box">([["radio", "radio"], ["checkbox", "box"], ["switch", "box"]]);
/** A name that begins with one of these is of a search: q[name_cont]. */
const QUERIES = new Set(["q", "query"]);
/** Where one lives stays private in a search: it is how addresses are looked up. */
const LOOKED_UP: ReadonlySet<Says> = new Set(["STREET", "POSTCODE"]);

/** A card with one of these is one that is sent, bought or shown. */
const CARD_OTHERWISE: readonly Says[] = ["search", "harmless", "PRIVATE", "NATIONAL_ID", "HEALTH_ID"];

/** The class of a form field. */
export function classifyField(field: FieldWords): FieldClass {
  return judgeField(field).class;
}

/**
 * Judges a form field. The first of these decides:
 * - a type, an autocomplete token or dots that say password, one-time code or card: never;
 * - another autocomplete token: what it says, unless the words say password and nothing of the token's kind;
 * - the field's own words (never before private before harmless), with its type and keyboard;
 * - the words of its group, then those beside it;
 * - its shape: digits of a code's length are a code.
 *
 * Choices (radio buttons, boxes) are judged by their group, because their own label is the answer. What may harm somebody
 * is private: gender, nationality, religion, health, income, family, origin. So are the lists in which one finds
 * oneself: title, country, state, date of birth, saved addresses. A box that says nothing of that is not.
 */
export function judgeField(field: FieldWords): Judgement {
  const type = (field.type ?? "").trim().toLowerCase();
  const tokens = (field.autocomplete ?? "").toLowerCase().split(/\s+/);
  if (NEVER_TYPES.has(type) || field.masked === true || tokens.some((t) => NEVER_TOKENS.has(t))) return { class: "never" };
  const own = ownWords(field);
  const token = privateTokens.get(autofillToken(field.autocomplete ?? ""));
  if (token !== undefined) return own.has("password") && !own.has(token) ? { class: "never" } : privateAs(token);
  const choice = CHOICES.get(field.role ?? "") ?? CHOICES.get(type);
  if (choice !== undefined) return judgeChoice(field, choice);
  if (isNever(own) || isMasked(field.placeholder ?? "") || isCardExample(field.placeholder ?? "")) return { class: "never" };
  const kind = kindIn(own);
  const typed = PRIVATE_TYPES.get(type) ?? KEYBOARDS.get((field.inputmode ?? "").toLowerCase());
  if (kind !== undefined || typed !== undefined) return privateAs(kind ?? typed ?? "PRIVATE");
  if (isHarmless(field, type, own) || tokens.some((t) => HARMLESS_TOKENS.has(t))) return { class: "harmless" };
  return judgeAround(field, type);
}

/** Judges a field whose own words say nothing. */
function judgeAround(field: FieldWords, type: string): Judgement {
  const labelled = [field.label, field.ariaLabel, field.placeholder, field.title].some((w) => w !== undefined && w.trim() !== "");
  for (const text of labelled ? [field.legend] : [field.legend, field.nearby]) {
    const said = new Set(sayingOf(text ?? ""));
    const kind = kindIn(said);
    if (isNever(said)) return { class: "never" };
    if (kind !== undefined) return privateAs(kind);
    if (saysHarmless(field, said)) return { class: "harmless" };
  }
  if (looksLikeCode(field)) return { class: "never" };
  if (isPhoneExample(field.placeholder ?? "")) return privateAs("PHONE");
  return PRIVATE_UNLESS_HARMLESS_TYPES.has(type) ? privateAs("PRIVATE") : { class: "unknown" };
}

/** Judges a radio button by its group, and a box by whether it says something of a person. */
function judgeChoice(field: FieldWords, choice: "radio" | "box"): Judgement {
  const group = new Set([...sayingOf(field.legend ?? ""), ...sayingOfName(field.name ?? "")]);
  const option = new Set([field.label, field.ariaLabel, field.nearby].flatMap((w) => sayingOf(w ?? "")));
  if (group.has("SENSITIVE") || option.has("SENSITIVE")) return privateAs("SENSITIVE");
  if (choice === "radio") {
    const kind = kindIn(group);
    if (isNever(group)) return { class: "never" };
    if (kind !== undefined) return privateAs(kind);
  }
  const harmless = [group, option].some((said) => said.has("harmless") || said.has("search"));
  return { class: harmless ? "harmless" : "unknown" };
}

/** What a value of a field with these words is: an autocomplete token, or a label. */
export function kindOfField(fieldWords: string): ValueKind {
  const kind = privateTokens.get(fieldWords.trim().toLowerCase()) ?? kindIn(new Set(phrasesIn(fieldWords)));
  switch (kind) {
    case undefined:
    case "SENSITIVE":
      return "PRIVATE";
    case "STREET":
    case "CITY":
    case "POSTCODE":
      return "ADDRESS";
    default:
      return kind;
  }
}

/**
 * The field's own token of an autocomplete attribute, "" where there is none: what stands before it are a section, an
 * address's purpose and a contact's kind, and "webauthn" may follow. "on" and "off" say nothing.
 */
export function autofillToken(autocomplete: string): string {
  const tokens = autocomplete.toLowerCase().split(/\s+/).filter((t) => privateTokens.has(t));
  return tokens.findLast((t) => t !== "webauthn") ?? tokens[0] ?? "";
}

/** What all of the field's own words say. */
function ownWords(field: FieldWords): Set<Says> {
  const placeholder = field.placeholder ?? "";
  const said = [field.label, field.ariaLabel, field.title].flatMap((w) => sayingOf(w ?? ""));
  said.push(...(isMailExample(placeholder) ? (["EMAIL"] as const) : sayingOf(placeholder)));
  return new Set([...said, ...sayingOfName(field.name ?? ""), ...sayingOfName(field.id ?? "")]);
}

/** What a text that people read says. One that asks for a search says nothing of what is searched for. */
function sayingOf(text: string): Says[] {
  const said = text === "" ? [] : phrasesIn(text);
  if (!said.includes("search")) return said;
  return said.filter((s) => !isPrivate(s) || LOOKED_UP.has(s)).filter((s) => said[0] !== "search" || !isSecret(s));
}

/**
 * What a name or an id says. It is of a search where it begins or ends so. Of several kinds the last is the field's, those
 * before it are of what holds the field: shipping_address[first_name].
 */
function sayingOfName(name: string): Says[] {
  const said = name === "" ? [] : phrasesInName(name);
  const searches = said[0] === "search" || said.at(-1) === "search" || (said.length > 0 && QUERIES.has(wordsIn(name)[0] ?? ""));
  if (searches) return [...said.filter((s) => !isPrivate(s) || LOOKED_UP.has(s)), "search"];
  const kind = said.findLast(isPrivate);
  // In a name, a card may be any box of the page.
  return said.filter((s) => (s === "card" ? kind === "PERSON" : !isPrivate(s) || s === kind || s === "SENSITIVE"));
}

function isHarmless(field: FieldWords, type: string, own: ReadonlySet<Says>): boolean {
  if (HARMLESS_TYPES.has(type) || field.inputmode?.toLowerCase() === "search" || field.role === "searchbox") return true;
  return saysHarmless(field, own) || [field.name, field.id].some((n) => HARMLESS_NAMES.has(normalise(n ?? "")));
}

/** Whether words make a field harmless. What is written freely is private unless it is searched for. */
function saysHarmless(field: FieldWords, said: ReadonlySet<Says>): boolean {
  const free = field.tag !== undefined && field.tag !== "input" && field.tag !== "select";
  return said.has("search") || (!free && said.has("harmless"));
}

function isSecret(says: Says): boolean {
  return says === "password" || says === "never";
}

function isPrivate(says: Says): says is Kind {
  return !isSecret(says) && says !== "card" && says !== "not" && says !== "search" && says !== "harmless";
}

/** Whether words say secret or payment card. What else is on a card, a name on it for instance, is of the card. */
function isNever(said: ReadonlySet<Says>): boolean {
  if (said.has("password") || said.has("never")) return true;
  return said.has("card") && CARD_OTHERWISE.every((s) => !said.has(s));
}

/** The first kind of private value that is named. */
function kindIn(said: ReadonlySet<Says>): Kind | undefined {
  return ORDER.filter(isPrivate).find((kind) => said.has(kind));
}

function privateAs(kind: Kind): Judgement {
  return { class: "private", kind: kind === "SENSITIVE" ? "PRIVATE" : kind };
}
