import type { TestProject } from 'vitest/node'
import { makeSnapshots, type Snapshots } from './make-snapshots.ts'

/** Embedded databases for tests to start from: initdb and the migrations take longer than most suites. */
export default async function provideSnapshots(project: TestProject): Promise<void> {
  project.provide('snapshots', await makeSnapshots())
}

declare module 'vitest' {
  export interface ProvidedContext {
    snapshots: Snapshots
  }
}
