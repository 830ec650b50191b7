import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { clickInHome, clickInMessage, runShortcut } from './interactions/click.ts'
import type { InteractionContext } from './interactions/context.ts'
import { runCommand } from './interactions/run-command.ts'
import { openAppHome, saySomething } from './interactions/say-something.ts'
import { closeView, submitView } from './interactions/submit-view.ts'
import { SlackRefusal } from './slack-refusal.ts'
import { directChannelOf } from './workspace.ts'

const id = z.string().min(1).max(255)
const said = z.strictObject({ user: id, channel: id, text: z.string().max(40_000), threadTs: id.nullable() })
const action = { blockId: id, actionId: id, value: z.string().max(3000).nullable() }

/** What people do in the page, turned into what Slack would send to the app. */
export function playgroundCalls(context: InteractionContext, commands: readonly string[]): FastifyPluginAsync {
  return async (server) => {
    const call = <Schema extends z.ZodType>(
      path: string,
      schema: Schema,
      run: (body: z.infer<Schema>) => Promise<unknown>,
    ) =>
      server.post(`/playground/${path}`, async (request, reply) => {
        const body = schema.safeParse(request.body)
        if (!body.success) return reply.code(400).send({ ok: false, error: z.prettifyError(body.error) })
        try {
          return { ok: true, result: (await run(body.data)) ?? null }
        } catch (error) {
          if (!(error instanceof SlackRefusal)) throw error
          return reply.code(409).send({ ok: false, error: error.message })
        }
      })

    call('say', said, async (body) => {
      if (body.text.trim().startsWith('/')) return runCommand(context, { ...body, known: commands })
      return (await saySomething(context, body)).ts
    })
    call('click', z.strictObject({ user: id, channel: id, ts: id, ...action }), (body) => clickInMessage(context, body))
    call('click-home', z.strictObject({ user: id, ...action }), (body) => clickInHome(context, body))
    call('shortcut', z.strictObject({ user: id, callbackId: id, channel: id, ts: id }), (body) =>
      runShortcut(context, body),
    )
    call('open-app', z.strictObject({ user: id, tab: z.enum(['home', 'messages']) }), (body) =>
      openAppHome(context, body.user, directChannelOf(body.user), body.tab),
    )
    call(
      'submit-view',
      z.strictObject({
        user: id,
        viewId: id,
        values: z.record(z.string(), z.union([z.string().max(3000), z.array(z.string().max(300)), z.null()])),
      }),
      (body) => submitView(context, body),
    )
    call('close-view', z.strictObject({ user: id }), async (body) => closeView(context, body.user))
  }
}
