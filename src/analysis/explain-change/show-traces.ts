import { loadSnapshotOfWorkItems } from '../../attribution/load-work-item-facts.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import type { Report } from '../../domain/finding.ts'
import type { AnalysisContext } from '../analysis.ts'
import { createFigures } from '../economics/build-findings.ts'
import { citeItem } from '../economics/cite-items.ts'
import type { EconomicsParameters } from '../economics/parameters.ts'
import { chooseExamples } from './choose-examples.ts'
import { compareTraces } from './compare-traces.ts'
import type { Explanation } from './compute-explanation.ts'

/**
 * The traces behind the leading cause: links to the worst items now and to typical ones before and now, and what differs between
 * them step by step. Without a cause the dearest items alone are linked: nothing is to be shown by them.
 */
export async function showTraces(
  { db, standpoint }: AnalysisContext,
  explanation: Explanation,
  parameters: EconomicsParameters,
): Promise<Pick<Report, 'findings' | 'tables' | 'citations'>> {
  const segment = explanation.causes[0]?.segment
  const { typicalBefore, typicalNow, worstNow } = chooseExamples(explanation, segment ?? {})
  const cite = (item: WorkItemFact | null, why: string) => (item ? [citeItem(item, parameters.baseUrl, why)] : [])
  const citations = [
    ...worstNow.flatMap((item) => cite(item, 'dear now')),
    ...cite(typicalNow && !worstNow.includes(typicalNow) ? typicalNow : null, 'typical now'),
    ...cite(typicalBefore, 'typical before'),
  ]
  const worst = worstNow[0]
  if (segment === undefined || !typicalBefore || !worst) return { findings: [], tables: [], citations }
  const wanted = [
    { title: 'typical before', item: typicalBefore },
    ...(typicalNow ? [{ title: 'typical now', item: typicalNow }] : []),
    { title: 'dearest now', item: worst },
  ]
  const keys = wanted.map(({ item }) => ({ workflow: item.workflow, workItemId: item.workItemId }))
  const limits = { asOf: standpoint.asOf, knownAt: standpoint.knownAt }
  const whole = await loadSnapshotOfWorkItems(db, keys, limits)
  const examples = wanted.flatMap(({ title, item }) => {
    const facts = whole.find((one) => one.workflow === item.workflow && one.workItemId === item.workItemId)
    return facts ? [{ title: `${facts.workItemId}: ${title}`, item: facts }] : []
  })
  if (examples.length < 2) return { findings: [], tables: [], citations }
  const { table, differences } = compareTraces(examples)
  const figure = createFigures(
    parameters,
    'the dearest item of the segment now beside a typical one of the time before',
  )
  return {
    findings: differences.map((text, index) =>
      figure(`differs.${index + 1}`, 'What differs step by step', text, 'none', { segment: {} }),
    ),
    tables: [table],
    citations,
  }
}
