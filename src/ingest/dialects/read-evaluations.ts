import type { Evaluation } from '../../domain/span.ts'
import type { Attributes, RawSpan } from '../otlp/raw-span.ts'
import { listBelow, numberAt, textAt } from './attributes.ts'

/** The event of OpenTelemetry's GenAI conventions. */
export const EVALUATION_EVENT = 'gen_ai.evaluation.result'

/** `gen_ai.evaluation.result` events, and the same attributes on a span that is itself an evaluation. */
export function readEvaluations({ attributes, events }: Pick<RawSpan, 'attributes' | 'events'>): Evaluation[] {
  const results = events.filter((event) => event.name === EVALUATION_EVENT).map((event) => event.attributes)
  const isOne = textAt(attributes, 'gen_ai.evaluation.name') !== null
  return (isOne ? [attributes, ...results] : results).map((result) => ({
    name: textAt(result, 'gen_ai.evaluation.name') ?? 'evaluation',
    label: textAt(result, 'gen_ai.evaluation.score.label'),
    score: numberAt(result, 'gen_ai.evaluation.score.value'),
    explanation: textAt(result, 'gen_ai.evaluation.explanation'),
    annotator: EVALUATORS[textAt(result, 'gen_ai.evaluation.evaluator.type')?.toLowerCase() ?? ''] ?? null,
  }))
}

/** Who judged, as semantic-conventions-genai pull request 359 proposes it, and shorter words on the wire for the same. */
const EVALUATORS: Readonly<Record<string, Evaluation['annotator']>> = {
  human: 'human',
  llm_judge: 'model',
  llm: 'model',
  deterministic: 'code',
  code: 'code',
}

const ANNOTATORS: Readonly<Record<string, Evaluation['annotator']>> = { HUMAN: 'human', LLM: 'model', CODE: 'code' }

/** OpenInference's `annotations.N.annotation.*`, and the same on the trace, the session, or as `evaluations.N.*`. */
export function readAnnotations(attributes: Attributes): Evaluation[] {
  const lists: [prefix: string, member: string][] = [
    ['annotations.', 'annotation.'],
    ['trace.annotations.', 'annotation.'],
    ['session.annotations.', 'annotation.'],
    ['evaluations.', 'evaluation.'],
  ]
  return lists.flatMap(([prefix, member]) =>
    listBelow(attributes, prefix).map((item) => ({
      name: textAt(item, `${member}name`) ?? 'annotation',
      label: textAt(item, `${member}label`),
      score: numberAt(item, `${member}score`),
      explanation: textAt(item, `${member}explanation`),
      annotator: ANNOTATORS[textAt(item, `${member}annotator_kind`) ?? ''] ?? null,
    })),
  )
}
