// The form that connects to a study: of the popup and of the first-run page.

import { strings } from "../strings";
import { by, input, make, show, write } from "./dom";
import { act } from "./worker";

/** Fills the form #enrol, with a heading where the page has none for it. */
export function fillEnrolForm(heading = true): void {
  const typed = { autocomplete: "off", spellcheck: "false", required: "" };
  by("enrol").append(
    make(
      "div",
      { id: "study" },
      ...(heading ? [make("h2", {}, strings.enrolTitle)] : []),
      make("p", { class: "help" }, strings.enrolHelp),
      make("label", { for: "server" }, strings.serverLabel),
      make("input", { id: "server", inputmode: "url", placeholder: strings.serverExample, ...typed }),
    ),
    make("label", { for: "key" }, strings.keyLabel),
    make("input", { id: "key", type: "password", placeholder: strings.keyExample, ...typed }),
    make("button", { id: "connect", type: "submit" }, strings.enrol),
  );
  by("enrol").addEventListener("submit", (event) => {
    event.preventDefault();
    void enrol();
  });
}

/** Shows the whole form, or what a new key needs of it: that may be in mid-recording, to the same study. */
export function renderEnrol(isNew: boolean, needsKey: boolean): void {
  show("enrol", isNew || needsKey);
  show("study", isNew);
  input("server").disabled = !isNew;
}

/** The worker tries the key on the server, which may take some seconds. A key that was refused stays, to be mended. */
async function enrol(): Promise<void> {
  const server = input("server");
  const key = input("key");
  const connect = by("connect") as HTMLButtonElement;
  connect.disabled = true;
  write("connect", strings.connecting);
  write("error", "");
  show("error", false);
  const to = "worker";
  const refusal = await act(
    server.disabled ? { to, type: "renewKey", key: key.value } : { to, type: "enrol", server: server.value, key: key.value },
  );
  write("connect", strings.enrol);
  connect.disabled = false;
  if (refusal === null) key.value = "";
}
