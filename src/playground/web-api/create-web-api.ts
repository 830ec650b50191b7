import { RESPONSE_URL } from '../session.ts'
import { SlackRefusal } from '../slack-refusal.ts'
import { readArguments } from './arguments.ts'
import { chatMethods } from './chat.ts'
import type { Method, WebApiContext } from './context.ts'
import { directoryMethods } from './directory.ts'
import { fileMethods, UPLOAD_URL } from './files.ts'
import { respondTo } from './respond.ts'
import { viewMethods } from './views.ts'

const METHODS: Record<string, Method> = { ...chatMethods, ...viewMethods, ...directoryMethods, ...fileMethods }
const API = 'https://slack.com/api/'

/** What was refused, and why: the page shows it, so that a fault in our own blocks is seen while trying things out. */
export interface Refusal {
  method: string
  error: string
  messages: string[]
}

/**
 * A `fetch` that stands in for Slack: give it to Bolt's `clientOptions.fetch`. It reaches no network; a method that it does not
 * know is refused as Slack would, with `unknown_method`.
 */
export function createWebApi(context: WebApiContext, onRefusal: (refusal: Refusal) => void): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (url.startsWith(UPLOAD_URL)) return upload(context, url.slice(UPLOAD_URL.length), init?.body)
    const isResponse = url.startsWith(RESPONSE_URL)
    const method = isResponse ? 'response_url' : url.startsWith(API) ? url.slice(API.length) : url
    try {
      if (isResponse) {
        await respondTo(context, url.slice(RESPONSE_URL.length), JSON.parse(String(init?.body ?? '{}')))
        return new Response('ok', { status: 200 })
      }
      const run = METHODS[method]
      if (!run) throw new SlackRefusal('unknown_method', [`[ERROR] the playground has no ${method}`])
      return Response.json({ ok: true, ...(await run(context, readArguments(init?.body))) })
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error
      onRefusal({ method, error: error.code, messages: error.messages })
      if (isResponse) return new Response(error.code, { status: error.code === 'invalid_blocks' ? 400 : 404 })
      return Response.json({ ok: false, error: error.code, response_metadata: { messages: error.messages } })
    }
  }
}

async function upload({ session }: WebApiContext, id: string, body: unknown): Promise<Response> {
  const file = session.files.get(id)
  if (!file) return new Response('not found', { status: 404 })
  const form = await new Response(body as never).formData().catch(() => null)
  const part = form ? [...form.values()].find((value) => typeof value !== 'string') : null
  file.bytes = part
    ? new Uint8Array(await (part as Blob).arrayBuffer())
    : new Uint8Array(await new Response(body as never).arrayBuffer())
  return new Response('OK', { status: 200 })
}
