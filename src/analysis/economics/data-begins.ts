import type { Finding } from '../../domain/finding.ts'
import { addDays, dateIn } from '../../domain/period.ts'
import { findFirstActivity } from '../../store/queries/find-first-activity.ts'
import type { AnalysisContext } from '../analysis.ts'
import { createFigures } from './build-findings.ts'
import type { EconomicsParameters } from './parameters.ts'

/** A quiet day at the start of a period is no sign that its data are missing. */
export const QUIET_DAYS = 2

/**
 * Where the first known run lies inside what is compared: a month of which only half is known would look cheap. The
 * value is the first day with work. None where everything compared is known.
 */
export async function dataBeginsCaveat(
  { db, standpoint }: Pick<AnalysisContext, 'db' | 'standpoint'>,
  parameters: EconomicsParameters,
): Promise<Finding[]> {
  const { asOf, knownAt, timeZone } = standpoint
  const first = await findFirstActivity(db, { workflow: parameters.workflow?.name, to: asOf, knownAt })
  if (!first) return []
  const day = dateIn(first, timeZone)
  if (day <= addDays(parameters.comparison.from, QUIET_DAYS) || day >= parameters.period.to) return []
  const figure = createFigures(parameters, 'data: the first run that is known')
  return [figure('caveat.data_begins', 'Nothing is known of the time before', day, 'date', { kind: 'event' })]
}
