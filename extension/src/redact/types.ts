// What both engines call the private values that they find (contract.md section 7), and where they found them.

export type Type =
  | "PERSON"
  | "EMAIL"
  | "PHONE"
  | "ADDRESS"
  | "CARD"
  | "IBAN"
  | "BANK_ACCOUNT"
  | "NATIONAL_ID"
  | "TAX_ID"
  | "PASSPORT"
  | "DRIVER_LICENSE"
  | "HEALTH_ID"
  | "DATE_OF_BIRTH"
  | "IP"
  | "MAC"
  | "GEO"
  | "VIN"
  | "LICENSE_PLATE"
  | "CRYPTO_WALLET"
  | "SECRET"
  | "USERNAME"
  | "TRACKING_ID"
  | "URL_VALUE"
  | "PRIVATE";

export const TYPES: readonly Type[] = [
  "PERSON",
  "EMAIL",
  "PHONE",
  "ADDRESS",
  "CARD",
  "IBAN",
  "BANK_ACCOUNT",
  "NATIONAL_ID",
  "TAX_ID",
  "PASSPORT",
  "DRIVER_LICENSE",
  "HEALTH_ID",
  "DATE_OF_BIRTH",
  "IP",
  "MAC",
  "GEO",
  "VIN",
  "LICENSE_PLATE",
  "CRYPTO_WALLET",
  "SECRET",
  "USERNAME",
  "TRACKING_ID",
  "URL_VALUE",
  "PRIVATE",
];

/** One private value: UTF-16 units start to end of the input, and the rule that found it. */
export interface Span {
  start: number;
  end: number;
  type: Type;
  rule: string;
}

/** What stands in the text for a value of this type. */
export function placeholder(type: Type): string {
  return `[${type}]`;
}

/** The text with each span replaced by its placeholder. Spans are ascending and do not overlap. */
export function replaceSpans(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  let out = "";
  let at = 0;
  for (const s of spans) {
    out += text.slice(at, s.start) + placeholder(s.type);
    at = s.end;
  }
  return out + text.slice(at);
}
