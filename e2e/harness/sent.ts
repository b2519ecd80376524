// The events in what the extension sent, as the browser let them go: before the server redacted them once more.

import type { Event } from '../../extension/src/event/types.ts';

/** Each event that was sent, once, whatever transport it went by and however often it was sent. */
export function sentEvents(messages: readonly Buffer[]): Event[] {
  const bySeq = new Map<number, Event>();
  for (const message of messages) {
    for (const event of eventsIn(message)) bySeq.set(event.seq, event);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

function eventsIn(message: Buffer): Event[] {
  if (message[0] !== '{'.charCodeAt(0)) return [];
  try {
    const { events } = JSON.parse(message.toString('utf8')) as { events?: Event[] };
    return events ?? [];
  } catch {
    return []; // a head, an image, or a message that was cut off
  }
}

/** How many private values of each type were taken out of the events. */
export function redactionsOf(events: readonly Event[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { redactions } of events) {
    for (const [type, count] of Object.entries(redactions ?? {})) counts.set(type, (counts.get(type) ?? 0) + count);
  }
  return counts;
}
