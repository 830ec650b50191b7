import { computeWhatMattered } from './compute-what-mattered.ts'
import { createItemAnalysis } from './create-item-analysis.ts'

export const whatMatteredAnalysis = createItemAnalysis({
  name: 'what_mattered',
  title: 'What mattered',
  description:
    'Paths with counts, resolution and cost; steps, documents and tools that go with resolution, inside a segment.',
  example: 'what mattered for resolved claims?',
  view: 'cohort',
  details: ['steps', 'documents', 'tools'],
  withoutComparison: true,
  compute: computeWhatMattered,
})
