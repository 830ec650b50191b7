import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildRunFact } from '../../src/attribution/build-run-fact.ts'
import { buildWorkItemFact } from '../../src/attribution/build-work-item-fact.ts'
import type { Outcome, OutcomeStatus } from '../../src/domain/outcome.ts'
import type { Override } from '../../src/domain/override.ts'
import type { SpanContext } from '../../src/domain/span.ts'
import { at, buildSpan, tokens } from '../support/build-span.ts'

const key = { workflow: 'claims', workItemId: 'claim-1' }

/** A run of one gpt-4.1 call of 1000 in and 100 out: 2,800 micro-dollars. */
const run = (traceId: string, seconds: number, context: Partial<SpanContext> = {}) =>
  buildRunFact(
    [
      buildSpan({
        traceId,
        spanId: 's',
        startedAt: at(seconds),
        model: 'gpt-4.1',
        usage: tokens(1000, 100),
        context: { authority: 'docket', ...key, ...context },
      }),
    ],
    { contractPrices: [] },
    at(seconds),
  )

const outcome = (status: OutcomeStatus, seconds: number, draft: Partial<Outcome> = {}): Outcome => ({
  ...key,
  id: `${status}-${seconds}`,
  status,
  resolvedBy: null,
  valueMicros: null,
  note: null,
  occurredAt: at(seconds),
  recordedAt: at(seconds),
  ...draft,
})

const override = (id: string, seconds: number, minutes: number | null): Override => ({
  ...key,
  id,
  traceId: null,
  stepId: null,
  agentDecision: 'deny',
  humanDecision: 'approve',
  reason: 'covered',
  rule: null,
  actor: 'dana',
  minutes,
  occurredAt: at(seconds),
  recordedAt: at(seconds),
})

type Parts = Partial<Parameters<typeof buildWorkItemFact>[0]>
const build = (parts: Parts) =>
  buildWorkItemFact({ ...key, runs: [], outcomes: [], overrides: [], correctionRateMicros: 45_000_000, ...parts })

const attempts = (parts: Parts) => build(parts).runs.map((fact) => [fact.traceId, fact.attempt])

