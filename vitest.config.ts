import { defineConfig } from 'vitest/config'

/**
 * Pure tests, tests on a real database, and tests of the program (in a browser or not) differ in time limits and in what
 * they start from. The first two keep their workers from file to file: importing everything anew for each took longer
 * than most tests. All run two at a time, in one go, so that no core waits for the longest of a kind.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.db.test.ts', 'test/**/*.browser.test.ts', 'test/**/*.program.test.ts'],
          setupFiles: ['test/support/property-seed.ts'],
          testTimeout: 20_000,
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'database',
          include: ['test/**/*.db.test.ts'],
          globalSetup: ['test/support/database-snapshots.ts', 'test/support/database-template.ts'],
          setupFiles: ['test/support/property-seed.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'program',
          include: ['test/**/*.browser.test.ts', 'test/**/*.program.test.ts'],
          globalSetup: ['test/support/database-snapshots.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
        },
      },
    ],
  },
})
