import type { Block } from '../../domain/answer.ts'
import type { OverrideCandidate } from '../../domain/override-candidate.ts'
import { escapeWithin, mrkdwnDate, mrkdwnLink } from '../../narration/escape-mrkdwn.ts'
import { countOf, formatRatio } from '../../narration/format-number.ts'
import { ACTIONS } from '../ids.ts'
import { actions, context, type Message, section } from '../message.ts'
import { workItemUrl } from '../work-item-url.ts'

const SHOWN = 8

/** What people said of agents' steps and nobody has settled, each with the buttons that do. `about` is escaped here. */
export function annotationsMessage(candidates: OverrideCandidate[], about: string, baseUrl: string): Message {
  const where = about === '' ? '' : ` of ${escapeWithin(about, 255)}`
  if (candidates.length === 0) {
    const text = `Nothing is open: nobody annotated a step${where} that is not settled.`
    return { text, blocks: [section(text)] }
  }
  const text = `${countOf(candidates.length, 'annotation', 'annotations')}${where} may be a correction`
  const more = candidates.length - SHOWN
  return {
    text,
    blocks: [
      section(`*${text}*`),
      ...candidates.slice(0, SHOWN).flatMap((candidate, index) => candidateBlocks(candidate, index, baseUrl)),
      ...(more > 0 ? [context(`and ${more} more: \`/docket annotations ITEM\` shows those of one work item.`)] : []),
    ],
  }
}

function candidateBlocks(candidate: OverrideCandidate, index: number, baseUrl: string): Block[] {
  const { id, workflow, workItemId, agentDecision, occurredAt } = candidate
  const when = mrkdwnDate(occurredAt, '{date_short_pretty}', occurredAt.toISOString().slice(0, 10))
  const decided = agentDecision === null ? '' : ` · the agent decided ${escapeWithin(agentDecision, 200)}`
  const link = mrkdwnLink(workItemUrl(baseUrl, workflow, workItemId), workItemId)
  return [
    section(
      `${escapeWithin(sayAnnotation(candidate), 2000)}\n${link} · ${escapeWithin(workflow, 100)} · ${when}${decided}`,
    ),
    ...actions(`annotation_${index}`, [
      { label: 'Record override', actionId: `${ACTIONS.confirmCandidate}_${index}`, value: id, style: 'primary' },
      { label: 'Not a correction', actionId: `${ACTIONS.dismissCandidate}_${index}`, value: id },
    ]),
  ]
}

/** "correctness: approve (score 0): the hail rider applies": plain text. */
export function sayAnnotation({ annotation }: Pick<OverrideCandidate, 'annotation'>): string {
  const { name, label, score, explanation } = annotation
  const value = [
    label,
    score === null ? null : label === null ? `score ${formatRatio(score)}` : `(score ${formatRatio(score)})`,
  ]
  const said = value.filter((part) => part !== null).join(' ')
  return [name, said, explanation].filter(Boolean).join(': ')
}
