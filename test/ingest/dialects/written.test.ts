import { expect, it } from 'vitest'
import { readSpan } from '../../../src/ingest/dialects/read-span.ts'
import type { RawSpan } from '../../../src/ingest/otlp/raw-span.ts'

const raw = (attributes: RawSpan['attributes'], fields: Partial<RawSpan> = {}): RawSpan => ({
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId: '00f067aa0ba902b7',
  parentId: null,
  name: 'span',
  startedAt: new Date('2026-11-17T09:12:03Z'),
  endedAt: new Date('2026-11-17T09:12:05Z'),
  statusCode: 0,
  statusMessage: '',
  attributes,
  events: [],
  resource: { 'service.name': 'adjudicator' },
  scope: '',
  ...fields,
})

it('reads who evaluated a step, from events in any dialect and from a span that is an evaluation', () => {
  const judged = (type: string) => ({
    name: 'gen_ai.evaluation.result',
    attributes: {
      'gen_ai.evaluation.name': 'correctness',
      'gen_ai.evaluation.score.label': 'wrong',
      'gen_ai.evaluation.explanation': 'the rider covers it',
      'gen_ai.evaluation.evaluator.type': type,
    },
  })
  const annotators = (events: ReturnType<typeof judged>[]) =>
    readSpan(raw({ 'openinference.span.kind': 'CHAIN' }, { events })).evaluations.map((one) => one.annotator)
  expect(annotators(['human', 'llm_judge', 'deterministic', 'somebody'].map(judged))).toEqual([
    'human',
    'model',
    'code',
    null,
  ])
  const span = readSpan(raw(judged('Human').attributes))
  expect(span.evaluations).toEqual([
    { name: 'correctness', label: 'wrong', score: null, explanation: 'the rider covers it', annotator: 'human' },
  ])
})

it('reads older GenAI names, messages as events, and evaluations', () => {
  const span = readSpan(
    raw(
      {
        'gen_ai.system': 'aws.bedrock',
        'gen_ai.operation.name': 'text_completion',
        'gen_ai.request.model': 'claude-sonnet-4',
        'gen_ai.usage.prompt_tokens': 500,
        'gen_ai.usage.completion_tokens': 80,
        'gen_ai.usage.cache_read_input_tokens': 1500,
        'gen_ai.usage.cache_creation_input_tokens': 100,
        'gen_ai.conversation.id': 'c-1',
        'gen_ai.usage.cost': 0.0125,
      },
      {
        events: [
          { name: 'gen_ai.user.message', attributes: { content: 'Assess' } },
          { name: 'gen_ai.choice', attributes: { message: { content: 'deny' } } },
          {
            name: 'gen_ai.evaluation.result',
            attributes: { 'gen_ai.evaluation.name': 'relevance', 'gen_ai.evaluation.score.value': 0.5 },
          },
        ],
      },
    ),
  )
  expect(span).toMatchObject({
    kind: 'llm',
    provider: 'aws.bedrock',
    costUsd: 0.0125,
    // More cached than input tokens: it can only be exclusive.
    usage: { inputTokens: 2100, cachedInputTokens: 1500, cacheWriteTokens: 100, outputTokens: 80 },
    usageAmbiguity: null,
    input: 'user: Assess',
    output: '{"content":"deny"}',
    evaluations: [{ name: 'relevance', score: 0.5 }],
    context: { authority: 'service', workflow: 'adjudicator', workItemId: 'c-1' },
  })
})

it('marks usage that may be read in two ways', () => {
  const usage = {
    'gen_ai.usage.input_tokens': 2000,
    'gen_ai.usage.cache_read.input_tokens': 500,
    'gen_ai.operation.name': 'chat',
  }
  expect(readSpan(raw({ ...usage, 'gen_ai.provider.name': 'anthropic' })).usageAmbiguity).toBe(
    'cached_may_be_exclusive',
  )
  expect(readSpan(raw({ ...usage, 'gen_ai.provider.name': 'openai' })).usageAmbiguity).toBeNull()
})

it.each([
  ['embeddings', 'embedding'],
  ['retrieval', 'retrieval'],
  ['execute_tool', 'tool'],
  ['invoke_agent', 'agent'],
  ['invoke_workflow', 'workflow'],
  ['generate_content', 'llm'],
  ['guardrail.run', 'guardrail'],
  ['search_memory', 'retrieval'],
  ['something_new', 'other'],
])('maps the operation %s to %s', (operation, kind) => {
  expect(readSpan(raw({ 'gen_ai.operation.name': operation })).kind).toBe(kind)
})

it('reads OpenLLMetry workflow spans and vector results', () => {
  const span = readSpan(
    raw(
      {
        'traceloop.span.kind': 'task',
        'traceloop.workflow.name': 'claims',
        'traceloop.entity.name': 'search',
        'traceloop.entity.input': '{"q":"storm"}',
        'traceloop.association.properties.session_id': 's-1',
        'traceloop.association.properties.docket.work_item.id': 'claim-1',
      },
      {
        events: [
          { name: 'db.query.result', attributes: { 'db.query.result.id': 'p-7', 'db.query.result.score': 0.8 } },
        ],
      },
    ),
  )
  expect(span).toMatchObject({
    kind: 'step',
    name: 'search',
    documents: [{ id: 'p-7', score: 0.8 }],
    context: {
      authority: 'docket',
      workItemId: 'claim-1',
      fallback: { authority: 'dialect', workflow: 'claims', workItemId: 's-1' },
    },
  })
})

