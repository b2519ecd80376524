// What the shape of a field tells: its example (placeholder), and how many digits it takes.

import type { FieldWords } from "./fields";

/** Enough dots to stand for a secret. */
const DOTS_MIN = 3;
const DOTS = "•●∙·*＊";
/** A card number is shown in groups of four. */
const CARD_GROUPS = 4;
const GROUP = 4;
/** Digits of a phone number, at least. */
const PHONE_MIN = 7;
/** Digits of one-time codes and PINs; one where each digit has a field of its own. */
const CODE_MIN = 3;
const CODE_MAX = 8;
/** Digits of card numbers, with the spaces between them. */
const CARD_MIN = 13;
const CARD_MAX = 23;

/** Whether an example is nothing but dots. */
export function isMasked(example: string): boolean {
  const shown = example.trim();
  return shown.length >= DOTS_MIN && isMadeOf(shown, DOTS);
}

/** Whether an example is four groups of four: 1234 1234 1234 1234. */
export function isCardExample(example: string): boolean {
  const groups = example.trim().replaceAll("-", " ").split(" ").filter((g) => g !== "");
  return groups.length === CARD_GROUPS && groups.every((g) => g.length === GROUP && isMadeOf(g.toLowerCase(), `0123456789x_${DOTS}`));
}

/** Whether an example holds a mail address. */
export function isMailExample(example: string): boolean {
  const at = example.indexOf("@");
  return at > 0 && example.charAt(at - 1) !== " " && example.indexOf(".", at + 2) > 0;
}

/** Whether an example is a telephone number: digits (or their places) with something between them. */
export function isPhoneExample(example: string): boolean {
  const shown = example.trim().toLowerCase();
  let digits = 0;
  let others = 0;
  for (const c of shown) {
    if ("0123456789x_#".includes(c)) digits++;
    else if ("+()-. /".includes(c)) others++;
    else return false;
  }
  return digits >= PHONE_MIN && others > 0;
}

/** Whether a field that says nothing takes a code's, or a card's, number of digits. */
export function looksLikeCode(field: FieldWords): boolean {
  const length = Number(field.maxlength ?? "");
  if (length === 1) return true;
  const pattern = digitsOfPattern(field.pattern ?? "");
  const numeric = pattern > 0 || field.inputmode?.toLowerCase() === "numeric" || field.type === "number";
  const digits = pattern > 0 ? pattern : length;
  return numeric && ((digits >= CODE_MIN && digits <= CODE_MAX) || (digits >= CARD_MIN && digits <= CARD_MAX));
}

/** How many digits a pattern takes at most, such as [0-9]{6} or \d{4,6}; 0 for any other. */
function digitsOfPattern(pattern: string): number {
  const open = pattern.indexOf("{");
  const close = pattern.indexOf("}", open);
  const before = pattern.slice(0, Math.max(open, 0));
  if (close < 0 || !["[0-9]", "\\d", "^[0-9]", "^\\d"].includes(before)) return 0;
  return Number(pattern.slice(open + 1, close).split(",").at(-1)) || 0;
}

function isMadeOf(text: string, characters: string): boolean {
  for (const c of text) if (!characters.includes(c)) return false;
  return true;
}
