import type { WorkItemFact } from '../../domain/facts.ts'
import type { TableSpec } from '../../domain/finding.ts'
import { addKnown } from '../../domain/usage.ts'
import { usd } from './build-findings.ts'

interface StepTotal {
  calls: number
  inputTokens: number | null
  costMicros: number
}

/** Two traces of the same work side by side, step by step in the order in which they took place: where they part. */
export function compareSteps(dearer: WorkItemFact, cheaper: WorkItemFact): TableSpec {
  const [left, right] = [stepsOf(dearer), stepsOf(cheaper)]
  const names = [...new Set([...left.keys(), ...right.keys()])]
  const cells = (total: StepTotal | undefined) => [total?.calls ?? 0, total?.inputTokens ?? null, costOf(total)]
  return {
    title: `Where ${dearer.workItemId} and ${cheaper.workItemId} part`,
    columns: [
      { label: 'Step', unit: 'text' },
      { label: `${dearer.workItemId}: times`, unit: 'calls' },
      { label: 'input tokens', unit: 'tokens' },
      { label: 'cost', unit: 'usd' },
      { label: `${cheaper.workItemId}: times`, unit: 'calls' },
      { label: 'input tokens', unit: 'tokens' },
      { label: 'cost', unit: 'usd' },
    ],
    rows: [
      ...names.map((name) => [name, ...cells(left.get(name)), ...cells(right.get(name))]),
      ['Attempts', dearer.attempts, null, null, cheaper.attempts, null, null],
      [
        `Whole cost (${dearer.status}; ${cheaper.status})`,
        null,
        null,
        usd(dearer.totalMicros),
        null,
        null,
        usd(cheaper.totalMicros),
      ],
    ],
  }
}

/** Where two pieces of the same work part: the step that makes most of the difference of their cost. */
export interface Parting {
  step: string
  dearer: { calls: number; micros: number }
  cheaper: { calls: number; micros: number }
}

/** Null where no step costs more in the dearer one. */
export function findParting(dearer: WorkItemFact, cheaper: WorkItemFact): Parting | null {
  const [left, right] = [stepsOf(dearer), stepsOf(cheaper)]
  let parting: Parting | null = null
  for (const [step, total] of left) {
    const other = right.get(step)
    const difference = total.costMicros - (other?.costMicros ?? 0)
    if (difference <= (parting ? parting.dearer.micros - parting.cheaper.micros : 0)) continue
    parting = {
      step,
      dearer: { calls: total.calls, micros: total.costMicros },
      cheaper: { calls: other?.calls ?? 0, micros: other?.costMicros ?? 0 },
    }
  }
  return parting
}

/** Null where the step made no model call that tells its cost. */
function costOf(total: StepTotal | undefined): number | null {
  return !total || (total.inputTokens === null && total.costMicros === 0) ? null : usd(total.costMicros)
}

function stepsOf(item: WorkItemFact): Map<string, StepTotal> {
  const totals = new Map<string, StepTotal>()
  for (const step of item.runs.flatMap((run) => run.steps)) {
    const total = totals.get(step.name) ?? { calls: 0, inputTokens: null, costMicros: 0 }
    totals.set(step.name, {
      calls: total.calls + step.calls,
      inputTokens: addKnown(total.inputTokens, step.inputTokens),
      costMicros: total.costMicros + step.costMicros,
    })
  }
  return totals
}
