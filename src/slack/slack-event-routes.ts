import type { HTTPReceiver } from '@slack/bolt'
import type { FastifyPluginAsync } from 'fastify'

/**
 * Mounts Bolt's HTTP receiver on Docket's own server at `/slack/events`. The receiver checks Slack's signature over the
 * raw body, so nothing may read the body before it.
 */
export function slackEventRoutes(receiver: HTTPReceiver): FastifyPluginAsync {
  return async (server) => {
    server.removeAllContentTypeParsers()
    server.addContentTypeParser('*', (_request, _payload, done) => done(null))
    server.post('/slack/events', (request, reply) => {
      reply.hijack()
      receiver.requestListener(request.raw, reply.raw)
    })
  }
}
