import type { Block } from '../../domain/answer.ts'
import { type MicroDollars, toDollars } from '../../domain/money.ts'
import type { Override } from '../../domain/override.ts'
import { cutMrkdwn, escapeMrkdwn, escapeWithin, mrkdwnDate, mrkdwnLink } from '../../narration/escape-mrkdwn.ts'
import { formatDollars } from '../../narration/format-money.ts'
import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { ACTIONS } from '../ids.ts'
import type { WorkItemLookUp, WorkItemSummary } from '../look-up-work-item.ts'
import { actions, context, type Message, section } from '../message.ts'
import { OVERRIDE_EXAMPLE, type ParsedOverride } from '../parse-override.ts'
import { workItemUrl } from '../work-item-url.ts'

/** Confirms a recorded override. `similar` counts those like it in the last three weeks, this one included. */
export function overrideRecorded(
  recorded: {
    override: Override
    duplicate: boolean
    costMicros: MicroDollars | null
    similar: number
    /** There are enough like it to make a rule of them, and it is none yet. */
    suggestsRule: boolean
  },
  item: WorkItemSummary,
  baseUrl: string,
): Message {
  const { override } = recorded
  const parts = [`${override.agentDecision} → ${override.humanDecision}`]
  if (override.rule) parts.push(`rule ${override.rule}`)
  if (override.minutes !== null) {
    parts.push(
      `${override.minutes} min${recorded.costMicros === null ? '' : ` (${formatDollars(toDollars(recorded.costMicros))})`}`,
    )
  }
  const attempt = item.attempts > 1 ? `, attempt ${item.attempts}` : ''
  const start = recorded.duplicate ? 'Already recorded' : 'Recorded'
  const likeIt =
    recorded.similar > 1
      ? `It is the ${ordinal(recorded.similar)} like it in three weeks.`
      : 'It is the first like it in three weeks.'
  const link = mrkdwnLink(workItemUrl(baseUrl, override.workflow, override.workItemId), override.workItemId)
  return {
    text: escapeWithin(`${start} for ${override.workItemId}${attempt}: ${parts.join(', ')}. ${likeIt}`, 2500),
    blocks: [
      section(`${start} for ${link}${attempt}: ${escapeWithin(parts.join(', '), 1500)}. ${likeIt}`),
      context(`Because ${escapeWithin(override.reason, 1500)}`),
      ...seeTheOthers(override, recorded),
    ],
  }
}

function seeTheOthers(override: Override, recorded: { similar: number; suggestsRule: boolean }): Block[] {
  const { similar, suggestsRule } = recorded
  const value = JSON.stringify([override.workflow, override.id])
  if (similar <= 1 || value.length > SLACK_LIMITS.buttonValue) return []
  return actions('override_actions', [
    { label: 'See the others', actionId: ACTIONS.showSimilar, value },
    ...(suggestsRule ? [{ label: 'Suggest a rule', actionId: ACTIONS.openRuleForm, value }] : []),
  ])
}

/** The work item is not known, or its id is not unique. Gives the line back to copy. */
export function workItemNotTaken(lookUp: Exclude<WorkItemLookUp, { kind: 'found' }>, line: string): Message {
  const intro =
    lookUp.kind === 'ambiguous'
      ? `“${escapeWithin(lookUp.id, 300)}” exists in ${lookUp.workflows.map(escapeMrkdwn).join(' and ')}. Write ${lookUp.workflows
          .map((workflow) => `\`${escapeWithin(`${workflow}/${lookUp.id}`, 300)}\``)
          .join(' or ')}.`
      : `“${escapeWithin(lookUp.id, 300)}” is not among the work items I know. ${nearestText(lookUp)}`
  const text = cutMrkdwn(`${intro} Nothing was recorded; your text is below to copy.`, SLACK_LIMITS.sectionText)
  return { text, blocks: [section(text), copyBlock(line)] }
}

/** The same, as a form shows it under the field. Plain text. */
export function workItemFieldError(lookUp: Exclude<WorkItemLookUp, { kind: 'found' }>): string {
  if (lookUp.kind === 'ambiguous') {
    return `It exists in ${lookUp.workflows.join(' and ')}. Write ${lookUp.workflows.map((workflow) => `${workflow}/${lookUp.id}`).join(' or ')}.`
  }
  const nearest = lookUp.nearest.map((candidate) => candidate.workItemId)
  return `Not among the work items I know.${nearest.length > 0 ? ` Nearest: ${nearest.join(', ')}.` : ''}`
}

/** Names the place that could not be read, shows an example, and gives the line back to copy. */
export function overrideUnreadable(parsed: Extract<ParsedOverride, { form: 'unreadable' }>, line: string): Message {
  const text = `${escapeWithin(parsed.message, 600)} Nothing was recorded; your text is below to copy, marked where I stopped.`
  const marked = `${line.slice(0, parsed.at)}▲${line.slice(parsed.at)}`
  return {
    text,
    blocks: [section(text), copyBlock(marked), context(`For example: \`${escapeMrkdwn(OVERRIDE_EXAMPLE)}\``)],
  }
}

export function similarOverrides(overrides: Override[], baseUrl: string): Message {
  const lines = overrides.map((override) => {
    const when = mrkdwnDate(override.occurredAt, '{date_short_pretty}', override.occurredAt.toISOString().slice(0, 10))
    const link = mrkdwnLink(workItemUrl(baseUrl, override.workflow, override.workItemId), override.workItemId)
    return `• ${link} · ${when} · ${escapeWithin(override.actor, 100)}: ${escapeWithin(override.reason, 200)}`
  })
  const text = `${overrides.length === 1 ? 'One override' : `${overrides.length} overrides`} like it in three weeks`
  const shown = lines.slice(0, 7)
  const more = lines.length - shown.length
  return {
    text,
    blocks: [section(`*${text}*\n${shown.join('\n')}${more > 0 ? `\nand ${more} more.` : ''}`)],
  }
}

function nearestText(lookUp: Extract<WorkItemLookUp, { kind: 'unknown' }>): string {
  if (lookUp.nearest.length === 0) return 'No known id is near it.'
  const named = lookUp.nearest.map((candidate) => {
    const when = candidate.lastAt
      ? ` (${mrkdwnDate(candidate.lastAt, '{date_short_pretty}', candidate.lastAt.toISOString().slice(0, 10))})`
      : ''
    return `${escapeWithin(candidate.workItemId, 255)}${when}`
  })
  return `Nearest: ${named.join(', ')}.`
}

function copyBlock(line: string) {
  // A fence inside the text would end the code block early.
  return section(`\`\`\`/override ${escapeWithin(line.replaceAll('```', "'''"), 2500)}\`\`\``)
}

function ordinal(count: number): string {
  const tens = count % 100
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')
  return `${count}${suffix}`
}
