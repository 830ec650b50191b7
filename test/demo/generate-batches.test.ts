import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { type DemoCalendar, dateOf } from '../../src/demo/calendar.ts'
import { BATCH_COUNT, type Batch, generateBatch } from '../../src/demo/generate-batches.ts'
import { WORKFLOW_SETTINGS } from '../../src/demo/surroundings.ts'
import { ChangeEventInput } from '../../src/domain/change-event.ts'
import { OperatingMetricInput } from '../../src/domain/operating-metric.ts'
import { OutcomeInput } from '../../src/domain/outcome.ts'
import { OverrideInput } from '../../src/domain/override.ts'
import { dateIn } from '../../src/domain/period.ts'
import { TraceInput } from '../../src/domain/trace.ts'
import { WorkflowSettings } from '../../src/domain/workflow.ts'
import { redactText } from '../../src/ingest/redact-text.ts'
import { allBatches, MONDAY } from './collect-story.ts'

/** A Thursday evening for the reader, a Friday already in UTC; and the day on which the clocks changed. */
const MOMENTS = [
  { now: MONDAY, timeZone: 'UTC' },
  { now: new Date('2026-11-20T02:30:00Z'), timeZone: 'America/Chicago' },
  { now: new Date('2027-03-28T22:30:00Z'), timeZone: 'Europe/Berlin' },
]

describe.each(MOMENTS)('the demo loaded at $now in $timeZone', ({ now, timeZone }) => {
  const { calendar, batches } = allBatches(now, timeZone)

  it('is the same every time', () => {
    for (const index of [0, 1, 14, BATCH_COUNT - 4]) expect(generateBatch(calendar, index)).toEqual(batches[index])
  })

  it('holds nothing but valid bodies', () => {
    expect(
      problemsOf(
        TraceInput,
        batches.flatMap(({ bodies }) => bodies.traces),
      ),
    ).toEqual([])
    expect(
      problemsOf(
        OutcomeInput,
        batches.flatMap(({ bodies }) => bodies.outcomes),
      ),
    ).toEqual([])
    expect(
      problemsOf(
        OverrideInput,
        batches.flatMap(({ bodies }) => bodies.overrides),
      ),
    ).toEqual([])
    expect(
      problemsOf(
        ChangeEventInput,
        batches.flatMap(({ bodies }) => bodies.changes),
      ),
    ).toEqual([])
    expect(
      problemsOf(
        OperatingMetricInput,
        batches.flatMap(({ bodies }) => bodies.operatingMetrics),
      ),
    ).toEqual([])
    expect(problemsOf(WorkflowSettings, Object.values(WORKFLOW_SETTINGS))).toEqual([])
  })

  it('reaches from ten weeks back to yesterday, and not further', () => {
    const times = timesOf(batches).sort()
    const [first, last] = [times[0]!, times.at(-1)!].map((time) => dateIn(new Date(time), timeZone))
    const yesterday = dateIn(new Date(calendar.end.getTime() - 1), timeZone)
    expect(first).toBe(calendar.start)
    expect(last).toBe(yesterday)
    for (const metric of batches[0]!.bodies.operatingMetrics) expect(metric.periodEnd <= calendar.endDay).toBe(true)
  })

  it('names everything once', () => {
    const ids = batches.flatMap(({ bodies }) => [
      ...bodies.traces.map(({ traceId }) => traceId),
      ...[...bodies.outcomes, ...bodies.overrides, ...bodies.changes, ...bodies.operatingMetrics].map(({ id }) => id),
    ])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('says nothing about items before their first run', () => {
    const firstRun = new Map<string, string>()
    for (const { workItem, startedAt } of batches.flatMap(({ bodies }) => bodies.traces)) {
      if (startedAt < (firstRun.get(workItem!.id) ?? '~')) firstRun.set(workItem!.id, startedAt)
    }
    const later = batches.flatMap(({ bodies }) => [...bodies.outcomes, ...bodies.overrides])
    expect(later.filter(({ workItemId, occurredAt }) => !(firstRun.get(workItemId)! < occurredAt))).toEqual([])
  })
})

describe('the weeks of the demo', () => {
  it('keep their ids and their tokens, whenever it is loaded', () => {
    const told = MOMENTS.map(({ now, timeZone }) =>
      allBatches(now, timeZone)
        .batches.slice(0, -3)
        .flatMap(({ bodies }) =>
          bodies.traces.map(({ traceId, steps }) => [traceId, steps?.map(({ usage }) => usage)]),
        ),
    )
    // A run that ends in the week of the load may not have happened yet: those apart.
    const shared = new Set(told.map((traces) => JSON.stringify(traces.slice(0, 6000))))
    expect(shared.size).toBe(1)
  })

  it('hold no text that ingest would have to redact', () => {
    const { batches } = allBatches(MONDAY)
    const texts = batches.flatMap(({ bodies }) => [
      ...bodies.traces.flatMap(({ steps }) => steps!.flatMap(({ input, output }) => [input ?? '', output ?? ''])),
      ...bodies.overrides.map(({ reason }) => reason),
    ])
    expect([...new Set(texts)].filter((text) => redactText(text) !== text)).toEqual([])
  })

  it('are of a size that loads in seconds', () => {
    const { calendar, batches } = allBatches(MONDAY)
    const items = new Set(batches.flatMap(({ bodies }) => bodies.traces.map(({ workItem }) => workItem!.id)))
    expect(items.size).toBeGreaterThan(6000)
    expect(items.size).toBeLessThan(7500)
    expect(arrivalsByWeekday(calendar, batches)).toEqual(
      [...arrivalsByWeekday(calendar, batches)].sort((a, b) => b - a),
    )
  })
})

function problemsOf(schema: z.ZodType, bodies: readonly unknown[]): string[] {
  expect(bodies.length).toBeGreaterThan(0)
  return bodies.flatMap((body) => {
    const parsed = schema.safeParse(body)
    return parsed.success ? [] : [parsed.error.message]
  })
}

function timesOf(batches: readonly Batch[]): string[] {
  return batches.flatMap(({ bodies }) => [
    ...bodies.traces.flatMap(({ startedAt, endedAt, steps }) => [
      startedAt,
      endedAt,
      ...steps!.map((step) => step.endedAt!),
    ]),
    ...[...bodies.outcomes, ...bodies.overrides, ...bodies.changes].map(({ occurredAt }) => occurredAt),
  ])
}

/** First attempts on Tuesdays, Fridays and Sundays of week 3: fewer and fewer. */
function arrivalsByWeekday(calendar: DemoCalendar, batches: readonly Batch[]): number[] {
  const traces = batches.flatMap(({ bodies }) => bodies.traces).filter(({ attempt }) => attempt === 1)
  return [1, 4, 6].map(
    (weekday) => traces.filter(({ startedAt }) => startedAt.startsWith(dateOf(calendar, 3, weekday))).length,
  )
}
