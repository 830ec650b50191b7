import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { FastifyPluginAsync } from 'fastify'
import type { RequireScope } from '../authenticate.ts'
import { createMcpServer, type McpDependencies } from '../mcp-server.ts'

/**
 * `POST /mcp`: the Model Context Protocol over streamable HTTP, without sessions, so that any replica answers any call.
 * Needs the scope `read`.
 */
export function mcpRoutes(dependencies: McpDependencies & { requireScope: RequireScope }): FastifyPluginAsync {
  return async (app) => {
    const preHandler = dependencies.requireScope('read')
    app.post('/mcp', { preHandler }, async (request, reply) => {
      const server = createMcpServer(dependencies, request.headers)
      const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
      reply.raw.on('close', () => void server.close())
      await server.connect(transport)
      // The transport writes the answer itself.
      reply.hijack()
      await transport.handleRequest(request.raw, reply.raw, request.body)
    })
    // Without sessions there is no stream to listen to, and none to end.
    app.route({
      method: ['GET', 'DELETE'],
      url: '/mcp',
      preHandler,
      handler: async (_request, reply) =>
        reply
          .code(405)
          .header('allow', 'POST')
          .send({ jsonrpc: '2.0', error: { code: -32_000, message: 'Use POST: there are no sessions.' }, id: null }),
    })
  }
}
