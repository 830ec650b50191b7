import { describe, expect, it } from 'vitest'
import { callOf } from '../../src/attribution/counted-call.ts'
import { priceCall } from '../../src/attribution/price-call.ts'
import type { ContractPrice } from '../../src/domain/contract-price.ts'
import type { StoredSpan } from '../../src/store/queries/stored-span.ts'
import { at, buildSpan, tokens } from '../support/build-span.ts'

const contract = (draft: Partial<ContractPrice>): ContractPrice => ({
  id: 'p',
  workflow: null,
  provider: null,
  model: 'gpt-4.1',
  serviceTier: null,
  inputPerMillion: 1,
  cachedInputPerMillion: null,
  cacheWritePerMillion: null,
  outputPerMillion: 4,
  reasoningPerMillion: null,
  validFrom: at(-100),
  validUntil: null,
  recordedAt: at(-100),
  recordedBy: 'admin',
  ...draft,
})

function price(draft: Partial<StoredSpan>, contractPrices: ContractPrice[] = []) {
  const found = priceCall(callOf(buildSpan({ spanId: 's', ...draft })), 'claims', { contractPrices })
  return found && { dollars: Number((found.micros / 1_000_000).toPrecision(12)), source: found.source }
}

const usage = tokens(9120, 410)
const million = { ...tokens(1_000_000, 100_000), cachedInputTokens: 400_000 }

