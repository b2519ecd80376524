import { describe, expect, it } from "vitest";
import { waitMs } from "../../src/uplink/backoff";
import { retryAfterMs } from "../../src/uplink/http";

describe("the wait before the next try", () => {
  it("is spread over the whole of a window that doubles up to five minutes", () => {
    expect(waitMs(1, undefined, () => 0)).toBe(0);
    expect(waitMs(1, undefined, () => 1)).toBe(1000);
    expect(waitMs(4, undefined, () => 1)).toBe(8000);
    expect(waitMs(400, undefined, () => 1)).toBe(300_000);
  });

  it("is never shorter than the server asks, nor longer than a day and five minutes", () => {
    expect(waitMs(1, 60_000, () => 0)).toBe(60_000);
    expect(waitMs(99, 1e12, () => 1)).toBe(24 * 3_600_000 + 300_000);
  });

  it("is read from seconds and from dates", () => {
    const now = Date.parse("2026-11-22T10:00:00Z");
    expect(retryAfterMs("7", now)).toBe(7000);
    expect(retryAfterMs("Sun, 22 Nov 2026 10:00:30 GMT", now)).toBe(30_000);
    expect(retryAfterMs("Sun, 22 Nov 2026 09:00:00 GMT", now)).toBe(0);
    expect(retryAfterMs("soon", now)).toBeUndefined();
    expect(retryAfterMs(null, now)).toBeUndefined();
  });
});
