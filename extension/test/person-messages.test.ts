import { describe, expect, it } from "vitest";
import { asPopupMessage } from "../src/messages";
import { MAX_DETAILS, asQuestion } from "../src/person-messages";

const settings = { review: true, excluded: ["bank.example"], details: [{ value: "Ada", field: "name" }] };
const to = "worker";

describe("what the participant's pages ask", () => {
  it.each([
    { to, type: "settings", settings },
    { to, type: "release", session: "00ff" },
    { to, type: "discard", session: "00ff" },
    { to, type: "removeSpan", session: "00ff", from: 2, until: 2 },
    { to, type: "mistake", session: "00ff", seq: 1, mistake: false },
  ])("is taken in its form (%#)", (message) => {
    expect(asPopupMessage({ ...message, more: 1 })).toEqual(message);
  });

  it.each([
    { to, type: "settings", settings: { ...settings, review: 1 } },
    { to, type: "settings", settings: { ...settings, excluded: "bank.example" } },
    { to, type: "settings", settings: { ...settings, details: [{ value: "", field: "" }] } },
    { to, type: "settings", settings: { ...settings, details: Array.from({ length: MAX_DETAILS + 1 }, () => settings.details[0]) } },
    { to, type: "release", session: "../x" },
    { to, type: "removeSpan", session: "00ff", from: 3, until: 2 },
    { to, type: "removeSpan", session: "00ff", from: 0, until: 2 },
    { to, type: "mistake", session: "00ff", seq: 1 },
  ])("is refused otherwise (%#)", (message) => {
    expect(asPopupMessage(message)).toBeUndefined();
  });

  it("are questions about known things only", () => {
    expect(asQuestion({ to, type: "ask", about: "sent" })).toEqual({ to, type: "ask", about: "sent" });
    expect(asQuestion({ to, type: "ask", about: "image", id: "00ff" })).toEqual({ to, type: "ask", about: "image", id: "00ff" });
    expect(asQuestion({ to, type: "ask", about: "image", id: "x/y" })).toBeUndefined();
    expect(asQuestion({ to, type: "ask", about: "enrolment" })).toBeUndefined();
  });
});
