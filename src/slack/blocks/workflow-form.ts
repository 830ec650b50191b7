import { segmentNames } from '../../analysis/economics/find-dimensions.ts'
import { truncateText } from '../../narration/escape-mrkdwn.ts'
import { INPUTS, VIEWS } from '../ids.ts'
import { context } from '../message.ts'
import type { WorkflowWithDimensions } from '../services.ts'
import { amountInput, inputBlock, optionsInput, textInput } from './inputs.ts'
import type { ModalView } from './loading-view.ts'
import { dimensionNotes } from './workflow-settings.ts'

/** What the form's hidden part carries. */
export interface WorkflowFormMetadata {
  workflow: string
  /** Hash of the settings that the form was filled with: somebody may change them meanwhile. */
  seen: string
  /** Where the confirmation goes; null for direct messages. */
  channel: string | null
}

export const BASELINE_KINDS = {
  none: 'Not known',
  bpo: 'An outsourcer’s price',
  labour: 'People’s time',
  revenue: 'Revenue that a unit brings',
} as const

const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const

/** The settings of one workflow as a form, filled with what is set. */
export function workflowForm({ workflow, found }: WorkflowWithDimensions, metadata: WorkflowFormMetadata): ModalView {
  const { baseline, budget } = workflow
  const [bpo, labour, revenue] = [
    baseline?.kind === 'bpo' ? baseline : null,
    baseline?.kind === 'labour' ? baseline : null,
    baseline?.kind === 'revenue' ? baseline : null,
  ]
  const segments = segmentNames(found)
  const optional = { optional: true }
  return {
    type: 'modal',
    callback_id: VIEWS.workflow,
    title: { type: 'plain_text', text: 'Workflow settings' },
    submit: { type: 'plain_text', text: 'Save' },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: JSON.stringify(metadata),
    blocks: [
      { type: 'section', text: { type: 'plain_text', text: truncateText(workflow.name, 255) } },
      inputBlock(
        INPUTS.unit,
        'One work item is a',
        textInput({ initial: workflow.unit, placeholder: 'claim', maxLength: 64 }),
      ),
      inputBlock(
        INPUTS.baselineKind,
        'What a unit costs or brings without the agent',
        optionsInput(Object.entries(BASELINE_KINDS), baseline?.kind ?? 'none'),
        { hint: 'Fill in the figures of that kind below; leave the others empty.' },
      ),
      inputBlock(INPUTS.costPerUnit, 'Outsourcer: dollars a unit', amountInput(bpo?.costPerUnit), optional),
      inputBlock(
        INPUTS.reworkShare,
        'Outsourcer: per cent of units done again',
        amountInput(bpo?.reworkShare === undefined ? undefined : Math.round(bpo.reworkShare * 1e6) / 1e4),
        optional,
      ),
      inputBlock(
        INPUTS.slaCostPerUnit,
        'Outsourcer: missed service levels, dollars a unit',
        amountInput(bpo?.slaCostPerUnit),
        optional,
      ),
      inputBlock(INPUTS.minutesPerUnit, 'People: minutes a unit', amountInput(labour?.minutesPerUnit), optional),
      inputBlock(
        INPUTS.hourlyRate,
        'People: dollars an hour, all costs included',
        amountInput(labour?.hourlyRate),
        optional,
      ),
      inputBlock(INPUTS.valuePerUnit, 'Revenue: dollars a unit', amountInput(revenue?.valuePerUnit), optional),
      inputBlock(
        INPUTS.correctionHourlyRate,
        'Corrections: dollars an hour',
        amountInput(workflow.correctionHourlyRate),
        {
          ...optional,
          hint: 'What an hour of the people who overrule the agent costs.',
        },
      ),
      inputBlock(INPUTS.budgetAmount, 'Budget: dollars', amountInput(budget?.amount), optional),
      inputBlock(
        INPUTS.budgetPeriod,
        'Budget: for each',
        optionsInput(
          PERIODS.map((period) => [period, period]),
          budget?.period ?? 'month',
        ),
        optional,
      ),
      inputBlock(
        INPUTS.owners,
        'Owners',
        textInput({ initial: workflow.owners?.join(', '), placeholder: 'Dana Okafor, Sam Whitfield', maxLength: 3000 }),
        {
          ...optional,
          hint: 'Names as in Slack, with commas between. They, and administrators, may change these settings.',
        },
      ),
      inputBlock(
        INPUTS.channel,
        'Channel',
        textInput({ initial: workflow.channel, placeholder: 'C0123456789', maxLength: 255 }),
        optional,
      ),
      inputBlock(
        INPUTS.dimensions,
        'Segments to look at',
        textInput({ initial: workflow.dimensions?.join(', '), placeholder: 'region, policyType', maxLength: 3000 }),
        { ...optional, hint: hintOfSegments(segments) },
      ),
      ...dimensionNotes(found).map((note) => context(note)),
    ],
  }
}

function hintOfSegments(segments: readonly string[]): string {
  const names = segments.length > 0 ? segments.join(', ') : 'none yet'
  return truncateText(`Attributes, with commas between. Left empty, those that are found: ${names}.`, 2000)
}
