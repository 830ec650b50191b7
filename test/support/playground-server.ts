import Fastify from 'fastify'
import { playgroundRoutes } from '../../src/playground/playground-routes.ts'
import { readManifest } from '../../src/slack/manifest.ts'
import type { Db } from '../../src/store/client.ts'
import { createSlackHarness, type SlackHarness } from './slack-harness.ts'

export interface PlaygroundServer extends SlackHarness {
  url: string
  close(): Promise<void>
}

/** The playground's page on a free port of loopback, with the real Bolt app behind it. */
export async function startPlaygroundServer(db: Db): Promise<PlaygroundServer> {
  const harness = createSlackHarness(db)
  const { commands, shortcuts } = await readManifest()
  const server = Fastify({ forceCloseConnections: true })
  await server.register(playgroundRoutes({ playground: harness.playground, commands, shortcuts, allowedHosts: [] }))
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    ...harness,
    url,
    close: async () => {
      await harness.slack.stop()
      await server.close()
    },
  }
}
