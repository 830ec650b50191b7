import { calcPrice, findProvider, type Provider } from '@pydantic/genai-prices'
import { tierOf } from '../domain/service-tier.ts'
import type { TokenUsage } from '../domain/usage.ts'

/** What the public price catalogue needs to know of a call. */
export interface CatalogueQuery {
  model: string
  provider: string | null
  at: Date
  usage: TokenUsage
  serviceTier: string | null
}

/** Names of providers on the wire that the catalogue knows under another one. */
const PROVIDER_ALIASES: Record<string, string> = {
  'azure.ai.openai': 'azure',
  'az.ai.openai': 'azure',
  azure_openai: 'azure',
  azure_ai: 'azure',
  x_ai: 'x-ai',
}
const CLIENT_SUFFIX = /\.(?:chat|completion|completions|responses|messages|embedding|embeddings|generative-ai)$/
/**
 * The catalogue has standard prices only. These providers publish their batch prices as half of them (OpenAI's flex
 * processing too); other tiers have no general rule, so their price is unknown.
 */
const HALF_PRICE_TIERS: Record<string, readonly string[]> = {
  openai: ['batch', 'flex'],
  azure: ['batch'],
  anthropic: ['batch'],
  google: ['batch'],
  aws: ['batch'],
  mistral: ['batch'],
}

/**
 * Real-valued dollars of a call at the catalogue's price at its time, from the data bundled with the package (no
 * network). Null: the model, its price tier, or a needed token count is unknown.
 */
export function priceFromCatalogue(query: CatalogueQuery): number | null {
  const usage = toCatalogueUsage(query.usage)
  if (!usage) return null
  const entry = entryOf(query)
  const price = entry && calcPrice(usage, entry.model, { timestamp: query.at, provider: entry.provider })
  if (!price) return null
  const share = tierShare(query.serviceTier, price.provider.id)
  return share === null ? null : price.total_price * share
}

/** A model of the catalogue under the name by which it was found, at a provider that has only this one. */
interface CatalogueEntry {
  model: string
  provider: Provider
}

const entries = new Map<string, CatalogueEntry | null>()
/** Names come from senders: more than these are looked up anew. */
const MOST_ENTRIES = 10_000

/** Found once: the catalogue goes through all its models, and checks all of a provider's, for each call. */
function entryOf(query: CatalogueQuery): CatalogueEntry | null {
  const key = JSON.stringify([query.provider, query.model])
  const known = entries.get(key)
  if (known !== undefined) return known
  if (entries.size >= MOST_ENTRIES) entries.clear()
  const found = findEntry(query)
  entries.set(key, found)
  return found
}

function findEntry(query: CatalogueQuery): CatalogueEntry | null {
  for (const { model, provider } of spellings(query)) {
    const price = calcPrice({}, model, { timestamp: query.at, ...(provider && { provider }) })
    if (price) return { model, provider: { ...price.provider, models: [price.model] } }
  }
  return null
}

/** The part of the standard price that a tier costs; null where no rule is known. */
function tierShare(tier: string | null, providerId: string): number | null {
  const name = tierOf(tier)
  if (name === null) return 1
  return HALF_PRICE_TIERS[providerId]?.includes(name) ? 0.5 : null
}

/**
 * The catalogue counts cached tokens within the input, as Docket does. Null where parts exceed the whole: such a usage
 * cannot be priced.
 */
function toCatalogueUsage(usage: TokenUsage): Record<string, number> | null {
  const cached = usage.cachedInputTokens ?? 0
  const written = usage.cacheWriteTokens ?? 0
  if (cached + written > (usage.inputTokens ?? 0)) return null
  return {
    input_tokens: usage.inputTokens ?? 0,
    output_tokens: usage.outputTokens ?? 0,
    ...(cached > 0 && { cache_read_tokens: cached }),
    ...(written > 0 && { cache_write_tokens: written }),
  }
}

interface Spelling {
  model: string
  provider: Provider | undefined
}

/**
 * Ways to read a call's model, the surest first: at its provider, at the provider in front of its name
 * (`openai/gpt-4o`), and by the name alone. The last also covers gateways and clients that name themselves as provider:
 * the model's price at its maker.
 */
function spellings({ model, provider }: CatalogueQuery): Spelling[] {
  const named = providerOf(provider)
  const slash = model.indexOf('/')
  const prefix = slash < 0 ? undefined : providerOf(model.slice(0, slash))
  const bare = model.slice(slash + 1)
  return [
    ...(named ? [{ model, provider: named }] : []),
    ...(prefix ? [{ model: bare, provider: prefix }] : []),
    { model, provider: undefined },
    ...(slash < 0 ? [] : [{ model: bare, provider: undefined }]),
  ]
}

const providers = new Map<string, Provider | undefined>()

function providerOf(name: string | null): Provider | undefined {
  if (!name) return undefined
  if (!providers.has(name)) {
    const plain = name.toLowerCase().replace(CLIENT_SUFFIX, '')
    providers.set(name, findProvider({ providerId: PROVIDER_ALIASES[plain] ?? plain }))
  }
  return providers.get(name)
}
