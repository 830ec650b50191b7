import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt'
import { overrideForm } from '../../blocks/override-form.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { lookUpWorkItem, type WorkItemSummary } from '../../look-up-work-item.ts'
import { openForm } from '../../open-form.ts'
import { plainQuestion } from '../../plain-question.ts'

/** Words of a message that may be a work item's id: they hold a digit. */
const MOST_CANDIDATES = 8

/** Opens the override form from a message's menu; a work item that the message names is filled in. */
export const onRecordOverrideShortcut =
  (deps: SlackDependencies) =>
  async ({ ack, client, context, shortcut }: AllMiddlewareArgs & SlackShortcutMiddlewareArgs<MessageShortcut>) => {
    await ack()
    const text = plainQuestion(shortcut.message.text ?? '', context.botUserId)
    await openForm(
      client,
      shortcut.trigger_id,
      {
        title: 'Record override',
        build: async () => {
          const item = await firstKnownItem(deps, text)
          return overrideForm({ channel: shortcut.channel.id, ...(item ? { item } : {}) }, deps.baseUrl)
        },
      },
      deps.log,
    )
  }

async function firstKnownItem({ db }: SlackDependencies, text: string): Promise<WorkItemSummary | null> {
  const words = text.split(/[\s,;:()"“”]+/).map((word) => word.replace(/[.!?]+$/, ''))
  const candidates = [...new Set(words)].filter((word) => /\d/.test(word) && word.length <= 255)
  for (const word of candidates.slice(0, MOST_CANDIDATES)) {
    const lookUp = await lookUpWorkItem(db, word)
    if (lookUp.kind === 'found') return lookUp.item
  }
  return null
}
