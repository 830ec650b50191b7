import type { WebClient } from '@slack/web-api'
import type { Block } from '../domain/answer.ts'
import { markUsed } from './blocks/mark-used.ts'
import type { RuleFormSource } from './blocks/rule-form.ts'
import type { SlackDependencies } from './dependencies.ts'
import { section } from './message.ts'
import { tellAboutForm } from './tell-about-form.ts'

/**
 * A rule concerns everybody, so what became of it is said in the channel, and the button that led to it is replaced by who
 * used it. Where Docket may not speak there, the person is told alone. Both texts are escaped mrkdwn.
 */
export async function announceRule(
  { clock, log }: SlackDependencies,
  client: WebClient,
  { channel, message }: RuleFormSource,
  user: string,
  said: { deed: string; text: string },
): Promise<void> {
  const words = { text: said.text, blocks: [section(said.text)] }
  if (channel === null || channel.startsWith('D')) return tellAboutForm(client, user, channel)(words)
  const root = message && (await findMessage(client, channel, message.ts))
  try {
    await client.chat.postMessage({ channel, ...(root && { thread_ts: root.threadTs }), ...words })
  } catch (error) {
    log.warn({ err: error, channel }, 'Could not speak in the channel; the person is told alone')
    await tellAboutForm(client, user, channel)(words)
  }
  if (!message || !root) return
  const blocks = markUsed(root.blocks, message.actionId, said.deed, user, clock())
  if (blocks.length > 0) await client.chat.update({ channel, ts: message.ts, text: root.text, blocks })
}

interface Found {
  threadTs: string
  text: string
  blocks: Block[]
}

async function findMessage(client: WebClient, channel: string, ts: string): Promise<Found | null> {
  const { messages } = await client.conversations.replies({ channel, ts, latest: ts, inclusive: true, limit: 200 })
  const found = messages?.find((message) => message.ts === ts)
  if (!found) return null
  return { threadTs: found.thread_ts ?? ts, text: found.text ?? '', blocks: (found.blocks ?? []) as unknown as Block[] }
}
