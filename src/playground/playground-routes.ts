import type { ServerResponse } from 'node:http'
import type { FastifyPluginAsync } from 'fastify'
import { refuseForeignRequest } from './check-origin.ts'
import type { Playground } from './create-playground.ts'
import { describeState, type PlaygroundCommand, type PlaygroundShortcut } from './describe-state.ts'
import { loadAsset } from './page-assets.ts'
import { playgroundCalls } from './playground-calls.ts'
import { USERS } from './workspace.ts'

export interface PlaygroundRoutesOptions {
  playground: Playground
  /** Of the manifest: what the composer completes and the message menu offers. */
  commands: PlaygroundCommand[]
  shortcuts: PlaygroundShortcut[]
  /** Host names besides loopback ones. */
  allowedHosts: readonly string[]
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Serves the page at `/` and what it calls under `/playground/`. */
export function playgroundRoutes(options: PlaygroundRoutesOptions): FastifyPluginAsync {
  const { playground, commands, shortcuts, allowedHosts } = options
  return async (server) => {
    server.addHook('onRequest', async (request, reply) => {
      const { host, origin, 'sec-fetch-site': site } = request.headers
      const refusal = refuseForeignRequest(
        {
          method: request.method,
          address: request.socket.remoteAddress,
          host,
          origin,
          site: typeof site === 'string' ? site : undefined,
        },
        allowedHosts,
      )
      if (refusal !== null) return reply.code(403).send({ error: { code: 'foreign_request', message: refusal } })
    })

    // An open stream would keep a stopping server waiting for ever.
    const streams = new Set<ServerResponse>()
    server.addHook('preClose', async () => {
      for (const stream of streams) stream.end()
    })

    server.get('/', async (_request, reply) => {
      const page = await loadAsset('index.html')
      return reply
        .header('content-security-policy', POLICY)
        .header('x-content-type-options', 'nosniff')
        .type(page!.type)
        .send(page!.body)
    })
    server.get<{ Params: { '*': string } }>('/playground/page/*', async (request, reply) => {
      const asset = await loadAsset(request.params['*'])
      if (!asset) return reply.code(404).send({ error: { code: 'not_found', message: 'No such file.' } })
      return reply
        .header('cache-control', 'no-cache')
        .header('x-content-type-options', 'nosniff')
        .type(asset.type)
        .send(asset.body)
    })
    server.get<{ Params: { id: string } }>('/playground/files/:id', async (request, reply) => {
      const file = playground.context.session.files.get(request.params.id)
      if (!file) return reply.code(404).send({ error: { code: 'not_found', message: 'No such file.' } })
      return reply.header('x-content-type-options', 'nosniff').type('image/png').send(Buffer.from(file.bytes))
    })

    server.get<{ Querystring: { user?: string } }>('/playground/state', async (request, reply) => {
      const user = USERS.find((known) => known.id === request.query.user) ?? USERS[0]!
      const messages = await playground.context.store.list()
      const offers = { commands, shortcuts, refusals: playground.refusals }
      return reply
        .header('cache-control', 'no-store')
        .send(describeState(user.id, messages, playground.context.session, offers))
    })

    server.get('/playground/events', (request, reply) => {
      reply.hijack()
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        connection: 'keep-alive',
      })
      const send = () => reply.raw.write('event: change\ndata: {}\n\n')
      streams.add(reply.raw)
      const beat = setInterval(() => reply.raw.write(': beat\n\n'), 20_000)
      playground.changes.on('change', send)
      send()
      request.raw.on('close', () => {
        clearInterval(beat)
        streams.delete(reply.raw)
        playground.changes.off('change', send)
      })
    })

    await server.register(
      playgroundCalls(
        playground.context,
        commands.map((command) => command.command),
      ),
    )
  }
}
