import type { FastifyPluginAsync } from 'fastify'
import { type Answer, AskRequest } from '../../domain/answer.ts'
import type { RequireScope } from '../authenticate.ts'
import { parseOrRefuse } from '../parse-or-refuse.ts'

const NEXT_STEP =
  'Send {"question": "why did claims cost spike last week?"}; asOf, knownAt, timezone, threadId and user are optional.'

/** `POST /api/ask`: a question in plain English, answered with figures that can be checked. */
export function askRoutes(dependencies: {
  ask(request: AskRequest): Promise<Answer>
  requireScope: RequireScope
}): FastifyPluginAsync {
  return async (app) => {
    app.post('/api/ask', { onRequest: dependencies.requireScope('read') }, async ({ body }) =>
      dependencies.ask(parseOrRefuse(AskRequest, body, NEXT_STEP)),
    )
  }
}
