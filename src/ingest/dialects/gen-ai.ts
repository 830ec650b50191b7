import type { Attributes, RawSpan } from '../otlp/raw-span.ts'
import { spanKindOf } from '../span-kind.ts'
import { numberAt, parsedAt, payloadAt, textAt } from './attributes.ts'
import { genAiUsage } from './gen-ai-usage.ts'
import { readDocuments } from './read-documents.ts'
import { EVALUATION_EVENT, readEvaluations } from './read-evaluations.ts'
import type { Dialect, Reading } from './reading.ts'

/** OpenTelemetry's GenAI conventions, current and older names: semantic-conventions-genai, formerly semantic-conventions. */
export const genAi: Dialect = {
  name: 'gen_ai',
  marks: /^gen_ai\./,
  isMarked: ({ events }) => events.some((event) => event.name === EVALUATION_EVENT),
  read: readGenAi,
  payloads:
    /^gen_ai\.(?:input\.messages|output\.messages|system_instructions|prompt(?:\.|$)|completion(?:\.|$)|tool\.call\.(?:arguments|result)|tool\.definitions|retrieval\.documents)/,
}

function readGenAi(span: RawSpan): Reading {
  const { attributes } = span
  const operation = textAt(attributes, 'gen_ai.operation.name')
  const kind = operation === null ? null : kindOf(operation)
  const toolName = textAt(attributes, 'gen_ai.tool.name')
  const isTool = kind === 'tool' || (kind === null && toolName !== null)
  return {
    kind: kind ?? (isTool ? 'tool' : textAt(attributes, 'gen_ai.request.model') ? 'llm' : null),
    model: textAt(attributes, 'gen_ai.response.model', 'gen_ai.request.model'),
    provider: providerOf(attributes),
    responseId: textAt(attributes, 'gen_ai.response.id'),
    serviceTier: textAt(
      attributes,
      'openai.response.service_tier',
      'gen_ai.openai.response.service_tier',
      'gen_ai.response.service_tier',
      'gen_ai.usage.service_tier',
    ),
    requestedTier: textAt(
      attributes,
      'openai.request.service_tier',
      'gen_ai.openai.request.service_tier',
      'gen_ai.request.service_tier',
    ),
    usage: genAiUsage(attributes),
    costUsd: costOf(attributes),
    input: isTool ? payloadAt(attributes, 'gen_ai.tool.call.arguments') : inputOf(span),
    output: isTool ? payloadAt(attributes, 'gen_ai.tool.call.result') : outputOf(span),
    documents: readDocuments(parsedAt(attributes, 'gen_ai.retrieval.documents')),
    tool: isTool
      ? {
          name: toolName ?? span.name,
          arguments: parsedAt(attributes, 'gen_ai.tool.call.arguments'),
          result: parsedAt(attributes, 'gen_ai.tool.call.result'),
        }
      : null,
    evaluations: readEvaluations(span),
    session: textAt(attributes, 'gen_ai.conversation.id'),
    workflow: textAt(attributes, 'gen_ai.workflow.name'),
    agentName: textAt(attributes, 'gen_ai.agent.name'),
    agentVersion: textAt(attributes, 'gen_ai.agent.version'),
    promptVersion: textAt(attributes, 'gen_ai.prompt.version'),
  }
}

/** `guardrail.run` and the memory operations have a second word; `plan` is reasoning of an agent about its steps. */
function kindOf(operation: string) {
  if (operation.startsWith('guard')) return 'guardrail'
  if (/_memory$/.test(operation)) return operation === 'search_memory' ? 'retrieval' : 'tool'
  return operation === 'plan' ? 'step' : spanKindOf(operation)
}

/** LangSmith writes the framework's name where no provider is known. */
function providerOf(attributes: Attributes): string | null {
  const provider = textAt(attributes, 'gen_ai.provider.name', 'gen_ai.system')
  return provider === 'langchain' ? null : provider
}

function costOf(attributes: Attributes): number | null {
  const currency = textAt(attributes, 'gen_ai.usage.cost.currency')
  if (currency !== null && currency.toUpperCase() !== 'USD') return null
  return numberAt(attributes, 'gen_ai.usage.cost.amount', 'gen_ai.usage.cost')
}

const DETAILS_EVENT = 'gen_ai.client.inference.operation.details'
const MESSAGE_EVENT = /^gen_ai\.(system|user|assistant|tool)\.message$/

function inputOf({ attributes, events }: RawSpan): string | null {
  const details = events.find((event) => event.name === DETAILS_EVENT)?.attributes ?? {}
  const messages = payloadAt(attributes, 'gen_ai.input.messages') ?? payloadAt(details, 'gen_ai.input.messages')
  const instructions =
    payloadAt(attributes, 'gen_ai.system_instructions') ?? payloadAt(details, 'gen_ai.system_instructions')
  if (messages ?? instructions) return [instructions, messages].filter((text) => text !== null).join('\n')
  const flat = flatMessages(attributes, 'gen_ai.prompt.')
  if (flat !== null) return flat
  const said = events.flatMap((event) => {
    const role = MESSAGE_EVENT.exec(event.name)?.[1]
    return role ? [`${role}: ${payloadAt(event.attributes, 'content', 'gen_ai.event.content') ?? ''}`] : []
  })
  if (said.length > 0) return said.join('\n')
  const prompt = events.find((event) => event.name === 'gen_ai.content.prompt')?.attributes ?? {}
  return payloadAt(attributes, 'gen_ai.prompt', 'gen_ai.retrieval.query.text') ?? payloadAt(prompt, 'gen_ai.prompt')
}

function outputOf({ attributes, events }: RawSpan): string | null {
  const details = events.find((event) => event.name === DETAILS_EVENT)?.attributes ?? {}
  const messages = payloadAt(attributes, 'gen_ai.output.messages') ?? payloadAt(details, 'gen_ai.output.messages')
  if (messages !== null) return messages
  const flat = flatMessages(attributes, 'gen_ai.completion.')
  if (flat !== null) return flat
  const choices = events.filter((event) => event.name === 'gen_ai.choice')
  if (choices.length > 0) {
    return choices
      .map((event) => payloadAt(event.attributes, 'message', 'content', 'gen_ai.event.content') ?? '')
      .join('\n')
  }
  const completion = events.find((event) => event.name === 'gen_ai.content.completion')?.attributes ?? {}
  return payloadAt(attributes, 'gen_ai.completion') ?? payloadAt(completion, 'gen_ai.completion')
}

/** `PREFIX0.role`, `PREFIX0.content` and so on, one line a message. */
export function flatMessages(attributes: Attributes, prefix: string): string | null {
  const contents = Object.keys(attributes)
    .flatMap((name) => {
      const index = name.startsWith(prefix) ? /^(\d+)\./.exec(name.slice(prefix.length))?.[1] : undefined
      return index === undefined ? [] : [Number(index)]
    })
    .sort((a, b) => a - b)
  if (contents.length === 0) return null
  return [...new Set(contents)]
    .map((index) => {
      const role = textAt(attributes, `${prefix}${index}.role`)
      const content = payloadAt(attributes, `${prefix}${index}.content`) ?? ''
      const calls = Object.keys(attributes)
        .filter((name) => name.startsWith(`${prefix}${index}.tool_calls.`) && name.endsWith('.name'))
        .map((name) => `${textAt(attributes, name)}(${textAt(attributes, name.replace(/name$/, 'arguments')) ?? ''})`)
      return `${role === null ? '' : `${role}: `}${[content, ...calls].filter((text) => text !== '').join(' ')}`
    })
    .join('\n')
}
