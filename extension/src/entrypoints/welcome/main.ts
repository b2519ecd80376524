// The first-run page: what CodeSight does, then the way to the first recording.

import type { View } from "../../background/view";
import { fillTexts, keepFocus, show, write } from "../../pages/dom";
import { fillEnrolForm, renderEnrol } from "../../pages/enrol";
import { fillScopes, renderScopes } from "../../pages/scopes";
import { follow } from "../../pages/worker";
import { strings } from "../../strings";

function render({ server, scopes, health }: View): void {
  show("connected-to", server !== null);
  write("connected-to", server === null ? "" : strings.welcome.connected(new URL(server).host));
  keepFocus(() => {
    renderEnrol(server === null, health.state === "unauthorized");
  });
  renderScopes(scopes);
}

fillTexts();
fillEnrolForm(false);
fillScopes();
follow(render);
