import { ErrorCode, type RespondFn } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import { renderChart } from '../charts/render-chart.ts'
import type { Block } from '../domain/answer.ts'
import type { SlackLog } from './dependencies.ts'
import { withoutNativeBlocks } from './without-native-blocks.ts'

/** Slack's words for "I do not take these blocks". */
const REFUSED_BLOCKS = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'unsupported_block'])

export interface OutgoingMessage {
  channel: string
  thread_ts?: string
  text: string
  blocks: Block[]
}

/**
 * Posts a message and gives its ts. Where Slack refuses the blocks (a workspace without charts or data tables), it is sent again
 * in plain blocks, with its charts as pictures in the thread.
 */
export async function postMessage(client: WebClient, message: OutgoingMessage, log: SlackLog): Promise<string> {
  const post = async (blocks: Block[]) => {
    const posted = await client.chat.postMessage({ ...message, blocks, unfurl_links: false, unfurl_media: false })
    if (!posted.ts) throw new Error('Slack took a message and named no ts')
    return posted.ts
  }
  try {
    return await post(message.blocks)
  } catch (error) {
    if (!refusesBlocks(error)) throw error
    log.warn({ err: error, channel: message.channel }, 'Slack refused the blocks; sending plain ones')
  }
  const plain = withoutNativeBlocks(message.blocks)
  const ts = await post(plain.blocks)
  for (const chart of plain.charts) {
    await client.files.uploadV2({
      channel_id: message.channel,
      thread_ts: message.thread_ts ?? ts,
      file: Buffer.from(await renderChart(chart)),
      filename: 'chart.png',
      title: chart.title,
      alt_text: chart.title,
    } as Parameters<WebClient['files']['uploadV2']>[0])
  }
  return ts
}

/** Answers through a response URL, with the same fall-back; pictures cannot be sent that way. */
export async function respondWith(
  respond: RespondFn,
  message: { text: string; blocks: Block[]; response_type?: 'ephemeral' | 'in_channel'; replace_original?: boolean },
  log: SlackLog,
): Promise<void> {
  try {
    await respond(message)
  } catch (error) {
    if ((error as { code?: string }).code !== ErrorCode.RespondError) throw error
    log.warn({ err: error }, 'Slack refused a response; sending plain blocks')
    await respond({ ...message, blocks: withoutNativeBlocks(message.blocks).blocks })
  }
}

function refusesBlocks(error: unknown): boolean {
  const data = (error as { data?: { error?: string } }).data
  return data?.error !== undefined && REFUSED_BLOCKS.has(data.error)
}
