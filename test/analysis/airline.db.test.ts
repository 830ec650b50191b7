import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import type { AnalysisContext } from '../../src/analysis/analysis.ts'
import { catalogue } from '../../src/analysis/catalogue.ts'
import { attributeChanges } from '../../src/attribution/attribute-changes.ts'
import type { Report } from '../../src/domain/finding.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { importInto } from '../../src/ingest/create-import-receiver.ts'
import { importFile } from '../../src/ingest/import-file.ts'
import type { Database } from '../../src/store/client.ts'
import { listWorkflows } from '../../src/store/queries/list-workflows.ts'
import { createEmbeddedDatabase } from '../support/database.ts'
import { figureOf, findingOf } from './economics/read-report.ts'

const FILE = resolve(import.meta.dirname, '../../../shared/data/airline-support/gpt-4o-airline.json')

interface Message {
  role: string
  content: string | null
  name?: string
  tool_calls?: { function: { name: string; arguments: string } }[]
}
interface Run {
  task_id: number
  trial: number
  reward: number
  traj: Message[]
}

/** Dollars of one run, by our own reading of the raw file: each assistant message is a call whose input is all before it. */
function costOfRun(run: Run): number {
  const count = (text: string) => countTokens(text, { disallowedSpecial: new Set() })
  let before = 3
  let dollars = 0
  for (const message of run.traj) {
    const calls = message.tool_calls ?? []
    const said =
      count(message.content ?? '') +
      calls.reduce((sum, call) => sum + count(call.function.name) + count(call.function.arguments), 0)
    // gpt-4o in October 2024: $2.50 and $10 per million tokens.
    if (message.role === 'assistant') dollars += (before * 2.5 + said * 10) / 1_000_000
    before += 3 + count(message.role) + (message.name ? count(message.name) : 0) + said
  }
  return dollars
}

