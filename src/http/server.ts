import type { Server } from 'node:http'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Problem } from '../domain/problem.ts'
import { isUnstorableText } from '../store/is-unstorable-text.ts'
import { drainBody } from './drain-body.ts'
import { HttpError } from './http-error.ts'
import type { RequestHandler } from './open-port.ts'

export interface ServerOptions {
  logger: { error(details: object, message: string): void }
  /** Told of every answered request, for the metrics. */
  onAnswered(answer: { method: string; route: string; status: number; seconds: number }): void
  /** Where set, the server that already listens, and how to take over its requests. */
  port?: { server: Server; setHandler(handler: RequestHandler): void }
}

/** A Fastify with Docket's error bodies. Routes are registered by the caller; `ready()` begins to answer. */
export function createServer(options: ServerOptions): FastifyInstance {
  const { port } = options
  let answer: RequestHandler | undefined
  const app = fastify({
    logger: false,
    // An id of 255 characters, each of four bytes, each byte written %XX.
    routerOptions: { maxParamLength: 255 * 4 * 3 },
    ...(port && {
      serverFactory: (handler: RequestHandler) => {
        answer = handler
        return port.server
      },
    }),
  })
  // Not before every route is there: until then the caller's own handler answers.
  app.addHook('onReady', async () => {
    if (port && answer) port.setHandler(answer)
  })
  app.decorateRequest('apiKey', null)
  // Many clients name JSON with every call, those without a body too: nothing is then sent, which is no error of its own.
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body.length === 0 ? done(null, undefined) : parseJson(request, body.toString(), done),
  )
  app.addHook('onSend', async (request) => drainBody(request.raw))
  app.addHook('onResponse', async (request, reply) => {
    options.onAnswered({
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    })
  })
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      error: {
        code: 'not_found',
        message: `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
        nextStep: 'README.md lists the calls.',
      },
    }),
  )
  app.setErrorHandler((error: FastifyError | Error, request, reply) => answerError(error, request, reply, options))
  return app
}

function answerError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
  options: ServerOptions,
) {
  if (error instanceof HttpError) {
    const { code, message, nextStep, path } = error
    return reply.code(error.statusCode).send({ error: { code, message, nextStep, path } })
  }
  if (error instanceof Problem) {
    return reply.code(400).send({ error: { code: error.code, message: error.message, nextStep: error.nextStep } })
  }
  // Where a route does not clean texts itself: nothing was stored of the call, and the same call would fail again.
  if (isUnstorableText(error)) {
    const message = 'A text of the request holds a character that no database takes, such as a zero byte.'
    return reply.code(400).send({ error: { code: 'unstorable_text', message, nextStep: 'Leave it out.' } })
  }
  const statusCode = 'statusCode' in error ? (error.statusCode ?? 500) : 500
  if (statusCode < 500) {
    const code = ('code' in error ? error.code : 'bad_request').toLowerCase().replace(/^fst_(err_)?/, '')
    return reply.code(statusCode).send({ error: { code, message: error.message } })
  }
  // The reader gets an id to quote; what went wrong stays in the log, for it may hold data.
  options.logger.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'request failed')
  return reply.code(statusCode).send({
    error: {
      code: 'internal',
      message: 'Docket could not do this.',
      nextStep: `Try again; if it stays so, look for request ${request.id} in the log.`,
    },
  })
}
