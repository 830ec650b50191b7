import type { RawSpan } from '../otlp/raw-span.ts'
import { spanKindOf } from '../span-kind.ts'
import { numberAt, parsedAt, payloadAt, textAt } from './attributes.ts'
import type { Dialect, Reading } from './reading.ts'

/** Spans of no known dialect: the names that people choose by themselves. */
export const plain: Dialect = {
  name: 'plain',
  isMarked: () => true,
  read: readPlain,
  payloads: /^(?:input|output|prompt|completion|response|arguments|result)$/,
}

function readPlain({ attributes, events, name }: RawSpan): Reading {
  const model = textAt(attributes, 'model', 'model_name', 'llm.model', 'model.name')
  const input = numberAt(
    attributes,
    'input_tokens',
    'prompt_tokens',
    'usage.input_tokens',
    'usage.prompt_tokens',
    'inputTokens',
  )
  const output = numberAt(
    attributes,
    'output_tokens',
    'completion_tokens',
    'usage.output_tokens',
    'usage.completion_tokens',
    'outputTokens',
  )
  const toolName = textAt(attributes, 'tool.name', 'tool_name')
  const word = textAt(attributes, 'docket.kind', 'span.type', 'kind')
  const given = word === null ? null : spanKindOf(word)
  const isCall = model !== null && (input !== null || output !== null)
  const kind = given ?? (isCall ? 'llm' : toolName !== null ? 'tool' : null)
  const exception = events.find((event) => event.name === 'exception')?.attributes ?? {}
  return {
    kind,
    // Beside another dialect's marks these names mean whatever that dialect says.
    model: isCall || given === 'llm' ? model : null,
    provider: isCall ? textAt(attributes, 'provider', 'model.provider') : null,
    usage:
      isCall || given === 'llm'
        ? {
            input,
            output,
            cachedInput: numberAt(attributes, 'cached_tokens', 'cached_input_tokens'),
            cached: 'inclusive',
          }
        : null,
    serviceTier: isCall ? textAt(attributes, 'service_tier', 'usage.service_tier') : null,
    costUsd: isCall ? numberAt(attributes, 'cost_usd', 'cost.usd') : null,
    input: payloadAt(attributes, 'input', 'prompt'),
    output: payloadAt(attributes, 'output', 'completion', 'response'),
    tool:
      kind === 'tool'
        ? {
            name: toolName ?? name,
            arguments: parsedAt(attributes, 'arguments', 'tool.arguments', 'input'),
            result: parsedAt(attributes, 'result', 'tool.result', 'output'),
          }
        : null,
    error: textAt(exception, 'exception.message', 'exception.type'),
    session: textAt(attributes, 'session.id'),
  }
}
