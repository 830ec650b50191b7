import type { ViewOutput } from '@slack/bolt'
import type { FoundDimension } from '../analysis/economics/find-dimensions.ts'
import { type Workflow, WorkflowSettings } from '../domain/workflow.ts'
import { unescapeMrkdwn } from '../narration/escape-mrkdwn.ts'
import { formValue } from './form-values.ts'
import { INPUTS } from './ids.ts'

export type ReadForm = { ok: true; settings: WorkflowSettings } | { ok: false; errors: Record<string, string> }

/** Which figures belong to which kind of baseline, and what is asked for where a needed one is missing. */
const FIGURES: Record<'bpo' | 'labour' | 'revenue', { name: string; input: string; missing?: string }[]> = {
  bpo: [
    {
      name: 'costPerUnit',
      input: INPUTS.costPerUnit,
      missing: 'Write what the outsourcer charges a unit, such as 4.50.',
    },
    { name: 'reworkShare', input: INPUTS.reworkShare },
    { name: 'slaCostPerUnit', input: INPUTS.slaCostPerUnit },
  ],
  labour: [
    {
      name: 'minutesPerUnit',
      input: INPUTS.minutesPerUnit,
      missing: 'Write the minutes that a unit takes a person, such as 12.',
    },
    { name: 'hourlyRate', input: INPUTS.hourlyRate, missing: 'Write what an hour costs, such as 48.' },
  ],
  revenue: [{ name: 'valuePerUnit', input: INPUTS.valuePerUnit, missing: 'Write what a unit brings, such as 25.' }],
}

/** The inputs by the place in the settings that they fill: problems are shown at them. */
const INPUT_OF_PATH: Readonly<Record<string, string>> = {
  unit: INPUTS.unit,
  owners: INPUTS.owners,
  channel: INPUTS.channel,
  'baseline.costPerUnit': INPUTS.costPerUnit,
  'baseline.reworkShare': INPUTS.reworkShare,
  'baseline.slaCostPerUnit': INPUTS.slaCostPerUnit,
  'baseline.minutesPerUnit': INPUTS.minutesPerUnit,
  'baseline.hourlyRate': INPUTS.hourlyRate,
  'baseline.valuePerUnit': INPUTS.valuePerUnit,
  correctionHourlyRate: INPUTS.correctionHourlyRate,
  'budget.amount': INPUTS.budgetAmount,
  'budget.period': INPUTS.budgetPeriod,
  dimensions: INPUTS.dimensions,
}

/** The settings that a form describes, on top of what it does not show; or what is wrong, field by field. */
export function readWorkflowForm(
  view: ViewOutput,
  current: Workflow,
  found: readonly Pick<FoundDimension, 'name'>[],
): ReadForm {
  const errors: Record<string, string> = {}
  const text = (input: string) => unescapeMrkdwn(formValue(view, input) ?? '')
  const number = (input: string): number | undefined => {
    const written = text(input)
    if (written === '') return undefined
    const value = Number(written.replace(/^\$\s*/, '').replaceAll(',', ''))
    if (Number.isFinite(value) && value >= 0) return value
    errors[input] = 'Write a number from 0, such as 4.50.'
    return undefined
  }
  const list = (input: string) => [
    ...new Set(
      text(input)
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    ),
  ]

  const baseline = keepGivenCost(readBaseline(text(INPUTS.baselineKind), number, errors), current.baseline)
  const budgetAmount = number(INPUTS.budgetAmount)
  const [owners, dimensions] = [list(INPUTS.owners), list(INPUTS.dimensions)]
  const unknown = dimensions.filter(
    (name) => !found.some((one) => one.name === name) && !current.dimensions?.includes(name),
  )
  if (unknown.length > 0 && found.length > 0) {
    errors[INPUTS.dimensions] =
      `No work item has ${unknown.join(', ')}. They have ${found.map((one) => one.name).join(', ')}.`.slice(0, 1000)
  }
  const channel = text(INPUTS.channel)
  const {
    name: _,
    baseline: _b,
    budget: _g,
    owners: _o,
    channel: _c,
    dimensions: _d,
    correctionHourlyRate: _r,
    ...kept
  } = current
  const rate = number(INPUTS.correctionHourlyRate)
  const candidate = {
    ...kept,
    unit: text(INPUTS.unit),
    ...(owners.length > 0 && { owners }),
    ...(channel !== '' && { channel }),
    ...(baseline && { baseline }),
    ...(rate !== undefined && { correctionHourlyRate: rate }),
    ...(budgetAmount !== undefined && {
      budget: { amount: budgetAmount, period: text(INPUTS.budgetPeriod) || 'month' },
    }),
    ...(dimensions.length > 0 && { dimensions }),
  }
  const parsed = WorkflowSettings.safeParse(candidate)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const place = issue.path.filter((part) => typeof part === 'string').join('.')
      errors[INPUT_OF_PATH[place] ?? INPUTS.unit] ??= `${issue.message}.`
    }
  }
  return parsed.success && Object.keys(errors).length === 0
    ? { ok: true, settings: parsed.data }
    : { ok: false, errors }
}

function readBaseline(
  kind: string,
  number: (input: string) => number | undefined,
  errors: Record<string, string>,
): Record<string, unknown> | null {
  const baseline: Record<string, unknown> = { kind }
  for (const [owner, figures] of Object.entries(FIGURES)) {
    for (const { name, input, missing } of figures) {
      const value = number(input)
      if (owner === kind) {
        if (value === undefined && missing && !errors[input]) errors[input] = missing
        if (value !== undefined) baseline[name] = input === INPUTS.reworkShare ? value / 100 : value
      } else if (value !== undefined) {
        errors[input] = 'This belongs to another kind of baseline: empty it, or choose that kind above.'
      }
    }
  }
  return kind in FIGURES ? baseline : null
}

/** What people’s time costs a unit may have been given by itself; it holds as long as what it rests on does. */
function keepGivenCost(
  baseline: Record<string, unknown> | null,
  current: Workflow['baseline'],
): Record<string, unknown> | null {
  if (baseline?.kind !== 'labour' || current?.kind !== 'labour' || current.costPerUnit === undefined) return baseline
  const isSame = baseline.minutesPerUnit === current.minutesPerUnit && baseline.hourlyRate === current.hourlyRate
  return isSame ? { ...baseline, costPerUnit: current.costPerUnit } : baseline
}
