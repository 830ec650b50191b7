import type { Answer } from '../../src/domain/answer.ts'
import type { Period } from '../../src/domain/period.ts'
import { addDays } from '../../src/domain/period.ts'
import type { AnalysisName } from '../../src/domain/plan.ts'
import { PLANTED_WEEKS, type PlantedWeek, QUIET_MONDAY, WORLD_FIRST_DAY } from './ask-world.ts'

/** One question, with the plan that it must become: a question that is understood as another one measures nothing. */
export interface BenchQuestion {
  question: string
  analysis: AnalysisName
  period: Period
  comparison?: Period
  groupBy?: string
  /** What the answer must name as its first cause; null: nothing. Left out where the question is of no cause. */
  planted?: PlantedWeek | null
}

const OCTOBER: Period = { from: '2026-10-01', to: '2026-11-01' }
const SEPTEMBER: Period = { from: '2026-09-01', to: '2026-10-01' }
const YEAR: Period = { from: WORLD_FIRST_DAY, to: '2026-11-23' }

/** Questions by kind: a month against the month before it, the whole year, and weeks of which the change is explained. */
export function askKinds(): Map<string, BenchQuestion[]> {
  const kinds = new Map<string, BenchQuestion[]>()
  const asked: [AnalysisName, string, groupBy?: string][] = [
    ['cost_per_resolved', 'what did a resolved claim cost by region', 'region'],
    ['spend', 'how much did we spend on claims by product', 'product'],
    ['retry_tail', 'how much of claims spend was retries'],
    ['spread', 'how much did the cost of the same claim vary'],
    ['waste', 'how much did claims waste'],
    ['corrections', 'what corrections did people make in claims'],
    ['baseline', 'is a claim cheaper than our baseline by product', 'product'],
    ['context', 'how large was the context of claims calls'],
    ['routing', 'where was a cheaper model good enough for claims'],
    ['what_mattered', 'what mattered for claims'],
    ['marginal_utility', 'what was the marginal value of claims spend'],
  ]
  for (const [analysis, question, groupBy] of asked) {
    const grouped = groupBy === undefined ? {} : { groupBy }
    kinds.set(analysis, [
      {
        question: `${question} in October 2026 compared with September 2026?`,
        analysis,
        period: OCTOBER,
        comparison: SEPTEMBER,
        ...grouped,
      },
    ])
    kinds.set(`${analysis}_year`, [
      { question: `${question} from 2025-11-24 to 2026-11-22?`, analysis, period: YEAR, ...grouped },
    ])
  }
  kinds.set('explain_change', [...PLANTED_WEEKS.map(whyWeek), whyWeek(null)])
  kinds.set('explain_change_month', [
    {
      question: 'why did claims spend change in October 2026 compared with September 2026?',
      analysis: 'explain_change',
      period: OCTOBER,
      comparison: SEPTEMBER,
    },
  ])
  return kinds
}

function whyWeek(planted: PlantedWeek | null): BenchQuestion {
  const monday = planted?.monday ?? QUIET_MONDAY
  return {
    question: `why did claims spend change from ${monday} to ${addDays(monday, 6)}?`,
    analysis: 'explain_change',
    period: { from: monday, to: addDays(monday, 7) },
    comparison: { from: addDays(monday, -7), to: monday },
    planted,
  }
}

/** Throws where the question was understood as another one. */
export function assertPlanned({ plan }: Answer, asked: BenchQuestion): void {
  const same = (one: Period | undefined, other: Period | undefined) =>
    one?.from === other?.from && one?.to === other?.to
  const isAsMeant =
    plan.analysis === asked.analysis &&
    same(plan.period, asked.period) &&
    (asked.comparison === undefined || same(plan.comparison, asked.comparison)) &&
    plan.groupBy === asked.groupBy
  if (!isAsMeant) throw new Error(`"${asked.question}" was planned as ${JSON.stringify(plan)}`)
}

/** The planted segment and driver are the first cause that is named; in a quiet week none is. */
export function isFound({ findings }: Answer, planted: PlantedWeek | null): boolean {
  const cause = findings.find((finding) => finding.kind === 'cause')
  if (planted === null || !cause) return planted === null && !cause
  const named = Object.entries(cause.segment ?? {})
  const meant = Object.entries(planted.segment)
  return (
    cause.driver === planted.driver &&
    named.length === meant.length &&
    named.every(([name, value]) => planted.segment[name] === value)
  )
}
