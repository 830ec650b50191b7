import type { WorkflowFigures } from '../../digest/workflow-figures.ts'
import { type MicroDollars, toDollars } from '../../domain/money.ts'
import type { CalendarDate } from '../../domain/period.ts'
import { escapeWithin } from '../../narration/escape-mrkdwn.ts'
import { formatPeriod } from '../../narration/format-dates.ts'
import { formatDollars } from '../../narration/format-money.ts'
import { context, type Message, section } from '../message.ts'

const SHOWN = 20

export function workflowList(workflows: WorkflowFigures[], today: CalendarDate): Message {
  if (workflows.length === 0) {
    const nothing = 'No workflow has sent work yet.'
    return {
      text: nothing,
      blocks: [section(nothing), context('Point an agent’s OTLP exporter at /v1/traces, or post to /webhooks/traces.')],
    }
  }
  const shown = workflows.slice(0, SHOWN)
  const more = workflows.length - shown.length
  return {
    text: escapeWithin(workflows.map((workflow) => workflow.name).join(', '), 2000),
    blocks: [
      ...shown.map((workflow) => section(`*${escapeWithin(workflow.name, 200)}*\n${describeWeek(workflow, today)}`)),
      context(
        `${more > 0 ? `And ${more} more. ` : ''}\`/docket workflow NAME\` shows the settings of one, and changes them.`,
      ),
    ],
  }
}

export function budgetList(workflows: WorkflowFigures[], today: CalendarDate): Message {
  const budgeted = workflows.filter((workflow) => workflow.budget !== null)
  if (budgeted.length === 0) {
    const nothing = 'No budget is set.'
    return {
      text: nothing,
      blocks: [
        section(nothing),
        context(
          'Set one with `/docket workflow NAME`, or PUT /api/workflows/NAME: {"unit": "claim", "budget": {"amount": 12000, "period": "month"}}',
        ),
      ],
    }
  }
  return {
    text: escapeWithin(budgeted.map((workflow) => `${workflow.name}: ${budgetLine(workflow, today)}`).join('; '), 2000),
    blocks: budgeted
      .slice(0, SHOWN)
      .map((workflow) => section(`*${escapeWithin(workflow.name, 200)}*\n${budgetLine(workflow, today)}`)),
  }
}

/** One line of last week's figures; what is unknown is said. */
export function describeWeek(workflow: WorkflowFigures, today: CalendarDate): string {
  const unit = escapeWithin(workflow.unit, 64)
  if (workflow.week === null || workflow.spentMicros === null) return 'No closed week with work yet.'
  const resolved =
    workflow.resolved === null
      ? `resolved ${unit}s unknown`
      : `${workflow.resolved.toLocaleString('en-US')} ${unit}s resolved`
  const unitCost =
    workflow.costPerResolvedMicros === null
      ? `cost per resolved ${unit} unknown`
      : `${dollars(workflow.costPerResolvedMicros)} a resolved ${unit}${
          workflow.previousCostPerResolvedMicros === null
            ? ''
            : ` (${dollars(workflow.previousCostPerResolvedMicros)} the week before)`
        }`
  const baseline =
    workflow.baselineMicros === null ? '' : `; by people or outsourcer ${dollars(workflow.baselineMicros)}`
  return `${formatPeriod(workflow.week, today)}: ${dollars(workflow.spentMicros)} spent, ${resolved}, ${unitCost}${baseline}.`
}

/** "Owned by Dana Okafor · segments region, policyType (found) · no baseline": not escaped. */
export function describeSettings({ owners, segments, baselineMicros, hasRevenue }: WorkflowFigures): string {
  return [
    owners.length > 0 ? `Owned by ${owners.join(', ')}` : 'No owner',
    segments.names.length === 0
      ? 'no segments'
      : `segments ${segments.names.join(', ')}${segments.areSet ? '' : ' (found)'}`,
    ...(baselineMicros === null && !hasRevenue ? ['no baseline'] : []),
  ].join(' · ')
}

function budgetLine({ budget }: WorkflowFigures, today: CalendarDate): string {
  if (budget === null) return 'no budget'
  const amount = formatDollars(budget.amount)
  if (budget.spentMicros === null) return `${amount} a ${budget.period}; spent so far is unknown.`
  const share = budget.amount === 0 ? null : budget.spentMicros / (budget.amount * 1_000_000)
  return `${dollars(budget.spentMicros)} of ${amount} this ${budget.period}${share === null ? '' : ` (${Math.round(share * 100)} %)`}, ${formatPeriod(budget, today)}.`
}

const dollars = (micros: MicroDollars) => formatDollars(toDollars(micros))
