// The exported training data tells what was done, and its prompts do not give the answers away.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from '@playwright/test';

import type { Deed } from '../../harness/shopper.ts';
import { test } from './fixtures.ts';

const MIN_TOLD = 0.8; // share of what was done that is in the data; steps whose element list was not fresh are left out
const ELEMENT = /^\[(\d+)\] ([a-z]+)(?: ("(?:[^"\\]|\\.)*"))?(?: \(([^)]*)\))?$/;
const INPUT_TYPE = /^(text|search|email|password|number|range|checkbox|radio|submit|tel|url)$/;
const STATES = new Set([
  'checked', 'disabled', 'expanded', 'collapsed', 'focused', 'pressed', 'readonly', 'required', 'selected', 'offscreen', 'empty', 'filled', 'private', 'in a frame',
]);

interface Answer { action: string; element?: number; text?: string; options?: string[]; key?: string; url?: string }
interface Example { prompt: string; answer: Answer }

function examplesOf(folder: string): Example[] {
  return readFileSync(join(folder, 'train.jsonl'), 'utf8').trimEnd().split('\n').map((line) => {
    const { messages } = JSON.parse(line) as { messages: { role: string; content: string }[] };
    const said = (role: string): string => messages.find((message) => message.role === role)?.content ?? '';
    return { prompt: said('user'), answer: JSON.parse(said('assistant')) as Answer };
  });
}

/** What an agent sees of the page: the prompt after the history, which tells what was done before. */
function pageIn(prompt: string): string {
  return prompt.slice(prompt.lastIndexOf('\nPage: '));
}

function elementsIn(prompt: string): string[] {
  return pageIn(prompt).split('\n').filter((line) => line.startsWith('['));
}

function nameOf({ prompt, answer }: Example): string {
  const line = elementsIn(prompt)[answer.element ?? -1] ?? '';
  const [, index, , name] = ELEMENT.exec(line) ?? [];
  expect(Number(index), line).toBe(answer.element);
  return name === undefined ? '' : JSON.parse(name) as string;
}

function lineOfExample(example: Example): string[] {
  const { action, text, options, key, url } = example.answer;
  switch (action) {
    case 'click': return [`click “${nameOf(example)}”`];
    case 'type': return [`type into “${nameOf(example)}”: ${text?.replace(/^\[[A-Z_]+\]$/, 'a placeholder') ?? ''}`];
    case 'select': return [`choose in “${nameOf(example)}”: ${(options ?? []).join(', ').replace(/^\[[A-Z_]+\]$/, 'a placeholder')}`];
    case 'press': return [`press ${key ?? ''}`];
    case 'navigate': return [`open ${url ?? ''}`];
    case 'go_back': return ['go back'];
    default: return []; // scrolls and tabs: how many of them make a step is the pipeline's choice
  }
}

/** The deeds as an agent would do them: a click that only puts the cursor into a field belongs to the typing. */
function storyOf(deeds: readonly Deed[]): string[] {
  const acts = deeds.filter(({ does, text }) => !['arrive', 'submit', 'tick', 'scroll'].includes(does) && text !== 'Control+a');
  return acts.flatMap((deed, i) => {
    const text = deed.secret === true ? 'a placeholder' : deed.text ?? '';
    const next = acts[i + 1];
    switch (deed.does) {
      case 'click': return next?.does === 'type' && next.name === deed.name ? [] : [`click “${deed.name}”`];
      case 'type': return [`type into “${deed.name}”: ${text}`];
      case 'choose': return [`choose in “${deed.name}”: ${text}`];
      case 'press': return [`press ${text}`];
      case 'open': return [`open ${deed.url}`];
      case 'back': return ['go back'];
      default: return [];
    }
  });
}

test('the answers are what was done, in order, and nothing else', ({ recording: { folders, deeds } }) => {
  const story = storyOf(deeds);
  const told = examplesOf(folders.export).flatMap(lineOfExample);
  let from = 0;
  for (const line of told) {
    const found = story.indexOf(line, from);
    expect(found, `${line}, after: ${story.slice(0, from).join('; ')}`).toBeGreaterThanOrEqual(from);
    from = found + 1;
  }
  expect(told.length / story.length).toBeGreaterThan(MIN_TOLD);
});

test('no prompt marks the element of its answer, or shows what comes of it', ({ recording: { folders } }) => {
  for (const { prompt, answer } of examplesOf(folders.export)) {
    for (const line of elementsIn(prompt)) {
      expect.soft(line).toMatch(ELEMENT);
      const states = ELEMENT.exec(line)?.[4]?.split(', ').filter((state) => !INPUT_TYPE.test(state)) ?? [];
      expect.soft(states.filter((state) => !STATES.has(state)), line).toEqual([]);
    }
    if (answer.text !== undefined && !answer.text.startsWith('[')) expect.soft(pageIn(prompt)).not.toContain(answer.text);
  }
});
