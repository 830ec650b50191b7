import type { TokenUsage } from '../../domain/usage.ts'

/** Tokens as an emitter reports them. */
export interface ReportedUsage {
  input: number | null
  output: number | null
  total?: number | null
  cachedInput?: number | null
  cacheWrite?: number | null
  reasoning?: number | null
  /** The emitter's rule: whether `input` holds the cached and cache-write tokens. */
  cached: 'inclusive' | 'exclusive' | 'unknown'
  /** Whether `output` holds the reasoning tokens; inclusive where it is not said. */
  reasoned?: 'inclusive' | 'exclusive'
}

export interface NormalisedUsage {
  usage: TokenUsage | null
  ambiguity: string | null
}

/**
 * Inclusive input and output. More cached than input tokens can only be exclusive; so can a total that is the sum of all
 * parts; else the emitter's rule holds. Where it has none and tokens were cached, they are taken as included, as the
 * conventions say, and the usage is marked.
 */
export function normaliseUsage(reported: ReportedUsage | null | undefined): NormalisedUsage {
  if (!reported) return { usage: null, ambiguity: null }
  const cachedInput = whole(reported.cachedInput)
  const cacheWrite = whole(reported.cacheWrite)
  const reasoning = whole(reported.reasoning)
  const output = outputOf(whole(reported.output), reasoning, reported.reasoned)
  const total = whole(reported.total)
  const input = whole(reported.input) ?? (total !== null && output !== null && total >= output ? total - output : null)
  if ([input, output, cachedInput, cacheWrite, reasoning].every((tokens) => tokens === null)) {
    return { usage: null, ambiguity: null }
  }
  const aside = (cachedInput ?? 0) + (cacheWrite ?? 0)
  const exclusive =
    input !== null &&
    aside > 0 &&
    (aside > input ||
      reported.cached === 'exclusive' ||
      (reported.cached === 'unknown' && total !== null && total === input + aside + (output ?? 0)))
  return {
    usage: {
      inputTokens: exclusive ? input + aside : input,
      cachedInputTokens: cachedInput,
      cacheWriteTokens: cacheWrite,
      outputTokens: output,
      reasoningTokens: reasoning,
    },
    ambiguity: !exclusive && reported.cached === 'unknown' && aside > 0 ? 'cached_may_be_exclusive' : null,
  }
}

function outputOf(output: number | null, reasoning: number | null, reasoned: ReportedUsage['reasoned']): number | null {
  if (output === null || reasoning === null) return output
  return reasoned === 'exclusive' || reasoning > output ? output + reasoning : output
}

const MOST_TOKENS = 1e12

/** Counts that are no counts are unknown. */
function whole(tokens: number | null | undefined): number | null {
  if (tokens == null || !Number.isFinite(tokens) || tokens < 0 || tokens > MOST_TOKENS) return null
  return Math.round(tokens)
}

/** The sum of what is known of some parts, null where none is. */
export function sumKnown(parts: readonly (number | null | undefined)[]): number | null {
  const known = parts.filter((part): part is number => part != null)
  return known.length === 0 ? null : known.reduce((sum, part) => sum + part, 0)
}
