import type { Attributes } from '../otlp/raw-span.ts'
import { parsedJson, textAt } from './attributes.ts'

/**
 * The price tier that a request or an answer of a model names, given as an object or its JSON: OpenAI's `service_tier`,
 * Anthropic's inside `usage`, the AI SDK's `serviceTier`.
 */
export function tierIn(value: unknown): string | null {
  // Most payloads have none, and parsing is dear.
  if (typeof value === 'string' && !/service_?tier/i.test(value)) return null
  const object = asObject(parsedJson(value))
  if (!object) return null
  return textAt(object, 'service_tier', 'serviceTier') ?? textAt(asObject(object.usage) ?? {}, 'service_tier')
}

/** The tier in the AI SDK's `providerMetadata`, whose members are named after providers. */
export function tierOfProvider(value: unknown): string | null {
  if (typeof value === 'string' && !/service_?tier/i.test(value)) return null
  const providers = Object.values(asObject(parsedJson(value)) ?? {})
  return providers.map(tierIn).find((tier) => tier !== null) ?? null
}

const KNOWN = /^(?:batch|flex|priority|fast|ultrafast|scale|standard|default|auto)$/i

/** A tier among what people attach under their own names, where a `service_tier` may as well be a customer's "gold". */
export function tierAmongMetadata(metadata: Attributes): string | null {
  const tier = textAt(metadata, 'service_tier', 'serviceTier')
  return tier !== null && KNOWN.test(tier) ? tier : null
}

function asObject(value: unknown): Attributes | null {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Attributes) : null
}
