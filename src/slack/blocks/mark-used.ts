import type { Block } from '../../domain/answer.ts'
import { mrkdwnDate } from '../../narration/escape-mrkdwn.ts'
import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { USED_BLOCK } from '../ids.ts'

/**
 * The blocks without the used button, and with a line that says who did what and when. `deed` is mrkdwn, already
 * escaped, such as "asked “By region?”".
 */
export function markUsed(blocks: Block[], actionId: string, deed: string, userId: string, now: Date): Block[] {
  const line = `<@${userId}> ${deed} · ${mrkdwnDate(now, '{date_short_pretty} {time}', now.toISOString().slice(0, 16).replace('T', ' '))}`
  const kept = blocks
    .map((block) => {
      const elements = block.elements
      if (block.type !== 'actions' || !Array.isArray(elements)) return block
      return { ...block, elements: elements.filter((element) => element?.action_id !== actionId) }
    })
    .filter((block) => block.type !== 'actions' || (block.elements as unknown[]).length > 0)
  const existing = kept.find((block) => block.block_id === USED_BLOCK)
  const lines = [...(Array.isArray(existing?.elements) ? existing.elements : []), { type: 'mrkdwn', text: line }]
  const used: Block = {
    type: 'context',
    block_id: USED_BLOCK,
    elements: lines.slice(-SLACK_LIMITS.contextElements),
  }
  return existing ? kept.map((block) => (block === existing ? used : block)) : [...kept, used]
}