describe.skipIf(!existsSync(FILE))('200 real airline support runs', () => {
  let database: Database
  let context: AnalysisContext
  let runs: (Run & { dollars: number })[]

  beforeAll(async () => {
    runs = (JSON.parse(readFileSync(FILE, 'utf8')) as Run[]).map((run) => ({ ...run, dollars: costOfRun(run) }))
    expect(inject('databaseSnapshot')).toBeTruthy()
    database = await createEmbeddedDatabase()
    const { db } = database
    const clock = () => new Date('2024-11-05T08:00:00Z')
    const options = { path: FILE, workflow: 'airline-support', model: 'gpt-4o', start: '2024-10-07', clock }
    expect((await importFile(importInto(db, clock), options)).accepted).toBe(200)
    while ((await attributeChanges(database, { clock })).remaining);
    const standpoint = { asOf: new Date('2024-11-06T09:00:00Z'), knownAt: null, timeZone: 'UTC' }
    context = { db, standpoint, baseUrl: 'http://docket.test', workflows: await listWorkflows(db) }
    return () => database.close()
  })

  const ask = (plan: Partial<Plan> & Pick<Plan, 'analysis'>): Promise<Report> =>
    catalogue.get(plan.analysis)!.run(context, { workflow: 'airline-support', ...plan })

  const ofTrial = (trial: number) => runs.filter((run) => run.trial === trial)
  const sum = (some: { dollars: number }[]) => some.reduce((total, run) => total + run.dollars, 0)
  const unitCost = (some: Run[]) =>
    sum(some as (Run & { dollars: number })[]) / some.filter((run) => run.reward === 1).length

  it('costs what the raw file says, a resolved request of the last week and the one before', async () => {
    const report = await ask({ analysis: 'cost_per_resolved' })
    expect(findingOf(report, 'cost_per_resolved').period).toEqual({ from: '2024-10-28', to: '2024-11-04' })
    expect(figureOf(report, 'cost_per_resolved')).toBeCloseTo(unitCost(ofTrial(3)), 4)
    expect(figureOf(report, 'cost_per_resolved.before')).toBeCloseTo(unitCost(ofTrial(2)), 4)
    expect(figureOf(report, 'caveat.priced_calls')).toBe(1)
    expect(figureOf(report, 'caveat.usage_estimated')).toBe(1)
  })

  it('over the four weeks: 84 of 200 resolved', async () => {
    const period = { from: '2024-10-07', to: '2024-11-04' }
    const report = await ask({ analysis: 'cost_per_resolved', period })
    expect(figureOf(report, 'closed_items')).toBe(200)
    expect(figureOf(report, 'resolved_items')).toBe(84)
    expect(figureOf(report, 'cost_per_resolved')).toBeCloseTo(unitCost(runs), 4)
    const spend = await ask({ analysis: 'spend', period })
    expect(figureOf(spend, 'spend')).toBeCloseTo(sum(runs), 3)
  })

  it('sees no change beyond chance from week to week', async () => {
    const { interval } = findingOf(await ask({ analysis: 'cost_per_resolved' }), 'cost_per_resolved.change')
    expect(interval!.low).toBeLessThan(0)
    expect(interval!.high).toBeGreaterThan(0)
  })

  it('measures how much the same request varies', async () => {
    const report = await ask({ analysis: 'spread' })
    const costs = runs.map((run) => run.dollars).sort((a, b) => a - b)
    const at = (p: number) => {
      const position = p * (costs.length - 1)
      const [low, high] = [costs[Math.floor(position)]!, costs[Math.ceil(position)]!]
      return low + (high - low) * (position % 1)
    }
    expect(figureOf(report, 'spread.p90_p10')).toBeCloseTo(at(0.9) / at(0.1), 2)
    expect(figureOf(report, 'spread.max_min')).toBeCloseTo(costs.at(-1)! / costs[0]!, 2)
    const ratios = [...new Set(runs.map((run) => run.task_id))].map((task) => {
      const same = runs.filter((run) => run.task_id === task).map((run) => run.dollars)
      return Math.max(...same) / Math.min(...same)
    })
    expect(figureOf(report, 'same_input.inputs')).toBe(50)
    expect(figureOf(report, 'same_input.max')).toBeCloseTo(Math.max(...ratios), 2)
    ratios.sort((a, b) => a - b)
    expect(figureOf(report, 'same_input.median')).toBeCloseTo((ratios[24]! + ratios[25]!) / 2, 2)
  })

  it.each([...catalogue.keys()])(
    'answers %s with findings of their own ids, links and no invented numbers',
    async (analysis) => {
      const report = await ask({ analysis })
      const findings = [...report.findings, ...report.caveats]
      expect(report.findings.length).toBeGreaterThan(0)
      expect(new Set(findings.map((finding) => finding.id)).size).toBe(findings.length)
      for (const { value, interval, source, period } of findings) {
        expect(source).not.toBe('')
        expect(period.from < period.to).toBe(true)
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true)
        if (interval) expect(interval.low).toBeLessThanOrEqual(interval.high)
      }
      for (const table of report.tables) {
        expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true)
      }
      for (const citation of report.citations) expect(citation.url).toMatch(/^http:\/\/docket\.test\/work-items\//)
      expect(report.followUps.length).toBeGreaterThanOrEqual(2)
    },
  )

  it('answers for the latest work where the question comes much later and names no time', async () => {
    const later = { ...context, standpoint: { ...context.standpoint, asOf: new Date('2026-11-18T09:00:00Z') } }
    const plan: Plan = { analysis: 'cost_per_resolved', workflow: 'airline-support' }
    const report = await catalogue.get('cost_per_resolved')!.run(later, plan)
    expect(figureOf(report, 'cost_per_resolved')).toBeCloseTo(unitCost(ofTrial(3)), 4)
    expect(figureOf(report, 'caveat.period_shifted')).toBe('2024-10-28')
  })
})
