import { type FoundDimension, segmentNames } from '../../analysis/economics/find-dimensions.ts'
import type { Workflow } from '../../domain/workflow.ts'
import { escapeWithin, truncateText } from '../../narration/escape-mrkdwn.ts'
import { formatDollars } from '../../narration/format-money.ts'
import { formatShare } from '../../narration/format-number.ts'
import { ACTIONS } from '../ids.ts'
import { actions, context, type Message, section } from '../message.ts'
import type { WorkflowWithDimensions } from '../services.ts'

const NOT_SET = '_not set_'

/** One workflow: its figures of last week, what is set for it, and the button that changes it. */
export function workflowSettingsMessage({ workflow, found }: WorkflowWithDimensions, week: string): Message {
  const name = escapeWithin(workflow.name, 200)
  return {
    text: `Settings of ${name}`,
    blocks: [
      section(`*${name}*\n${week}`),
      section(settingsLines(workflow, found).join('\n')),
      ...dimensionNotes(found).map((note) => context(note)),
      ...actions('workflow_actions', [
        { label: 'Edit settings', actionId: ACTIONS.editWorkflow, value: truncateText(workflow.name, 255) },
      ]),
    ],
  }
}

function settingsLines(workflow: Workflow, found: readonly FoundDimension[]): string[] {
  const { owners, channel, correctionHourlyRate, budget, dimensions } = workflow
  const lines: [label: string, value: string][] = [
    ['One work item is a', escapeWithin(workflow.unit, 64)],
    ['Without the agent', describeBaseline(workflow)],
    [
      'An hour of correction',
      correctionHourlyRate === undefined
        ? `${NOT_SET}, so corrections have no price`
        : formatDollars(correctionHourlyRate),
    ],
    ['Budget', budget ? `${formatDollars(budget.amount)} a ${budget.period}` : NOT_SET],
    [
      'Owners',
      owners?.length ? escapeWithin(owners.join(', '), 800) : `${NOT_SET}: any member may change these settings`,
    ],
    ['Channel', channel ? escapeWithin(channel, 255) : NOT_SET],
    [
      'Segments',
      dimensions?.length
        ? `${escapeWithin(dimensions.join(', '), 800)} (set)`
        : `${escapeWithin(segmentNames(found).join(', '), 800) || 'none'} (found in the work items)`,
    ],
  ]
  return lines.map(([label, value]) => `${label}: ${value}`)
}

/** "the outsourcer charges $4.50 a unit". */
function describeBaseline({ baseline }: Workflow): string {
  if (!baseline) return `${NOT_SET}, so nothing can be said of savings`
  if (baseline.kind === 'revenue') return `it brings ${formatDollars(baseline.valuePerUnit)} a unit`
  if (baseline.kind === 'labour') {
    const given = baseline.costPerUnit === undefined ? '' : `, given as ${formatDollars(baseline.costPerUnit)} a unit`
    return `people need ${baseline.minutesPerUnit} min at ${formatDollars(baseline.hourlyRate)} an hour${given}`
  }
  const rework = baseline.reworkShare ? `, ${formatShare(baseline.reworkShare)} of units done again` : ''
  const sla = baseline.slaCostPerUnit
    ? `, ${formatDollars(baseline.slaCostPerUnit)} a unit for missed service levels`
    : ''
  return `the outsourcer charges ${formatDollars(baseline.costPerUnit)} a unit${rework}${sla}`
}

const MOST_NAMES = 8

/** What the attributes of the items are, and why some are no segments. In mrkdwn, escaped. */
export function dimensionNotes(found: readonly FoundDimension[]): string[] {
  const segments = found.filter((one) => one.role === 'segment').map(describeSegment)
  const leftOut = found.filter((one) => one.role !== 'segment').map(describeLeftOut)
  return [
    segments.length > 0 && `Found: ${listed(segments)}`,
    leftOut.length > 0 && `Left out: ${listed(leftOut)}`,
  ].filter((note) => note !== false)
}

function listed(notes: readonly string[]): string {
  const more = notes.length - MOST_NAMES
  return `${notes.slice(0, MOST_NAMES).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`
}

function describeSegment({ name, type, cardinality, determinedBy }: FoundDimension): string {
  const by =
    determinedBy.length > 0 ? `, follows from ${determinedBy.map((other) => escapeWithin(other, 60)).join(' or ')}` : ''
  const kind = type === 'boolean' ? 'yes or no' : `${cardinality} ${type === 'number' ? 'numbers' : 'values'}`
  return `${escapeWithin(name, 60)} (${kind}${by})`
}

function describeLeftOut({ name, role, cardinality, sameAs }: FoundDimension): string {
  const why =
    role === 'constant'
      ? 'one value'
      : role === 'same_as_another'
        ? `same as ${escapeWithin(sameAs ?? '', 60)}`
        : `${cardinality} values`
  return `${escapeWithin(name, 60)} (${why})`
}