describe('priceCall', () => {
  it('prices cached input by the catalogue', () => {
    // gpt-4.1: $2 in, $0.50 cached, $8 out per million. 5024 × 2 + 4096 × 0.5 + 410 × 8 = 15,376 micro-dollars.
    expect(price({ model: 'gpt-4.1', provider: 'openai', usage: { ...usage, cachedInputTokens: 4096 } })).toEqual({
      dollars: 0.015376,
      source: 'catalogue',
    })
  })

  it('knows plain names, dated names, and names with a provider in front or none at all', () => {
    // gpt-4o: 600,000 × $2.50/M + 400,000 × $1.25/M + 100,000 × $10/M = $3.
    for (const [model, provider] of [
      ['gpt-4o', null],
      ['gpt-4o-2024-08-06', 'openai.chat'],
      ['openai/gpt-4o', null],
      ['gpt-4o', 'azure.ai.openai'],
      ['gpt-4o', 'litellm'],
      ['GPT-4o', 'OpenAI'],
    ] as const) {
      expect([model, provider, price({ model, provider, usage: million })?.dollars]).toEqual([model, provider, 3])
    }
    expect(price({ model: 'gpt-4.1', usage: million })?.dollars).toBe(2.2)
    // A claude-sonnet-4-5 call of 100,000 in, 40,000 of them cached, 10,000 out: 60,000 × $3 + 40,000 × $0.30 + 10,000 × $15.
    const small = { ...tokens(100_000, 10_000), cachedInputTokens: 40_000 }
    expect(price({ model: 'claude-sonnet-4-5', usage: small })?.dollars).toBe(0.342)
    // Written to the cache: 50,000 × $3 + 50,000 × $3.75 per million, no output.
    const written = { ...tokens(100_000, 0), cacheWriteTokens: 50_000 }
    expect(price({ model: 'claude-sonnet-4-5-20250929', provider: 'anthropic', usage: written })?.dollars).toBe(0.3375)
  })

  it('takes the price of the time of the call', () => {
    // o3 fell from $10/$40 to $2/$8 per million on 2025-06-10; cached input stayed at $0.50.
    const before = price({ model: 'o3', usage: tokens(1_000_000, 0), startedAt: new Date('2025-05-01T00:00:00Z') })
    const after = price({ model: 'o3', usage: tokens(1_000_000, 0), startedAt: new Date('2025-09-01T00:00:00Z') })
    expect([before?.dollars, after?.dollars]).toEqual([10, 2])
  })

  it('takes half the price for batches, and knows no price for other tiers', () => {
    expect(price({ model: 'gpt-4o', usage: million, serviceTier: 'batch' })?.dollars).toBe(1.5)
    expect(price({ model: 'gpt-4o', usage: million, serviceTier: 'default' })?.dollars).toBe(3)
    expect(price({ model: 'gpt-4o', usage: million, serviceTier: 'priority' })).toBeNull()
  })

  it('does not know what it cannot know', () => {
    expect(price({ model: 'acme-llm', usage })).toBeNull()
    expect(price({ model: null, usage })).toBeNull()
    expect(price({ model: 'gpt-4o', usage: null })).toBeNull()
    expect(price({ model: 'gpt-4o', usage: tokens(100, null) })).toBeNull()
    expect(price({ model: 'gpt-4o', usage: tokens(null, 100) })).toBeNull()
    expect(price({ model: 'gpt-4o', usage: { ...tokens(10, 1), cachedInputTokens: 20 } })).toBeNull()
    // An embedding has no output: 1,000,000 × $0.02/M.
    const embedding = { kind: 'embedding', provider: 'openai', model: 'text-embedding-3-small' } as const
    expect(price({ ...embedding, usage: tokens(1_000_000, null) })?.dollars).toBe(0.02)
  })

  it('believes the emitter before the catalogue, and its 0 only where somebody wrote it', () => {
    expect(price({ model: 'gpt-4o', usage, costUsd: 0.5 })).toEqual({ dollars: 0.5, source: 'emitter' })
    expect(price({ model: 'acme-llm', usage, costUsd: 0, dialect: 'docket' })).toEqual({
      dollars: 0,
      source: 'emitter',
    })
    expect(price({ model: 'acme-llm', usage, costUsd: 0, dialect: 'openinference' })).toBeNull()
    expect(price({ usage: null, costUsd: 0.25, dialect: 'openinference' })?.dollars).toBe(0.25)
    expect(price({ usage: null, costUsd: -1 })).toBeNull()
    expect(price({ usage: null, costUsd: 1e300 })).toBeNull()
  })

  it('takes the contract price before all, the most specific and latest first', () => {
    // 9120 × $1/M + 410 × $4/M = 10,760 micro-dollars.
    const call = { model: 'gpt-4.1-2025-04-14', provider: 'openai', usage, costUsd: 0.5 }
    expect(price(call, [contract({})])).toEqual({ dollars: 0.01076, source: 'contract' })
    const prices = [
      contract({ id: 'a', workflow: 'claims', inputPerMillion: 2 }),
      contract({ id: 'b', provider: 'openai', inputPerMillion: 3 }),
      contract({ id: 'c', workflow: 'claims', validFrom: at(-50), inputPerMillion: 5 }),
      contract({ id: 'd', workflow: 'tickets', inputPerMillion: 7 }),
      contract({ id: 'e', workflow: 'claims', validFrom: at(50), inputPerMillion: 9 }),
      contract({ id: 'f', workflow: 'claims', validFrom: at(-40), validUntil: at(0), inputPerMillion: 11 }),
    ]
    // 'c' holds: 9120 × $5/M + 410 × $4/M = 47,240 micro-dollars.
    expect(price(call, prices)?.dollars).toBe(0.04724)
    expect(price(call, prices.toReversed())?.dollars).toBe(0.04724)
  })

  it('prices every part of the usage by the contract, and passes on what the contract does not cover', () => {
    const parts = { ...tokens(1000, 500), cachedInputTokens: 300, cacheWriteTokens: 200, reasoningTokens: 100 }
    const full = contract({ cachedInputPerMillion: 0.5, cacheWritePerMillion: 2, reasoningPerMillion: 8 })
    // 500 × 1 + 300 × 0.5 + 200 × 2 + 400 × 4 + 100 × 8 = 3,450 micro-dollars.
    expect(price({ model: 'gpt-4.1', usage: parts }, [full])?.dollars).toBe(0.00345)
    // Without a price of output: the catalogue's 700 × $2/M … is used, since the contract covers only a part.
    expect(price({ model: 'gpt-4.1', usage: parts }, [contract({ outputPerMillion: null })])?.source).toBe('catalogue')
    const batch = contract({ serviceTier: 'batch' })
    expect(price({ model: 'gpt-4.1', usage, serviceTier: 'batch' }, [batch])?.source).toBe('contract')
    expect(price({ model: 'gpt-4.1', usage }, [batch])?.source).toBe('catalogue')
  })
})
