import type { FastifyPluginAsync } from 'fastify'

export interface HealthDependencies {
  /** Each part that must work before calls are taken. The promise rejects where it does not. */
  checks: Record<string, () => Promise<unknown>>
  /** What whoever runs it should know, and nothing waits for. */
  notes(): Promise<Record<string, string>>
  metricsText(): Promise<string>
  metricsContentType: string
}

/** `/healthz`: alive. `/readyz`: 200 when every part works, else 503 that names the part. `/metrics`: Prometheus text. */
export function healthRoutes(dependencies: HealthDependencies): FastifyPluginAsync {
  return async (app) => {
    app.get('/healthz', async () => ({ status: 'alive' }))
    app.get('/readyz', async (_request, reply) => {
      const parts = await Promise.all(
        Object.entries(dependencies.checks).map(async ([name, check]) => {
          const problem = await check().then(() => null, reasonOf)
          return [name, problem ?? 'ok'] as const
        }),
      )
      // What is only told must not make it look broken, nor look as if there were nothing to tell.
      const notes = await dependencies.notes().catch((error: unknown) => ({ notes: `not known: ${reasonOf(error)}` }))
      const ready = parts.every(([, state]) => state === 'ok')
      return reply
        .code(ready ? 200 : 503)
        .send({ status: ready ? 'ready' : 'not ready', ...Object.fromEntries(parts), ...notes })
    })
    app.get('/metrics', async (_request, reply) =>
      reply.header('content-type', dependencies.metricsContentType).send(await dependencies.metricsText()),
    )
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
