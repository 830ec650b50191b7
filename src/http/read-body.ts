import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { BodyTooLong, collectBody } from './collect-body.ts'
import { HttpError } from './http-error.ts'

/** Before and after decompression: what contract.md and the OTLP specification say. */
export const BODY_LIMIT = 20 * 1024 * 1024

const LIMITS = { maxOutputLength: BODY_LIMIT }
const decompress = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  rawDeflate: promisify(inflateRaw),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
}

/** Makes a plugin's routes take bodies of any type as raw bytes up to the limit: what they mean is for the route. */
export function takeRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', async (_request: FastifyRequest, payload: IncomingMessage) => {
    try {
      return await collectBody(payload, BODY_LIMIT)
    } catch (error) {
      if (error instanceof BodyTooLong) throw tooLarge()
      throw new HttpError(400, 'broken_body', 'The body broke off before its end.', 'Send it again.')
    }
  })
}

/** The body, decompressed. Throws an HttpError: 413 too large, 415 unknown encoding, 400 not what its encoding says. */
export async function readBody(request: FastifyRequest): Promise<Buffer> {
  const sent = rawBody(request)
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '' || sent.length === 0) return sent
  try {
    switch (encoding) {
      case 'gzip':
      case 'x-gzip':
        return await decompress.gzip(sent, LIMITS)
      case 'deflate':
        // By the RFC it is zlib's format; some senders leave its header out.
        return (sent[0]! & 0x0f) === 8 && ((sent[0]! << 8) | (sent[1] ?? 0)) % 31 === 0
          ? await decompress.deflate(sent, LIMITS)
          : await decompress.rawDeflate(sent, LIMITS)
      case 'br':
        return await decompress.br(sent, LIMITS)
      case 'zstd':
        return await decompress.zstd(sent, LIMITS)
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new HttpError(
      400,
      'unreadable_body',
      `The body is not valid ${encoding}.`,
      'Check the Content-Encoding header.',
    )
  }
  throw new HttpError(
    415,
    'unknown_encoding',
    `The encoding "${encoding}" is not known.`,
    'Send gzip, deflate or identity.',
  )
}

/** As sent: what a signature covers. */
export function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}

export function tooLarge(): HttpError {
  return new HttpError(
    413,
    'body_too_large',
    `The body is over ${BODY_LIMIT} bytes, before or after decompression.`,
    'Send it in several calls.',
  )
}