it('reads OpenInference retrievers, rerankers, tools and human annotations', () => {
  const retriever = readSpan(
    raw({
      'openinference.span.kind': 'RETRIEVER',
      'input.value': 'storm',
      'retrieval.documents.0.document.id': 'p-7',
      'retrieval.documents.0.document.content': 'text',
      'retrieval.documents.0.document.score': 0.8,
      'retrieval.documents.10.document.id': 'p-10',
      'retrieval.documents.2.document.metadata': '{"source":"p-2","title":"Two"}',
      'annotations.0.annotation.name': 'correctness',
      'annotations.0.annotation.label': 'wrong',
      'annotations.0.annotation.annotator_kind': 'HUMAN',
    }),
  )
  expect(retriever.documents.map((document) => [document.id, document.title, document.score])).toEqual([
    ['p-7', null, 0.8],
    ['p-2', 'Two', null],
    ['p-10', null, null],
  ])
  expect(retriever.evaluations).toMatchObject([{ name: 'correctness', label: 'wrong', annotator: 'human' }])
  expect(retriever.attributes).toEqual({ 'service.name': 'adjudicator', 'openinference.span.kind': 'RETRIEVER' })
  const decision = readSpan(raw({ 'openinference.span.kind': 'DECISION', 'decision.model_name': 'jev' }))
  expect(decision).toMatchObject({ kind: 'llm', model: 'jev', decision: null })
})

it('reads MLflow, whose values are JSON text', () => {
  const span = readSpan(
    raw({
      'mlflow.spanType': '"CHAT_MODEL"',
      'mlflow.llm.model': '"claude-sonnet-4"',
      'mlflow.llm.provider': '"anthropic"',
      'mlflow.llm.cost': '{"total_cost":0.01}',
      'mlflow.chat.tokenUsage':
        '{"input_tokens":100,"output_tokens":20,"total_tokens":1120,"cache_read_input_tokens":1000}',
      'mlflow.spanInputs': '{"messages":[]}',
    }),
  )
  expect(span).toMatchObject({
    kind: 'llm',
    model: 'claude-sonnet-4',
    provider: 'anthropic',
    costUsd: 0.01,
    usage: { inputTokens: 1100, cachedInputTokens: 1000, outputTokens: 20 },
    dialect: 'mlflow',
  })
})

it('reads spans of no dialect by plain names, and an exception as the error', () => {
  expect(readSpan(raw({ model: 'gpt-4.1', input_tokens: '120', output_tokens: 8, cost_usd: 0.001 }))).toMatchObject({
    kind: 'llm',
    model: 'gpt-4.1',
    usage: { inputTokens: 120, outputTokens: 8 },
    costUsd: 0.001,
    dialect: 'plain',
  })
  const failed = raw(
    { 'http.route': '/' },
    { statusCode: 2, events: [{ name: 'exception', attributes: { 'exception.message': 'boom' } }] },
  )
  expect(readSpan(failed)).toMatchObject({ kind: 'other', status: 'error', error: 'boom' })
})

it('reads Docket’s own attributes from span, baggage and resource, the nearest first', () => {
  const span = readSpan(
    raw(
      {
        'docket.work_item.id': 'claim-1',
        'docket.work_item.attr.region': 'TX',
        'docket.work_item.attr.exceptionDocs': true,
        'baggage.docket.attempt': '2',
        'docket.decision.choice': 'deny',
        'docket.decision.rationale': 'HR-12 applies',
        'docket.decision.rules': ['HR-12', 'HR-13'],
        'docket.outcome.status': 'Resolved',
        'docket.outcome.value': '12.5',
        'docket.retry_of': '5B8EFFF798038103D269B633813FC60D',
        'docket.prompt.version': 'v14',
      },
      {
        resource: {
          'service.name': 'x',
          'docket.workflow': 'claims',
          'docket.work_item.id': 'wrong',
          'docket.agent.version': '7',
        },
      },
    ),
  )
  expect(span.context).toEqual({
    authority: 'docket',
    workflow: 'claims',
    workItemId: 'claim-1',
    workItemAttributes: { region: 'TX', exceptionDocs: true },
    attempt: 2,
    agentVersion: '7',
    promptVersion: 'v14',
    retryOf: '5b8efff798038103d269b633813fc60d',
    outcome: { status: 'resolved', value: 12.5, occurredAt: null },
    fallback: { authority: 'service', workflow: 'x', workItemId: null },
  })
  expect(span).toMatchObject({ kind: 'decision', decision: { choice: 'deny', rules: ['HR-12', 'HR-13'] } })
  expect(readSpan(raw({ 'docket.retry_of': '00F067AA0BA902B6' })).retryOf).toBe('00f067aa0ba902b6')
})
