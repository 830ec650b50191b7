import { calcPrice } from '@pydantic/genai-prices'
import type { EndedTrace, OutcomeBody, OverrideBody } from '../../src/demo/bodies.ts'
import { createCalendar, type DemoCalendar } from '../../src/demo/calendar.ts'
import { BATCH_COUNT, type Batch, generateBatch } from '../../src/demo/generate-batches.ts'
import { WORKFLOW_SETTINGS } from '../../src/demo/surroundings.ts'

/** A Monday, so that the last closed week is complete and nothing follows it. */
export const MONDAY = new Date('2026-11-23T08:00:00Z')

export interface DemoItem {
  workflow: string
  id: string
  attributes: Record<string, unknown>
  /** Week of the first run, from 0. */
  week: number
  runs: EndedTrace[]
  overrides: OverrideBody[]
  outcomes: OutcomeBody[]
  /** Dollars of all runs and corrections, computed apart from the product's own code. */
  dollars: number
}

export function allBatches(now: Date, timeZone = 'UTC'): { calendar: DemoCalendar; batches: Batch[] } {
  const calendar = createCalendar(now, timeZone)
  return { calendar, batches: Array.from({ length: BATCH_COUNT }, (_, index) => generateBatch(calendar, index)) }
}

export function collectItems(calendar: DemoCalendar, batches: readonly Batch[]): DemoItem[] {
  const items = new Map<string, DemoItem>()
  for (const trace of batches.flatMap(({ bodies }) => bodies.traces)) {
    const key = `${trace.workflow}/${trace.workItem!.id}`
    const item = items.get(key) ?? {
      workflow: trace.workflow,
      id: trace.workItem!.id,
      attributes: trace.workItem!.attributes!,
      week: weekOf(calendar, trace.startedAt),
      runs: [],
      overrides: [],
      outcomes: [],
      dollars: 0,
    }
    items.set(key, item)
    item.runs.push(trace)
    item.dollars += dollarsOf(trace)
  }
  for (const override of batches.flatMap(({ bodies }) => bodies.overrides)) {
    const item = items.get(`${override.workflow}/${override.workItemId}`)!
    item.overrides.push(override)
    item.dollars += (override.minutes! / 60) * WORKFLOW_SETTINGS[override.workflow]!.correctionHourlyRate!
  }
  for (const outcome of batches.flatMap(({ bodies }) => bodies.outcomes)) {
    items.get(`${outcome.workflow}/${outcome.workItemId}`)!.outcomes.push(outcome)
  }
  return [...items.values()]
}

/** In UTC: the tests of the story load it there. */
function weekOf(calendar: DemoCalendar, time: string): number {
  return Math.floor((Date.parse(time) - Date.parse(`${calendar.start}T00:00:00Z`)) / (7 * 86_400_000))
}

export function dollarsOf(trace: EndedTrace): number {
  return (trace.steps ?? []).reduce((sum, step) => sum + (step.tool?.costUsd ?? 0) + callDollars(step), 0)
}

function callDollars(step: NonNullable<EndedTrace['steps']>[number]): number {
  if (!step.usage) return 0
  const price = calcPrice(
    {
      input_tokens: step.usage.inputTokens!,
      cache_read_tokens: step.usage.cachedInputTokens!,
      output_tokens: step.usage.outputTokens!,
    },
    step.model!,
    { providerId: step.provider!, timestamp: new Date(step.startedAt!) },
  )
  if (!price) throw new Error(`no price for ${step.model}`)
  return price.total_price
}

export function isInSegment(item: DemoItem): boolean {
  return item.workflow === 'claims' && item.attributes.policyType === 'home' && item.attributes.exceptionDocs === true
}

/** Resolved by the first attempt, without a correction. */
export function isFirstTry(item: DemoItem): boolean {
  return item.outcomes.at(-1)?.status === 'resolved' && item.runs.length === 1 && item.overrides.length === 0
}

export function shareOf<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.filter(holds).length / items.length
}

export function totalOf(items: readonly DemoItem[]): number {
  return items.reduce((sum, { dollars }) => sum + dollars, 0)
}
