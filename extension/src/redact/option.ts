// Secrets on the command line of a program. The twin of internal/redact/option.go.

import { bareEnd, isSecretValue, NAME_MAX, NO_SECRET, oneOf, quotedEnd, secretName } from "./assign";
import { looksSecret } from "./believe";
import { allDigits } from "./birthdate";
import { sameWord } from "./lexicon";
import type { Scanner } from "./scanner";
import { BLANK, COMMANDS, TOKEN } from "./tables";

const SPACE = 0x20;
const DASH = 0x2d;
const SLASH = 0x2f;
const COLON = 0x3a;

/** Finds the secret of --password x, mysql -px, curl -u user:x. The dash that begins the option is at i. */
export function option(s: Scanner, i: number, hi: number): number {
  if ((i > s.floor && !s.is(i - 1, BLANK)) || i + 2 >= hi) return 0;
  if (s.byte(i + 1) !== DASH) return shortOption(s, i, hi);
  let k = i + 2;
  while (k < hi && k - i < NAME_MAX && s.is(k, TOKEN)) k++;
  if (k + 1 >= hi || s.byte(k) !== SPACE) return 0;
  if (sameWord(s, i + 2, k, "user")) return userOption(s, k + 1, hi, true);
  if (secretName(s, k).kind === NO_SECRET) return 0;
  return optionValue(s, k + 1, hi, true);
}

/** Reads the value that begins at k, in quotes or not. unsure takes only what looks like a secret. */
function optionValue(s: Scanner, k: number, hi: number, unsure: boolean): number {
  if (k >= hi || s.byte(k) === DASH) return 0;
  if (oneOf(s, k, "\"'")) {
    const end = quotedEnd(s, k + 1, hi, s.byte(k));
    return end > k + 1 && isSecretValue(s, k + 1, end) ? s.add(k + 1, end, "SECRET", "secret.option") : 0;
  }
  const end = bareEnd(s, k, hi, false);
  if (end <= k || !isSecretValue(s, k, end) || (unsure && !looksSecret(s, k, end))) return 0;
  return s.add(k, end, "SECRET", "secret.option");
}

/** How far left of a short option its command may stand, in characters. */
const COMMAND_REACH = 120;

/** Reads -p, -u or -a of the commands whose options of that letter hold a secret. */
function shortOption(s: Scanner, i: number, hi: number): number {
  if (!oneOf(s, i + 1, "puakwcP")) return 0;
  const form = command(s, i);
  if (form === "" || form.charCodeAt(0) !== s.byte(i + 1)) return 0;
  let k = i + 2;
  const glued = s.byte(k) !== SPACE;
  if (!glued) k++;
  // -pSECRET: apart, it would be the name of a database
  if (form.charAt(1) === "=" && !glued) return 0;
  // -p SECRET, or -p and something else
  if (form.charAt(1) === "?") return optionValue(s, k, hi, true);
  if (form.charAt(1) !== ":") return optionValue(s, k, hi, false);
  return userOption(s, k, hi, false);
}

/** Reads user:SECRET from k on. unsure takes only what looks like a secret, and not user:group. */
function userOption(s: Scanner, k: number, hi: number, unsure: boolean): number {
  let colon = k;
  while (colon < hi && colon - k < NAME_MAX && !s.is(colon, BLANK) && s.byte(colon) !== COLON) colon++;
  if (colon + 1 >= hi || s.byte(colon) !== COLON || s.is(colon + 1, BLANK) || s.byte(colon + 1) === SLASH) return 0;
  if (oneOf(s, k, "\"'")) k++;
  const end = bareEnd(s, colon + 1, hi, false);
  if (unsure && (!looksSecret(s, colon + 1, end) || allDigits(s, colon + 1, end))) return 0;
  return s.add(k, end, "SECRET", "secret.option");
}

/** How the command left of i is given its secret, or "". */
function command(s: Scanner, i: number): string {
  const limit = Math.max(s.floor, i - COMMAND_REACH);
  for (let p = i; p > limit; ) {
    if (!s.is(p - 1, TOKEN)) {
      if (oneOf(s, p - 1, "\n|;")) return "";
      p--;
      continue;
    }
    const end = p;
    while (p > limit && s.is(p - 1, TOKEN)) p--;
    const form = COMMANDS.get(s.lowered(p, end));
    if (form !== undefined) return form;
  }
  return "";
}
