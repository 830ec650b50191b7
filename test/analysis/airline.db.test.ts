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

interface Measured {
  dollars: number
  calls: number
  inputTokens: number
  /** Tools that it called, each once, in order. */
  tools: string[]
}

/** A run by our own reading of the raw file: each assistant message is a call whose input is all before it. */
function measureRun(run: Run): Measured {
  const count = (text: string) => countTokens(text, { disallowedSpecial: new Set() })
  let before = 3
  let [dollars, modelCalls, inputTokens] = [0, 0, 0]
  const tools = new Set<string>()
  for (const message of run.traj) {
    const calls = message.tool_calls ?? []
    const said =
      count(message.content ?? '') +
      calls.reduce((sum, call) => sum + count(call.function.name) + count(call.function.arguments), 0)
    // gpt-4o in October 2024: $2.50 and $10 per million tokens.
    if (message.role === 'assistant') {
      dollars += (before * 2.5 + said * 10) / 1_000_000
      inputTokens += before
      modelCalls++
    }
    for (const call of calls) tools.add(call.function.name)
    before += 3 + count(message.role) + (message.name ? count(message.name) : 0) + said
  }
  return { dollars, calls: modelCalls, inputTokens, tools: [...tools] }
}

describe.skipIf(!existsSync(FILE))('200 real airline support runs', () => {
  let database: Database
  let context: AnalysisContext
  let runs: (Run & Measured)[]

  beforeAll(async () => {
    runs = (JSON.parse(readFileSync(FILE, 'utf8')) as Run[]).map((run) => ({ ...run, ...measureRun(run) }))
    expect(inject('snapshots')).toBeTruthy()
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

  const FOUR_WEEKS = { from: '2024-10-07', to: '2024-11-04' }
  const resolved = (some: Run[]) => some.filter((run) => run.reward === 1).length

  it('retries: every request was tried once, so p is the resolution rate and nothing came after the first attempt', async () => {
    const report = await ask({ analysis: 'retry_tail', period: FOUR_WEEKS })
    expect(figureOf(report, 'first_try')).toBeCloseTo(84 / 200)
    expect(figureOf(report, 'cost_per_attempt')).toBeCloseTo(sum(runs) / 200, 4)
    expect(figureOf(report, 'predicted_cost')).toBeCloseTo(sum(runs) / 84, 4)
    expect(figureOf(report, 'measured_runs_cost')).toBeCloseTo(sum(runs) / 84, 4)
    expect(figureOf(report, 'after_first_attempt')).toBe(0)
  })

  it('context: input per call, and its growth with the length of a run', async () => {
    const report = await ask({ analysis: 'context', period: FOUR_WEEKS })
    const perCall = (some: Measured[]) =>
      some.reduce((total, run) => total + run.inputTokens, 0) / some.reduce((total, run) => total + run.calls, 0)
    expect(figureOf(report, 'input_per_call')).toBeCloseTo(perCall(runs), 6)
    const band = (least: number, below: number) => runs.filter((run) => run.calls >= least && run.calls < below)
    const bands = [band(1, 3), band(3, 6), band(6, 11), band(11, 21), band(21, Infinity)].filter(
      (some) => some.length >= 10,
    )
    expect(figureOf(report, 'history.growth')).toBeCloseTo(perCall(bands.at(-1)!) / perCall(bands[0]!), 6)
  })

  it('waste: of all that was spent, to the cent, and no more than that', async () => {
    const report = await ask({ analysis: 'waste', period: FOUR_WEEKS })
    expect(figureOf(report, 'spend')).toBeCloseTo(sum(runs), 3)
    expect(figureOf(report, 'waste.superseded_attempt')).toBe(0)
    const parts = report.findings.filter((one) => one.id.startsWith('waste.')).map((one) => Number(one.value ?? 0))
    expect(parts.reduce((total, part) => total + part, 0)).toBeCloseTo(Number(figureOf(report, 'waste')), 6)
  })

  it('routing: one model only, so the size of a trial and no claim', async () => {
    const report = await ask({ analysis: 'routing', period: FOUR_WEEKS })
    expect(figureOf(report, 'routing.rate.all items.gpt-4o')).toBeCloseTo(84 / 200)
    // 2 (1.645 + 0.842)² p (1 − p) ÷ 0.05²
    expect(figureOf(report, 'routing.trial.all items')).toBe(Math.ceil((2 * 2.4865 ** 2 * 0.42 * 0.58) / 0.0025))
    expect(report.findings.some((one) => one.id.startsWith('routing.good_enough'))).toBe(false)
  })

  it('what mattered: resolution with a tool − without it', async () => {
    const report = await ask({ analysis: 'what_mattered', period: FOUR_WEEKS })
    for (const tool of ['book_reservation', 'transfer_to_human_agents', 'calculate']) {
      const [with_, without] = [
        runs.filter((run) => run.tools.includes(tool)),
        runs.filter((run) => !run.tools.includes(tool)),
      ]
      const expected = resolved(with_) / with_.length - resolved(without) / without.length
      const feature = report.findings.find((one) => one.id.startsWith('feature.') && one.id.endsWith(`.${tool}`))
      expect(feature!.value).toBeCloseTo(expected, 10)
    }
  })

  it('next dollar, and baseline: with what a request is worth', async () => {
    const workflows = [
      { name: 'airline-support', unit: 'request', baseline: { kind: 'bpo' as const, costPerUnit: 0.5 } },
    ]
    const plan = { workflow: 'airline-support', period: FOUR_WEEKS }
    const run = (analysis: 'marginal_utility' | 'baseline') =>
      catalogue.get(analysis)!.run({ ...context, workflows }, { ...plan, analysis })
    const utility = findingOf(await run('marginal_utility'), 'marginal_utility.attempt.1')
    expect(utility.value).toBeCloseTo((0.5 * 84) / sum(runs), 3)
    const baseline = await run('baseline')
    expect(figureOf(baseline, 'saving')).toBeCloseTo(0.5 * 84 - sum(runs), 3)
    expect(figureOf(baseline, 'saving_per_item')).toBeCloseTo(0.5 - sum(runs) / 84, 4)
  })

  it('corrections: nobody corrected anything', async () => {
    const report = await ask({ analysis: 'corrections', period: FOUR_WEEKS })
    expect(figureOf(report, 'corrections')).toBe(0)
    expect(figureOf(report, 'override_rate')).toBe(0)
  })

  it('compares the last week with the third, to the cent', async () => {
    const report = await ask({ analysis: 'cost_per_resolved', groupBy: 'week', period: FOUR_WEEKS })
    const weeks = ['2024-10-07', '2024-10-14', '2024-10-21', '2024-10-28']
    for (const [trial, week] of weeks.entries()) {
      expect(figureOf(report, `cost_per_resolved.week=${week}`)).toBeCloseTo(unitCost(ofTrial(trial)), 4)
    }
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
