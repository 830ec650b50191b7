import { OUTCOME_STATUSES, type OutcomeStatus } from '../../domain/outcome.ts'
import type { Span, SpanContext } from '../../domain/span.ts'
import { type StatedOutcome, traceOutcome } from '../../domain/trace-outcome.ts'
import { contentHash, sha256 } from '../content-hash.ts'
import type { NormalisedTrace } from '../normalise-trace.ts'
import { emptySpan, TRACE_ROOT_ID, traceRoot } from '../trace-root.ts'
import { callsOf, contentText, type TokenCounter } from './count-tokens.ts'
import { type ImportSettings, placeRun, readTime } from './place-run.ts'
import { type StepPace, timeSteps } from './time-steps.ts'
import type { Message, Transcript } from './transcript.ts'

export const DIALECT = 'transcript'

type Step = { pace: StepPace; span: Partial<Span> & { spanId: string } }

/** One run's spans: a model call for each assistant message, whose input is everything before it, and its tool calls. */
export function normaliseTranscript(
  transcript: Transcript,
  settings: ImportSettings & { workflow: string; model: string },
  counter: TokenCounter,
  now: Date,
): NormalisedTrace {
  const hash = contentHash({ transcript, workflow: settings.workflow, model: settings.model })
  const traceId = transcript.traceId ?? `transcript-${hash}`
  const place = placeRun(transcript, traceId, settings)
  const steps = stepsOf(transcript.messages ?? transcript.traj!, settings.model, counter)
  const times = timeSteps(
    steps.map((step) => step.pace),
    place.startedAt,
    place.endedAt,
  )
  const endedAt = place.endedAt ?? times.at(-1)?.endedAt ?? place.startedAt
  const outcome = outcomeOf(transcript)
  const context: SpanContext = {
    authority: 'docket',
    workflow: settings.workflow,
    workItemId: place.workItemId,
    workItemAttributes: place.attributes,
    attempt: place.attempt,
    runStatus: 'ok',
    outcome: outcome && { ...outcome, occurredAt: outcome.occurredAt?.toISOString() ?? null },
  }
  const root = traceRoot({
    traceId,
    name: settings.workflow,
    startedAt: place.startedAt,
    endedAt,
    status: 'ok',
    context,
    dialect: DIALECT,
  })
  const spans = steps.flatMap(({ span, pace }, index): Span[] => {
    if (pace.kind === 'person') return []
    const time = times[index]!
    const empty = emptySpan({ traceId, spanId: span.spanId, startedAt: time.startedAt, dialect: DIALECT })
    return [{ ...empty, ...span, ...time, parentId: TRACE_ROOT_ID }]
  })
  const stated: StatedOutcome | null = outcome && {
    ...outcome,
    workflow: settings.workflow,
    workItemId: place.workItemId,
  }
  return {
    traceId,
    workflow: settings.workflow,
    spans: [root, ...spans],
    outcome: stated && traceOutcome(traceId, stated, [root, ...spans], now),
    warnings: [],
  }
}

function stepsOf(messages: readonly Message[], model: string, counter: TokenCounter): Step[] {
  const steps: Step[] = []
  const answers = new Set<number>()
  let inputTokens = counter.priming
  let heard: string[] = []
  let earlier = { messages: 0, hash: '' }
  messages.forEach((message, index) => {
    const said = `${message.role}: ${contentText(message.content)}`
    if (message.role === 'assistant') {
      const outputTokens = message.usage?.completion_tokens ?? counter.ofOutput(message)
      steps.push({
        pace: { kind: 'model', outputTokens },
        span: modelCall(message, index, { model, inputTokens, outputTokens, heard, earlier, counter }),
      })
      earlier = { messages: index + 1, hash: sha256([earlier.hash, ...heard, said].join('\n')) }
      heard = []
      callsOf(message).forEach((call, place) => {
        steps.push({ pace: { kind: 'tool' }, span: toolCall(messages, index, call, place, answers) })
      })
    } else if (message.role === 'user') steps.push({ pace: { kind: 'person' }, span: { spanId: `${index + 1}` } })
    if (message.role !== 'assistant') heard.push(said)
    inputTokens += counter.ofMessage(message)
  })
  return steps
}

