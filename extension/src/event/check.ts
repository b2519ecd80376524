// Checks events against the one definition of events (internal/event/event.schema.json), so that the worker stores only
// what the server will take. Interprets the part of JSON Schema that the generated schema uses.

import schema from "../../../internal/event/event.schema.json";
import type { Event } from "./types";

/** One mistake: where it is and what is wrong, never the value. */
export interface Mistake {
  location: string;
  message: string;
}

interface Shape {
  $ref?: string;
  type?: string;
  enum?: string[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  maxProperties?: number;
  items?: Shape;
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: boolean | Shape;
  propertyNames?: { enum?: string[] };
}

/** More mistakes than this of one event help nobody. */
const MAX_MISTAKES = 20;

const defs = schema.$defs as unknown as Record<string, Shape>;
const DETAILS = [
  ..."navigation,click,input,select,submit,scroll,hover,key,focus,blur,drag,drop,touch,tab_change,dialog,clipboard,effect,gap".split(","),
];

/** What is wrong with a value that should be an event; empty when nothing is. */
export function checkEvent(value: unknown): Mistake[] {
  const mistakes: Mistake[] = [];
  check(value, defs["Event"] ?? {}, "event", mistakes);
  if (mistakes.length === 0) checkDetails(value as Event, mistakes);
  return mistakes;
}

/** Exactly the object that is named after the type must be there. */
function checkDetails(event: Event, mistakes: Mistake[]): void {
  const own = event.type === "tab" ? "tab_change" : event.type;
  for (const name of DETAILS) {
    const present = name in event && event[name as keyof Event] !== undefined;
    if (name === own && !present) mistakes.push({ location: `event.${name}`, message: "is required for this type" });
    if (name !== own && present) mistakes.push({ location: `event.${name}`, message: "does not belong to this type" });
  }
  if (event.input?.private === true && !/^(\[[A-Z_]+\])?$/.test(event.input.value)) {
    mistakes.push({ location: "event.input.value", message: "must be a placeholder, because the field is private" });
  }
}

function check(value: unknown, shape: Shape, at: string, mistakes: Mistake[]): void {
  if (mistakes.length >= MAX_MISTAKES) return;
  if (shape.$ref !== undefined) {
    check(value, defs[shape.$ref.replace("#/$defs/", "")] ?? {}, at, mistakes);
    return;
  }
  const message = checkers[shape.type ?? ""]?.(value, shape, at, mistakes);
  if (message !== undefined) mistakes.push({ location: at, message });
}

type Checker = (value: unknown, shape: Shape, at: string, mistakes: Mistake[]) => string | undefined;

const checkers: Record<string, Checker> = {
  string(value, shape) {
    if (typeof value !== "string") return "must be text";
    if (shape.enum !== undefined && !shape.enum.includes(value)) return "is not one of the allowed values";
    const length = Array.from(value).length;
    if (length < (shape.minLength ?? 0)) return "must not be empty";
    if (length > (shape.maxLength ?? Infinity)) return "is too long";
    if (shape.pattern !== undefined && !new RegExp(shape.pattern, "u").test(value)) return "has the wrong form";
    return value.includes("\0") || !value.isWellFormed() ? "must be well-formed text" : undefined;
  },
  integer: (value, shape) => (Number.isInteger(value) ? checkNumber(value as number, shape) : "must be a whole number"),
  number: (value, shape) => (Number.isFinite(value) ? checkNumber(value as number, shape) : "must be a number"),
  boolean: (value) => (typeof value === "boolean" ? undefined : "must be true or false"),
  array(value, shape, at, mistakes) {
    if (!Array.isArray(value)) return "must be a list";
    if (value.length < (shape.minItems ?? 0) || value.length > (shape.maxItems ?? Infinity)) return "has the wrong length";
    value.forEach((item, i) => {
      check(item, shape.items ?? {}, `${at}[${i}]`, mistakes);
    });
    return undefined;
  },
  object(value, shape, at, mistakes) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return "must be an object";
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    if (entries.length > (shape.maxProperties ?? Infinity)) return "has too many members";
    for (const name of shape.required ?? []) {
      if (!entries.some(([own]) => own === name)) mistakes.push({ location: `${at}.${name}`, message: "is required" });
    }
    for (const [name, inner] of entries) checkMember(name, inner, shape, at, mistakes);
    return undefined;
  },
};

function checkMember(name: string, inner: unknown, shape: Shape, at: string, mistakes: Mistake[]): void {
  const own = shape.properties?.[name];
  if (own !== undefined) {
    check(inner, own, `${at}.${name}`, mistakes);
  } else if (typeof shape.additionalProperties === "object" && (shape.propertyNames?.enum?.includes(name) ?? true)) {
    check(inner, shape.additionalProperties, `${at}.*`, mistakes);
  } else {
    mistakes.push({ location: at, message: "has a member that is not known" });
  }
}

function checkNumber(value: number, shape: Shape): string | undefined {
  return value < (shape.minimum ?? -Infinity) || value > (shape.maximum ?? Infinity) ? "is out of range" : undefined;
}
