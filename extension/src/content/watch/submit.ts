// Forms that are sent.

import type { SubmitDetail } from "../../event/types";
import { isElement } from "../../target/dom";
import type { Watch } from "./watch";

const METHODS = new Set(["get", "post", "dialog"]);

export function watchSubmits({ recorder, on }: Watch): void {
  on("submit", (event) => {
    const form = event.composedPath().find(isElement);
    if (form?.localName !== "form") return;
    recorder.typed.commitAll(true);
    recorder.flush();
    recorder.report({ type: "submit", submit: detail(form as HTMLFormElement) }, { seen: recorder.see(form) });
  });
}

function detail(form: HTMLFormElement): SubmitDetail {
  // A field may be named "action" and hide the form's own property, so attributes are read.
  const action = URL.parse(form.getAttribute("action") ?? "", form.baseURI)?.href;
  const method = (form.getAttribute("method") ?? "get").toLowerCase();
  const fields = form.querySelectorAll("input:not([type=hidden]):not([type=submit]),select,textarea").length;
  return {
    ...(action !== undefined && { action }),
    ...(METHODS.has(method) && { method: method as NonNullable<SubmitDetail["method"]> }),
    fields: Math.min(fields, 10_000),
  };
}
