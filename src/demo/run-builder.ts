import type { DecisionBody, DocumentBody, EndedTrace, StepBody, TraceBody } from './bodies.ts'
import type { Random } from './seeded-random.ts'

/** Who answers which model name. */
const PROVIDERS: Record<string, string> = {
  'gpt-4.1': 'openai',
  'gpt-4.1-mini': 'openai',
  'claude-sonnet-4-5': 'anthropic',
  'claude-opus-4-5': 'anthropic',
}

/** Tokens that fit into one call of any of these models; longer files are cut. */
const LARGEST_CONTEXT = 196_000

export interface ModelCall {
  name: string
  model: string
  /** Median tokens; each call varies around it. */
  inputTokens: number
  outputTokens: number
  /** Part of the input that comes from the provider's cache, 0 to 1. */
  cachedShare: number
  input: string
  output: string
}

type RunHead = Pick<TraceBody, 'workflow' | 'attempt' | 'retryOf' | 'workItem' | 'agent' | 'promptVersion'> & {
  traceId: string
}

/** Writes one run step by step, keeping its clock. */
export interface RunBuilder {
  callModel(call: ModelCall): void
  /** A call that the provider refused, and that a second one repeats: no usage was reported. */
  failCall(call: ModelCall, error: string): void
  callTool(name: string, args: Record<string, unknown>, result: Record<string, unknown>, costUsd?: number): void
  retrieve(name: string, query: string, documents: DocumentBody[]): void
  decide(decision: DecisionBody, error?: string): void
  escalate(reason: string): void
  finish(status: 'ok' | 'error' | 'abandoned'): EndedTrace
}

export function createRun(random: Random, head: RunHead, startedAt: Date): RunBuilder {
  const steps: StepBody[] = []
  let clock = startedAt.getTime() + random.whole(200, 900)
  let repeats: string | null = null

  function add(seconds: number, step: Omit<StepBody, 'id' | 'startedAt' | 'endedAt'>): string {
    const id = `s${steps.length + 1}`
    const begin = clock
    clock += Math.max(5, Math.round(seconds * 1000))
    steps.push({
      id,
      ...step,
      status: step.status ?? 'ok',
      startedAt: new Date(begin).toISOString(),
      endedAt: new Date(clock).toISOString(),
    })
    clock += random.whole(20, 400)
    return id
  }

  return {
    callModel(call) {
      const inputTokens = Math.min(LARGEST_CONTEXT, Math.round(random.around(call.inputTokens, 0.16)))
      const outputTokens = Math.round(random.around(call.outputTokens, 0.25))
      // Providers cache whole blocks of 128 tokens.
      const cachedInputTokens = Math.floor((inputTokens * call.cachedShare * random.between(0.85, 1)) / 128) * 128
      const usage = { inputTokens, cachedInputTokens, cacheWriteTokens: 0, outputTokens, reasoningTokens: 0 }
      add(1.2 + outputTokens / random.between(55, 95) + inputTokens / 40_000, {
        kind: 'llm',
        name: call.name,
        model: call.model,
        provider: PROVIDERS[call.model] ?? null,
        retryOf: repeats,
        usage,
        input: call.input,
        output: call.output,
      })
      repeats = null
    },
    failCall(call, error) {
      repeats = add(random.between(0.3, 2), {
        kind: 'llm',
        name: call.name,
        model: call.model,
        provider: PROVIDERS[call.model] ?? null,
        status: 'error',
        error,
        input: call.input,
      })
    },
    callTool(name, args, result, costUsd) {
      add(random.around(0.6, 0.5), {
        kind: 'tool',
        name,
        tool: { name, arguments: args, result, costUsd: costUsd ?? null },
      })
    },
    retrieve(name, query, documents) {
      add(random.around(0.35, 0.4), { kind: 'retrieval', name, input: query, documents })
    },
    decide(decision, error) {
      add(0.03, { kind: 'decision', name: 'decide', decision, status: error ? 'error' : 'ok', error: error ?? null })
    },
    escalate(reason) {
      add(0.05, { kind: 'escalation', name: 'hand_to_person', output: reason })
    },
    finish: (status) => ({
      ...head,
      startedAt: startedAt.toISOString(),
      endedAt: new Date(clock).toISOString(),
      status,
      steps,
    }),
  }
}
