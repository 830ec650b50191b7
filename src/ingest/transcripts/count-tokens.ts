import { type EncodingName, modelToEncodingMap } from 'gpt-tokenizer/mapping'
import type { Message } from './transcript.ts'

/**
 * How messages are counted, after OpenAI's own example for its chat models: each message that is sent costs
 * three tokens beside its role, content and name, and the answer is primed with three. A tool call costs its
 * function's name and arguments. Definitions of tools are not in a transcript, so they are not counted.
 */
const TOKENS_A_MESSAGE = 3
const TOKENS_OF_PRIMING = 3
/** Of texts that come again and again, such as a system prompt. */
const CACHED_TEXTS = 5000

export interface TokenCounter {
  /** Tokens of a message as part of a call's input. */
  ofMessage(message: Message): number
  /** Tokens that a model wrote: content and tool calls. */
  ofOutput(message: Message): number
  priming: number
  encoding: EncodingName
  /** True where the tokenizer is the model's own, not the nearest that there is. */
  exact: boolean
}

/** A counter with the model's own tokenizer; for a model without a public one, that of gpt-4o. */
export async function createTokenCounter(model: string): Promise<TokenCounter> {
  const own = encodingOf(model)
  const encoding = own ?? 'o200k_base'
  const { countTokens } = await loadEncoding(encoding)
  const cache = new Map<string, number>()
  const count = (text: string): number => {
    const known = cache.get(text)
    if (known !== undefined) return known
    // Marks such as <|endoftext|> in a transcript are text like any other.
    const tokens = text === '' ? 0 : countTokens(text, { disallowedSpecial: new Set() })
    if (cache.size >= CACHED_TEXTS) cache.clear()
    cache.set(text, tokens)
    return tokens
  }
  const ofOutput = (message: Message): number =>
    count(contentText(message.content)) +
    callsOf(message).reduce((sum, call) => sum + count(call.name) + count(contentText(call.arguments)), 0)
  return {
    ofOutput,
    ofMessage: (message) =>
      TOKENS_A_MESSAGE + count(message.role) + (message.name ? count(message.name) : 0) + ofOutput(message),
    priming: TOKENS_OF_PRIMING,
    encoding,
    exact: own !== null,
  }
}

/** Tool calls of a message in their current and their older form. */
export function callsOf(message: Message): { id: string | null; name: string; arguments: unknown }[] {
  const calls = (message.tool_calls ?? []).map((call) => ({ id: call.id ?? null, ...call.function }))
  if (message.function_call) calls.push({ id: null, ...message.function_call })
  return calls.map((call) => ({ id: call.id, name: call.name, arguments: call.arguments ?? null }))
}

/** A message's text: of a list of parts, their texts. */
export function contentText(content: unknown): string {
  if (content === null || content === undefined) return ''
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return JSON.stringify(content)
  return content
    .map((part: unknown) => {
      if (typeof part === 'string') return part
      const text = (part as { text?: unknown } | null)?.text
      return typeof text === 'string' ? text : JSON.stringify(part)
    })
    .join('\n')
}

function encodingOf(model: string): EncodingName | null {
  const name = model.toLowerCase().replace(/^.*\//, '')
  const exact = (modelToEncodingMap as Record<string, EncodingName>)[name]
  if (exact) return exact
  if (/^(?:gpt-4o|gpt-4\.|gpt-[5-9]|chatgpt|o\d)/.test(name)) return 'o200k_base'
  return /^(?:gpt-4|gpt-3\.5)/.test(name) ? 'cl100k_base' : null
}

function loadEncoding(encoding: EncodingName) {
  switch (encoding) {
    case 'cl100k_base':
      return import('gpt-tokenizer/encoding/cl100k_base')
    case 'o200k_harmony':
      return import('gpt-tokenizer/encoding/o200k_harmony')
    case 'p50k_base':
      return import('gpt-tokenizer/encoding/p50k_base')
    case 'p50k_edit':
      return import('gpt-tokenizer/encoding/p50k_edit')
    case 'r50k_base':
      return import('gpt-tokenizer/encoding/r50k_base')
    case 'gpt2':
      return import('gpt-tokenizer/encoding/gpt2')
    case 'o200k_base':
      return import('gpt-tokenizer/encoding/o200k_base')
  }
}
