import type { Click } from './action-context.ts'
import { markUsed } from './blocks/mark-used.ts'
import type { BlockActionArgs, SlackDependencies } from './dependencies.ts'

/** Replaces a used button by who did what and when. `deed` is escaped mrkdwn. */
export async function markButtonUsed(
  { clock }: SlackDependencies,
  { body, client, respond }: BlockActionArgs,
  click: Click,
  deed: string,
): Promise<void> {
  const actionId = body.actions[0]?.action_id ?? ''
  if (click.messageTs === null) return
  const blocks = markUsed(click.messageBlocks, actionId, deed, click.user, clock())
  if (blocks.length === 0) await respond({ delete_original: true })
  else await client.chat.update({ channel: click.channel, ts: click.messageTs, text: click.messageText, blocks })
}
