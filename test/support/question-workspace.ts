import { readFileSync } from 'node:fs'
import type { Workspace } from '../../src/domain/workspace.ts'

const given = JSON.parse(readFileSync(new URL('../fixtures/question-workspace.json', import.meta.url), 'utf8'))

/** The workspace that the questions of test/fixtures/questions.ndjson are asked in. */
export const questionWorkspace: Workspace = {
  workflows: given.workflows.map((one: object) => ({ firstDay: null, lastDay: null, ...one })),
  dimensions: given.dimensions,
}

/** Wednesday of the week after 9–15 November. */
export const WEDNESDAY = new Date('2026-11-18T10:00:00Z')
