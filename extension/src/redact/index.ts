// The privacy engine in the browser: what is private is found and replaced before it leaves. Its twin is
// internal/redact in Go; both load rules/ and give the same bytes. No browser API is used here.

export { EchoMemory } from "./echo";
export { findSpans, findUrlSpans, redactText, redactUrl } from "./engine";
export { autofillToken, classifyField, type FieldClass, type FieldWords, judgeField, kindOfField } from "./fields";
export { prepare } from "./prepare";
export { Redactor } from "./redactor";
export type { Late } from "./scanner";
export { placeholder, replaceSpans, type Span, type Type, TYPES } from "./types";
