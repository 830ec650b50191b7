import { newId } from '../session.ts'
import { SlackRefusal } from '../slack-refusal.ts'
import { BOT, isChannel } from '../workspace.ts'
import { requireArgument } from './arguments.ts'
import type { Method } from './context.ts'

export const UPLOAD_URL = 'https://files.playground.invalid/upload/'

/** Uploads in Slack's three steps: an address, the bytes, and the message that shows them. */
export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': async ({ session }, args) => {
    const id = newId('F')
    session.files.set(id, { name: requireArgument(args, 'filename'), title: '', bytes: new Uint8Array() })
    return { file_id: id, upload_url: `${UPLOAD_URL}${id}` }
  },
  'files.completeUploadExternal': async ({ session, store }, args) => {
    const channel = requireArgument(args, 'channel_id')
    if (!isChannel(channel)) throw new SlackRefusal('channel_not_found')
    const files = ((args.files ?? []) as { id: string; title?: string }[]).map(({ id, title }) => {
      const file = session.files.get(id)
      if (!file || file.bytes.length === 0) throw new SlackRefusal('file_not_found')
      file.title = title ?? file.name
      return { id, name: file.name, title: file.title }
    })
    await store.add({
      channel,
      threadTs: typeof args.thread_ts === 'string' ? args.thread_ts : null,
      user: BOT.userId,
      ephemeralTo: null,
      message: { text: files.map((file) => file.title).join(', '), files },
    })
    return { files }
  },
}
