import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longestFirst.ts';
import { thirdOf } from './test/share.ts';
import { uncut } from './test/uncut.ts';

/** Of what is long as a whole, the files that are left to the other shares. */
const left = uncut.filter((file) => !thirdOf(uncut).includes(file));

/**
 * unit: pure code and handlers at the AWS boundary. system: the packaged template on the sandbox.
 * full: what takes longer (`npm run test:all`).
 */
export default defineConfig({
  test: {
    // Two cores are what a small machine has; the default leaves one of them idle.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/system/**', 'test/full/**'],
          // For a test that starts a process on a machine that is busy; none of them measures time.
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: 'system',
          include: ['test/system/**/*.test.ts'],
          exclude: left,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'full',
          include: ['test/full/**/*.test.ts'],
          exclude: left,
          testTimeout: 1_800_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
