import type { Evaluation } from '../../domain/span.ts'
import type { Attributes, RawSpan } from '../otlp/raw-span.ts'
import { listBelow, numberAt, textAt } from './attributes.ts'

/** `gen_ai.evaluation.result` events. */
export function readEvaluationEvents(events: RawSpan['events']): Evaluation[] {
  return events
    .filter((event) => event.name === 'gen_ai.evaluation.result')
    .map(({ attributes }) => ({
      name: textAt(attributes, 'gen_ai.evaluation.name') ?? 'evaluation',
      label: textAt(attributes, 'gen_ai.evaluation.score.label'),
      score: numberAt(attributes, 'gen_ai.evaluation.score.value'),
      explanation: textAt(attributes, 'gen_ai.evaluation.explanation'),
      annotator: null,
    }))
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
