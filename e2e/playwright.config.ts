import { defineConfig } from '@playwright/test';

/** The purchase takes a person of this speed most of a minute; nothing here may take longer than this. */
const TIMEOUT_MS = 180_000;

// Playwright's configuration must be a default export.
export default defineConfig({
  testDir: 'tests',
  timeout: TIMEOUT_MS,
  workers: 1, // one browser with one recorder at a time: two would disturb each other's timing on two cores
  forbidOnly: true,
  reporter: [['list']],
  projects: [
    { name: 'record', testMatch: 'record.setup.ts' },
    { name: 'recorded', testMatch: 'recorded/*.spec.ts', dependencies: ['record'] },
    { name: 'live', testMatch: 'live/*.spec.ts' },
  ],
});
