// A stage of its own for each test that breaks something.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test as base } from '@playwright/test';

import { Stage } from '../../harness/stage.ts';

export const test = base.extend<{ stage: Stage }>({
  stage: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'codesight-e2e-'));
    const stage = await Stage.set(folder);
    await use(stage);
    await stage.strike();
    await rm(folder, { recursive: true });
  },
});