function modelCall(
  message: Message,
  index: number,
  call: {
    model: string
    inputTokens: number
    outputTokens: number
    heard: string[]
    earlier: { messages: number; hash: string }
    counter: TokenCounter
  },
): Step['span'] {
  const { usage } = message
  const reported = usage?.prompt_tokens != null && usage.completion_tokens != null
  // The whole conversation would be stored once for each of its messages, so of what came before only the hash is kept.
  const { messages, hash } = call.earlier
  const before = messages === 0 ? [] : [`[${messages} earlier messages, sha256 ${hash}]`]
  const output = [
    contentText(message.content),
    ...callsOf(message).map((one) => `${one.name}(${contentText(one.arguments)})`),
  ]
  return {
    spanId: `${index + 1}`,
    kind: 'llm',
    name: 'assistant',
    status: 'ok',
    model: message.model ?? call.model,
    usage: {
      inputTokens: usage?.prompt_tokens ?? call.inputTokens,
      cachedInputTokens: usage?.prompt_tokens_details?.cached_tokens ?? null,
      outputTokens: call.outputTokens,
      reasoningTokens: usage?.completion_tokens_details?.reasoning_tokens ?? null,
    },
    usageEstimated: !reported,
    usageAmbiguity: reported || call.counter.exact ? null : 'tokenizer_of_another_model',
    input: [...before, ...call.heard].join('\n'),
    output: output.filter((text) => text !== '').join('\n'),
  }
}

function toolCall(
  messages: readonly Message[],
  index: number,
  call: { id: string | null; name: string; arguments: unknown },
  place: number,
  answers: Set<number>,
): Step['span'] {
  const answerIndex = messages.findIndex(
    (message, later) =>
      later > index &&
      !answers.has(later) &&
      (message.role === 'tool' || message.role === 'function') &&
      (call.id === null || message.tool_call_id == null || message.tool_call_id === call.id),
  )
  if (answerIndex >= 0) answers.add(answerIndex)
  const result = answerIndex < 0 ? null : contentText(messages[answerIndex]!.content)
  const failed = result !== null && /^\s*error\b/i.test(result)
  return {
    spanId: `${index + 1}.${place + 1}`,
    kind: 'tool',
    name: call.name,
    status: failed ? 'error' : 'ok',
    error: failed ? result.slice(0, 500) : null,
    tool: { name: call.name, arguments: parsed(call.arguments), result: parsed(result) },
  }
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

const OUTCOME_WORDS: Readonly<Record<string, OutcomeStatus>> = {
  success: 'resolved',
  succeeded: 'resolved',
  completed: 'resolved',
  solved: 'resolved',
  failure: 'failed',
  error: 'failed',
}

/** Without a time of its own it took effect when the run ended. */
function outcomeOf(transcript: Transcript): Pick<StatedOutcome, 'status' | 'value' | 'occurredAt'> | null {
  const { outcome, reward } = transcript
  if (outcome == null && reward == null) return null
  if (outcome == null) {
    return { status: reward === 1 ? 'resolved' : 'failed', value: null, occurredAt: null }
  }
  const word = (typeof outcome === 'string' ? outcome : outcome.status).trim().toLowerCase()
  const status =
    OUTCOME_STATUSES.find((known) => known === word) ??
    (Object.hasOwn(OUTCOME_WORDS, word) ? OUTCOME_WORDS[word]! : null)
  if (status === null)
    throw new RangeError(`outcome: expected one of ${OUTCOME_STATUSES.join(', ')}, found "${word.slice(0, 40)}"`)
  const details = typeof outcome === 'string' ? null : outcome
  return {
    status,
    value: details?.value ?? null,
    occurredAt: details?.occurredAt == null ? null : readTime(details.occurredAt),
  }
}
