import type { Attributes } from '../otlp/raw-span.ts'
import { numberAt, textAt } from './attributes.ts'
import type { ReportedUsage } from './normalise-usage.ts'

/** Providers whose own API counts cached tokens beside the input, so that instrumentations of them differ. */
const CACHES_ASIDE = /anthropic|bedrock|claude/i

/** Usage under the conventions' names, current and older. By the convention the input includes cached tokens. */
export function genAiUsage(attributes: Attributes): ReportedUsage | null {
  const read = (...names: string[]) => numberAt(attributes, ...names.map((name) => `gen_ai.usage.${name}`))
  const emitter = [
    textAt(attributes, 'gen_ai.provider.name', 'gen_ai.system'),
    textAt(attributes, 'gen_ai.response.model', 'gen_ai.request.model'),
  ].join(' ')
  const usage: ReportedUsage = {
    input: read('input_tokens', 'prompt_tokens'),
    output: read('output_tokens', 'completion_tokens'),
    total: read('total_tokens') ?? numberAt(attributes, 'llm.usage.total_tokens'),
    cachedInput: read(
      'cache_read.input_tokens',
      'cache_read_input_tokens',
      'input_tokens.cached',
      'details.cache_read_tokens',
      'details.cached_tokens',
    ),
    cacheWrite: read(
      'cache_write.input_tokens',
      'cache_creation.input_tokens',
      'cache_creation_input_tokens',
      'details.cache_write_tokens',
    ),
    reasoning: read(
      'reasoning.output_tokens',
      'reasoning_tokens',
      'output_tokens.reasoning',
      'details.reasoning_tokens',
    ),
    cached: CACHES_ASIDE.test(emitter) ? 'unknown' : 'inclusive',
  }
  const { cached: _rule, ...counts } = usage
  return Object.values(counts).some((tokens) => tokens !== null) ? usage : null
}
