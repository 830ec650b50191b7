import { SPAN_KINDS, type SpanKind } from '../domain/span.ts'

/** What other programs call the kinds of steps. */
const ALIASES: Readonly<Record<string, SpanKind>> = {
  model: 'llm',
  model_call: 'llm',
  generation: 'llm',
  chat: 'llm',
  chat_model: 'llm',
  chat_completion: 'llm',
  completion: 'llm',
  text_completion: 'llm',
  generate_content: 'llm',
  inference: 'llm',
  embed: 'embedding',
  embeddings: 'embedding',
  reranker: 'rerank',
  retriever: 'retrieval',
  retrieve: 'retrieval',
  search: 'retrieval',
  search_memory: 'retrieval',
  function: 'tool',
  function_call: 'tool',
  tool_call: 'tool',
  execute_tool: 'tool',
  decide: 'decision',
  guard: 'guardrail',
  guardrails: 'guardrail',
  evaluator: 'evaluation',
  eval: 'evaluation',
  escalate: 'escalation',
  handoff: 'escalation',
  human_in_the_loop: 'human',
  human_review: 'human',
  review: 'human',
  invoke_agent: 'agent',
  create_agent: 'agent',
  invoke_workflow: 'workflow',
  agent_step: 'step',
  span: 'step',
  task: 'step',
  event: 'other',
  unknown: 'other',
}

const KINDS: ReadonlySet<string> = new Set(SPAN_KINDS)

/** The kind by its own name or a known alias, whatever the case; null where the word is not known. */
export function spanKindOf(word: string): SpanKind | null {
  const normalised = word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  if (KINDS.has(normalised)) return normalised as SpanKind
  return Object.hasOwn(ALIASES, normalised) ? ALIASES[normalised]! : null
}
