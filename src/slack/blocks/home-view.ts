import type { WorkflowFigures } from '../../digest/workflow-figures.ts'
import type { Block } from '../../domain/answer.ts'
import type { CalendarDate } from '../../domain/period.ts'
import { escapeWithin, truncateText } from '../../narration/escape-mrkdwn.ts'
import { ACTIONS } from '../ids.ts'
import { actions, button, context, section } from '../message.ts'
import { helpMessage } from './help.ts'
import { describeSettings, describeWeek } from './workflow-figures.ts'

const SHOWN = 20

/** The Home tab: each workflow's last week, and what can be asked. */
export function homeView(workflows: WorkflowFigures[], today: CalendarDate): { type: 'home'; blocks: Block[] } {
  const figures = workflows.slice(0, SHOWN).flatMap((workflow) => [
    {
      ...section(`*${escapeWithin(workflow.name, 200)}*\n${describeWeek(workflow, today)}`),
      accessory: button({
        label: 'Edit',
        actionId: ACTIONS.editWorkflow,
        value: truncateText(workflow.name, 255) || '-',
        accessibilityLabel: truncateText(`Edit the settings of ${workflow.name}`, 75),
      }),
    },
    context(escapeWithin(describeSettings(workflow), 2000)),
  ])
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'Workflows, last week' } },
      ...(figures.length > 0 ? figures : [section('No workflow has sent work yet.')]),
      ...actions('home_actions', [{ label: 'Record override', actionId: ACTIONS.openOverrideForm, value: 'home' }]),
      { type: 'divider' },
      { type: 'header', text: { type: 'plain_text', text: 'What you can ask' } },
      ...helpMessage().blocks,
    ],
  }
}
