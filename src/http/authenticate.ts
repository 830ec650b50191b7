import type { FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import type { Scope } from '../domain/access.ts'
import { HttpError } from './http-error.ts'

export interface ApiKey {
  id: string
  name: string
  scopes: readonly Scope[]
}

declare module 'fastify' {
  interface FastifyRequest {
    apiKey: ApiKey | null
  }
}

export type RequireScope = (scope: Scope) => preHandlerAsyncHookHandler

/**
 * `Authorization: Bearer KEY`, or Basic with the key as password. No key or an unknown one: 401; a key without the
 * scope: 403. An admin key may do everything.
 */
export function createRequireScope(findKey: (key: string) => Promise<ApiKey | null>): RequireScope {
  return (scope) => async (request: FastifyRequest, reply: FastifyReply) => {
    const key = keyOf(request.headers.authorization)
    const found = key === null ? null : await findKey(key)
    if (!found) {
      reply.header('www-authenticate', 'Bearer realm="docket", Basic realm="docket"')
      throw new HttpError(
        401,
        key === null ? 'missing_key' : 'unknown_key',
        key === null ? 'This call needs a key.' : 'This key is not known, or was revoked.',
        `Send "Authorization: Bearer KEY"; make a key with: npm run docket -- keys create --scope ${scope}`,
      )
    }
    if (!found.scopes.includes(scope) && !found.scopes.includes('admin')) {
      throw new HttpError(
        403,
        'wrong_scope',
        `This call needs the scope "${scope}"; the key "${found.name}" has ${found.scopes.join(', ')}.`,
        `Make another key with: npm run docket -- keys create --scope ${scope}`,
      )
    }
    request.apiKey = found
  }
}

function keyOf(authorization: string | undefined): string | null {
  const [scheme, credentials] = authorization?.trim().split(/\s+/, 2) ?? []
  if (!scheme || !credentials) return null
  if (scheme.toLowerCase() === 'bearer') return credentials
  if (scheme.toLowerCase() !== 'basic') return null
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  return colon < 0 ? null : decoded.slice(colon + 1)
}
