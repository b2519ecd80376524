// What a recording of a journal must hold, in the words in which both sides can be compared: one short line per action.
//
// The lines are made from what the driver did on one side, and from the stored events on the other, so that a test of
// equality shows a missing, doubled, reordered or misnamed action as a difference of lines.

import type { Event } from '../../extension/src/event/types.ts';
import type { Box, Deed, Point } from './shopper.ts';

const PLACEHOLDER = /^(\[[A-Z_]+\])$/;

/** Events that a deed brings about by the browser's own rules, beside the one of its own. */
export type Compared = 'click' | 'input' | 'select' | 'key' | 'submit' | 'navigation';

const COMPARED: ReadonlySet<string> = new Set<Compared>(['click', 'input', 'select', 'key', 'submit', 'navigation']);

/** The lines of what was done. Scrolls are not among them: a page scrolls by itself too (see `scrolls`). */
export function linesOfDeeds(deeds: readonly Deed[]): string[] {
  return deeds.flatMap((deed): string[] => {
    const at = `“${deed.name}” on ${pageOf(deed.url)}`;
    switch (deed.does) {
      case 'click': return [`click ${at}`];
      case 'type': return [`input ${at}: ${deed.secret === true ? 'a placeholder' : deed.text ?? ''}`];
      case 'choose': return [`select ${at}: ${deed.secret === true ? 'a placeholder' : deed.text ?? ''}`];
      case 'tick': return [`select ${at}: ${deed.text ?? ''}`];
      case 'press': return [`key ${at}: ${deed.text?.replace('Control', 'ctrl') ?? ''}`];
      case 'submit': return [`submit on ${pageOf(deed.url)}`];
      case 'arrive': return [`navigation to ${pageOf(deed.url)} by ${deed.load === true ? 'load' : 'history'}`];
      case 'open': case 'back': case 'scroll': return [];
    }
  });
}

/** The lines of what was recorded. */
export function linesOfEvents(events: readonly Event[]): string[] {
  return events.filter(({ type }) => COMPARED.has(type)).map(lineOf);
}

function lineOf(event: Event): string {
  const at = `“${nameOf(event)}” on ${pageOf(event.page.url)}`;
  switch (event.type) {
    case 'click': return `click ${at}`;
    case 'input': return `input ${at}: ${valueOf(event.input?.value)}`;
    case 'select': return `select ${at}: ${choiceOf(event)}`;
    case 'key': return `key ${at}: ${[...event.key?.modifiers ?? [], event.key?.key].join('+')}`;
    case 'submit': return `submit on ${pageOf(event.page.url)}`;
    case 'navigation': return `navigation to ${pageOf(event.page.url)} by ${event.navigation?.kind === 'load' ? 'load' : 'history'}`;
    default: return event.type;
  }
}

/** The accessible name, or the text of an element that has none. */
function nameOf({ target }: Event): string {
  return target?.name ?? target?.text ?? '';
}

function valueOf(value = ''): string {
  return PLACEHOLDER.test(value) ? 'a placeholder' : value;
}

function choiceOf({ select }: Event): string {
  if (select?.checked !== undefined) return select.checked ? 'on' : 'off';
  return (select?.options ?? []).map(valueOf).join(', ');
}

/** The page of an address: its path and the names of its query, whose values are compared on their own. */
export function pageOf(url: string): string {
  const { pathname, searchParams } = new URL(url);
  const names = [...searchParams.keys()].join('&');
  return `${pathname.replace(/^\//, '')}${names && `?${names}`}`;
}

/** Pairs each deed on an element with its event. Both sides are in order, and `linesOf…` has shown that they are equal. */
export function pair(deeds: readonly Deed[], events: readonly Event[]): [Deed, Event][] {
  const recorded = events.filter(({ type }) => COMPARED.has(type));
  const done = deeds.filter((deed) => linesOfDeeds([deed]).length > 0);
  if (recorded.length !== done.length) throw new Error(`${done.length} deeds and ${recorded.length} events are no pairs`);
  return recorded.flatMap((event, i): [Deed, Event][] => (done[i] ? [[done[i], event]] : []));
}

/** Whether the box holds the point, its edges included. */
export function holds({ x, y, width, height }: Box, point: Point): boolean {
  return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;
}
