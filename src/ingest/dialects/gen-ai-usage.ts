import type { Attributes } from '../otlp/raw-span.ts'
import { hasPrefix, numberAt, textAt } from './attributes.ts'
import type { ReportedUsage } from './normalise-usage.ts'

/** Providers whose own API counts cached tokens beside the input, so that instrumentations of them differ. */
const CACHES_ASIDE = /anthropic|bedrock|claude/i

const usage = (...names: string[]) => names.map((name) => `gen_ai.usage.${name}`)
/** Names of each count, the current one first. */
const NAMES = {
  input: usage('input_tokens', 'prompt_tokens'),
  output: usage('output_tokens', 'completion_tokens'),
  total: [...usage('total_tokens'), 'llm.usage.total_tokens'],
  cachedInput: usage(
    'cache_read.input_tokens',
    'cache_read_input_tokens',
    'input_tokens.cached',
    'details.cache_read_tokens',
    'details.cached_tokens',
  ),
  cacheWrite: usage(
    'cache_write.input_tokens',
    'cache_creation.input_tokens',
    'cache_creation_input_tokens',
    'details.cache_write_tokens',
  ),
  reasoning: usage(
    'reasoning.output_tokens',
    'reasoning_tokens',
    'output_tokens.reasoning',
    'details.reasoning_tokens',
  ),
}

/** Usage under the conventions' names, current and older. By the convention the input includes cached tokens. */
export function genAiUsage(attributes: Attributes): ReportedUsage | null {
  if (!hasPrefix(attributes, 'gen_ai.usage.', 'llm.usage.')) return null
  const read = (names: readonly string[]) => numberAt(attributes, ...names)
  const emitter = [
    textAt(attributes, 'gen_ai.provider.name', 'gen_ai.system'),
    textAt(attributes, 'gen_ai.response.model', 'gen_ai.request.model'),
  ].join(' ')
  const reported: ReportedUsage = {
    input: read(NAMES.input),
    output: read(NAMES.output),
    total: read(NAMES.total),
    cachedInput: read(NAMES.cachedInput),
    cacheWrite: read(NAMES.cacheWrite),
    reasoning: read(NAMES.reasoning),
    cached: CACHES_ASIDE.test(emitter) ? 'unknown' : 'inclusive',
  }
  const { cached: _rule, ...counts } = reported
  return Object.values(counts).some((tokens) => tokens !== null) ? reported : null
}
