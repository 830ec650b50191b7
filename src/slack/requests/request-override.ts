import type { WebClient } from '@slack/web-api'
import { overrideForm } from '../blocks/override-form.ts'
import { overrideUnreadable, workItemNotTaken } from '../blocks/override-messages.ts'
import type { Conversation } from '../conversation.ts'
import type { SlackDependencies } from '../dependencies.ts'
import { ACTIONS } from '../ids.ts'
import { lookUpWorkItem } from '../look-up-work-item.ts'
import { actions, section } from '../message.ts'
import { parseOverride } from '../parse-override.ts'
import { recordAndConfirm } from './record-and-confirm.ts'

/** `/override` in its three forms, and the same words after a mention. `id` is stable for one request of one person. */
export async function requestOverride(
  deps: SlackDependencies,
  client: WebClient,
  conversation: Conversation,
  line: string,
  id: string,
): Promise<void> {
  const parsed = parseOverride(line)
  if (parsed.form === 'unreadable') return conversation.tell(overrideUnreadable(parsed, line))
  const lookUp = parsed.form === 'empty' ? null : await lookUpWorkItem(deps.db, parsed.workItem)
  if (lookUp && lookUp.kind !== 'found') return conversation.tell(workItemNotTaken(lookUp, line.trim()))
  if (parsed.form === 'complete' && lookUp) {
    const message = await recordAndConfirm(deps, client, {
      id,
      user: conversation.user,
      item: lookUp.item,
      agentDecision: parsed.agentDecision,
      humanDecision: parsed.humanDecision,
      reason: parsed.reason,
      rule: parsed.rule,
      minutes: parsed.minutes,
    })
    await conversation.say(message)
    return
  }
  if (conversation.openForm) {
    const prefill = { channel: conversation.channel, ...(lookUp ? { item: lookUp.item } : {}) }
    return conversation.openForm(async () => overrideForm(prefill, deps.baseUrl), 'Record override')
  }
  const text = 'A mention cannot open a form; this button can.'
  const value = lookUp ? `item:${lookUp.item.workflow}/${lookUp.item.id}` : 'empty'
  await conversation.tell({
    text,
    blocks: [
      section(text),
      ...actions('open_override', [{ label: 'Record override', actionId: ACTIONS.openOverrideForm, value }]),
    ],
  })
}
