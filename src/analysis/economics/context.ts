import { computeContext } from './compute-context.ts'
import { createItemAnalysis } from './create-item-analysis.ts'

export const contextAnalysis = createItemAnalysis({
  name: 'context',
  title: 'Context',
  description:
    'Input tokens per call against resolved runs of the same step and segment, history carried, documents retrieved and used.',
  example: 'are we sending too much context for claims?',
  view: 'cohort',
  details: ['steps', 'documents'],
  compute: computeContext,
})
