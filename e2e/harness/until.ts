// Waiting for a condition, never for a time.

const POLL_MS = 100; // often enough to cost a test nothing, rarely enough to cost two cores nothing

export const PATIENCE_MS = 20_000; // for things that take a second on an idle machine

/** Asks until the answer is neither undefined nor false, and returns it. What the probe throws counts as "not yet". */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  patienceMs: number = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  let trouble: unknown;
  for (;;) {
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return answer;
      trouble = undefined;
    } catch (error) {
      trouble = error;
    }
    if (Date.now() > deadline) {
      const why = trouble instanceof Error ? `: ${trouble.message}` : '';
      throw new Error(`waited ${patienceMs / 1000} s in vain for ${what}${why}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