describe('buildWorkItemFact', () => {
  it('costs all of its runs and its corrections', () => {
    const fact = build({
      runs: [run('a', 0), run('b', 100)],
      overrides: [override('v1', 200, 20), override('v2', 210, null)],
      outcomes: [outcome('resolved', 300, { valueMicros: 5_000_000 })],
    })
    // Two runs of 2,800 and 20 min × $45/h = $15; the other correction's minutes are unknown.
    expect(fact).toMatchObject({
      runsMicros: 5_600,
      correctionsMicros: 15_000_000,
      totalMicros: 15_005_600,
      corrections: 2,
      unpricedCorrections: 1,
      correctionMinutes: 20,
      toolsMicros: null,
      usage: { calls: 2, inputTokens: 2000 },
      valueMicros: 5_000_000,
      firstTry: false,
    })
  })

  it('does not know what a correction costs without a rate', () => {
    const fact = build({ overrides: [override('v1', 0, 20)], correctionRateMicros: null })
    expect(fact).toMatchObject({ correctionsMicros: null, unpricedCorrections: 1, totalMicros: 0, startedAt: at(0) })
    expect(build({ runs: [run('a', 0)], correctionRateMicros: null }).correctionsMicros).toBe(0)
  })

  it('numbers attempts by order of start, around those that are given and after those that they repeat', () => {
    expect(attempts({ runs: [run('b', 10), run('a', 5), run('c', 10)] })).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ])
    expect(attempts({ runs: [run('a', 0, { attempt: 3 }), run('b', 10)] })).toEqual([
      ['a', 3],
      ['b', 4],
    ])
    expect(attempts({ runs: [run('a', 0), run('b', 5), run('c', 9, { retryOf: 'a' })] })).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 2],
    ])
    expect(build({ runs: [run('a', 0, { attempt: 2 })] })).toMatchObject({ attempts: 2, firstTry: false })
  })

  it('goes by the last outcome, of those at the same instant by status, and whichever was recorded first', () => {
    const resolved = outcome('resolved', 100, { valueMicros: 7 })
    const cases: [Outcome[], object][] = [
      [[], { status: 'open', closedAt: null, reopened: false }],
      [[resolved], { status: 'resolved', closedAt: at(100), reopened: false, valueMicros: 7 }],
      [[resolved, outcome('reopened', 200)], { status: 'reopened', closedAt: null, reopened: true, valueMicros: null }],
      [
        [resolved, outcome('reopened', 200), outcome('failed', 300)],
        { status: 'failed', closedAt: at(300), reopened: true },
      ],
      [[resolved, outcome('resolved', 150)], { status: 'resolved', closedAt: at(150), valueMicros: 7 }],
      [[resolved, outcome('failed', 100, { recordedAt: at(99) })], { status: 'resolved' }],
      [[resolved, outcome('failed', 100, { recordedAt: at(101) })], { status: 'resolved' }],
      [[resolved, outcome('reopened', 100, { recordedAt: at(99) })], { status: 'reopened', valueMicros: null }],
      [[resolved, outcome('cancelled', 100)], { status: 'resolved' }],
      [[outcome('reopened', 50)], { status: 'reopened', reopened: false }],
    ]
    for (const [outcomes, expected] of cases) {
      expect(build({ outcomes })).toMatchObject(expected)
      expect(build({ outcomes: outcomes.toReversed() })).toMatchObject(expected)
    }
  })

  it('is a first try only where one attempt resolved it and nobody had to help', () => {
    const runs = [run('a', 0)]
    const resolved = [outcome('resolved', 100)]
    expect(build({ runs, outcomes: resolved }).firstTry).toBe(true)
    expect(build({ runs, outcomes: [outcome('failed', 100)] }).firstTry).toBe(false)
    expect(build({ runs, outcomes: resolved, overrides: [override('v', 50, null)] }).firstTry).toBe(false)
    expect(build({ runs, outcomes: [outcome('resolved', 100, { resolvedBy: 'human' })] }).firstTry).toBe(false)
    expect(build({ outcomes: resolved }).firstTry).toBe(false)
  })

  it('lets a later attempt correct an attribute, and keeps what it leaves out', () => {
    const first = run('a', 0, { workItemAttributes: { region: 'TX', tier: 1 } })
    const second = run('b', 1, { workItemAttributes: { region: 'CA' } })
    expect(build({ runs: [second, first] }).attributes).toEqual({ region: 'CA', tier: 1 })
  })

  it('is the same fact for any order of runs, outcomes and overrides', () => {
    const anyRun = fc.record({
      start: fc.nat(4),
      attempt: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
      retryOf: fc.option(fc.constantFrom('t0', 't1'), { nil: null }),
    })
    const anyOutcome = fc.record({
      status: fc.constantFrom('resolved', 'reopened', 'failed', 'cancelled'),
      at: fc.nat(3),
      recorded: fc.nat(2),
    })
    const records = fc.record({
      runs: fc.array(anyRun, { maxLength: 5 }),
      outcomes: fc.array(anyOutcome, { maxLength: 5 }),
      minutes: fc.array(fc.option(fc.nat(30), { nil: null }), { maxLength: 3 }),
    })
    const shuffled = <Member>(members: Member[]) => fc.shuffledSubarray(members, { minLength: members.length })
    const parts = records.chain((drawn) => {
      const runs = drawn.runs.map(({ start, ...context }, index) => run(`t${index}`, start, context))
      const outcomes = drawn.outcomes.map((given, index) =>
        outcome(given.status as OutcomeStatus, given.at, { id: `o${index}`, recordedAt: at(given.recorded) }),
      )
      const overrides = drawn.minutes.map((minutes, index) => override(`v${index}`, index % 2, minutes))
      const again = fc.record({ runs: shuffled(runs), outcomes: shuffled(outcomes), overrides: shuffled(overrides) })
      return fc.tuple(fc.constant({ runs, outcomes, overrides: [...overrides, override('v', 0, 1)] }), again)
    })
    fc.assert(
      fc.property(parts, ([given, again]) => {
        const fact = build(given)
        expect(build({ ...again, overrides: [override('v', 0, 1), ...again.overrides] })).toEqual(fact)
        expect(fact.totalMicros).toBe(fact.runsMicros + (fact.correctionsMicros ?? 0))
        expect(fact.runsMicros).toBe(2_800 * fact.runs.length)
      }),
      { numRuns: 200 },
    )
  })
})
