import { DRIVERS, type Driver, type Verdict } from '../../domain/finding.ts'
import { scratch, withScratch } from '../../domain/scratch.ts'
import { type DriverDecomposition, decomposeDrivers } from './decompose-drivers.ts'
import { type DayValue, detectShifts } from './detect-shift.ts'
import { findRollouts } from './find-rollouts.ts'
import { holdsRise } from './holds-rise.ts'
import type { ItemRow } from './item-row.ts'
import { judgeVariation } from './judge-variation.ts'
import { measureDriverMoves } from './measure-driver-moves.ts'
import { partitionSegments } from './partition-segments.ts'
import { preferWorkSegment } from './prefer-work-segment.ts'
import { type CauseSearch, LOOK_AT_ANY_WEEK, LOOK_AT_UNUSUAL_WEEK, type Look, searchCauses } from './search-causes.ts'
import type { Segment } from './segment.ts'
import { tabulateRows } from './tabulate-rows.ts'
import { allRows, costAt, type UsageTable } from './usage-table.ts'
import { type Cause, type Comparison, usageOf, weighCause } from './weigh-cause.ts'

export type ChangeQuestion = {
  /** Items of closed weeks: the largest week is the current one (or period), all others its history. */
  readonly rows: readonly ItemRow[] | UsageTable
  /** Weeks to compare with in dollars (their mean); all of the history where not given. */
  readonly comparedWeeks?: readonly number[]
  /** Dimensions that tell how the agent worked (model, prompt version, tool …), not what the work was. */
  readonly agentDimensions: readonly string[]
  /** Segments that change events near the date name; tested first, with their own share of the error budget. */
  readonly namedSegments?: readonly Segment[]
  /** Daily cost up to the end of the current week, to date the change. */
  readonly days?: readonly DayValue[]
  /** First day of the current week; a shift before it does not date this change. */
  readonly currentFrom?: string
  /** False where late data may still change the current week. */
  readonly isComplete?: boolean
  readonly seed?: number
}

export type ChangeExplanation = {
  readonly verdict: Verdict
  readonly totals: {
    readonly beforeMicros: number
    readonly afterMicros: number
    readonly changeMicros: number
    readonly itemsBefore: number
    readonly itemsAfter: number
    /** Distance from the usual weeks in their standard deviations; null where they are too few. */
    readonly sigmas: number | null
  }
  /** The whole change by driver and segment: adds up to `changeMicros` exactly, with its `unpricedMicros`. */
  readonly drivers: DriverDecomposition
  /** The driver that moved most, whatever the verdict; null where nothing changed. */
  readonly leadingDriver: Driver | null
  readonly causes: readonly Cause[]
  readonly unexplainedMicros: number
  readonly shiftDate: string | null
}

const MOST_CAUSES = 3
const MINIMUM_SHARE_OF_CHANGE = 0.03
const MINIMUM_SHARE_OF_TOTAL = 0.005
const MINIMUM_ITEMS_NOW = 10
const MINIMUM_ITEMS_PAST = 20
const INCOMPLETE_SHARE = 0.2

/**
 * Why a workflow's cost changed: what moved (drivers, exact), where (at most three causes, each tested against the history),
 * when, and how sure. Pure and deterministic. Money in integer micro-dollars.
 */
export function explainChange(question: ChangeQuestion): ChangeExplanation {
  const given = 'rowCount' in question.rows ? question.rows : tabulateRows(question.rows)
  const weeks = weeksOf(given)
  const currentWeek = weeks.pop() ?? 0
  const order = new Map([...weeks, currentWeek].map((week, index) => [week, index]))
  const isNumbered = [...order].every(([week, index]) => week === index)
  const table = isNumbered ? given : { ...given, week: given.week.map((week) => order.get(week)!) }
  const { week } = table
  const historyWeeks = weeks.length
  const compared = new Set((question.comparedWeeks ?? weeks).map((week) => order.get(week)))
  const comparison: Comparison = {
    table,
    isCurrent: (row) => week[row] === historyWeeks,
    isCompared: (row) => week[row]! < historyWeeks && compared.has(week[row]!),
    scale: 1 / Math.max(1, compared.size),
  }
  const { before, after } = withScratch(() => usageOf(allRows(table), comparison))
  const change = decomposeDrivers([{ segment: {}, before, after }]).changeMicros
  const beforeMicros = Math.round((before?.pricedCostMicros ?? 0) + (before?.correctionsMicros ?? 0))

  const { pastCosts, weekTotals } = costsOfPast(table, historyWeeks)
  const hasEnough = (after?.items ?? 0) >= MINIMUM_ITEMS_NOW && pastCosts.length >= MINIMUM_ITEMS_PAST
  const variation = judgeVariation(weekTotals, beforeMicros + change, pastCosts, after?.items ?? 0)
  const search: CauseSearch = {
    table,
    historyWeeks,
    agentDimensions: question.agentDimensions,
    named: question.namedSegments ?? [],
    direction: change >= 0 ? 1 : -1,
    seed: question.seed ?? 1,
  }
  const nameBy = (look: Look) => withScratch(() => nameCauses(search, look, comparison, change, beforeMicros))
  let causes = hasEnough ? nameBy(LOOK_AT_ANY_WEEK) : []
  const isUnusual = !variation.isNormal && Math.sign(variation.sigmas ?? 0) === search.direction
  if (hasEnough && causes.length === 0 && isUnusual) causes = nameBy(LOOK_AT_UNUSUAL_WEEK)
  // Ways of working replace each other: cut by them, a new version would show as new items and the old one as lost ones.
  const workSegments = causes
    .map((cause) => cause.segment)
    .filter((segment) => !question.agentDimensions.some((name) => name in segment))
  const drivers = withScratch(() =>
    decomposeDrivers(partitionSegments(comparison, workSegments, question.agentDimensions)),
  )
  const isNormal = variation.isNormal && withScratch(() => measureDriverMoves(table, historyWeeks)).length === 0
  const isIncomplete =
    question.isComplete === false || Math.abs(drivers.unpricedMicros) > INCOMPLETE_SHARE * Math.abs(change)
  return {
    verdict: verdictOf({ hasEnough, isIncomplete, hasCause: causes.length > 0, isNormal }),
    totals: {
      beforeMicros,
      afterMicros: beforeMicros + change,
      changeMicros: change,
      itemsBefore: before?.items ?? 0,
      itemsAfter: after?.items ?? 0,
      sigmas: variation.sigmas,
    },
    drivers,
    leadingDriver: leadingDriver(drivers),
    causes,
    unexplainedMicros: change - causes.reduce((sum, cause) => sum + cause.micros, 0),
    shiftDate: dateChange(question),
  }
}

/** What each item of the past cost, and each of its weeks. */
function costsOfPast(table: UsageTable, historyWeeks: number) {
  const costs = scratch(Float64Array, table.rowCount)
  const weekTotals = new Array<number>(historyWeeks).fill(0)
  let count = 0
  for (let row = 0; row < table.rowCount; row++) {
    const week = table.week[row]!
    if (week >= historyWeeks) continue
    const cost = costAt(table, row)
    costs[count++] = cost
    weekTotals[week]! += cost
  }
  return { pastCosts: costs.subarray(0, count), weekTotals }
}

/** The weeks that occur, in order. */
function weeksOf({ week }: UsageTable): number[] {
  const weeks = new Set<number>()
  let last: number | null = null
  for (const one of week) {
    if (one !== last) weeks.add(one)
    last = one
  }
  return [...weeks].sort((left, right) => left - right)
}

function nameCauses(
  search: CauseSearch,
  look: Look,
  comparison: Comparison,
  change: number,
  beforeMicros: number,
): Cause[] {
  const local = searchCauses(search, look)
  // What a segment explains better than everything does is not put down to a rollout to everything.
  const rollouts = findRollouts(search).filter(({ driver }) => local.every((finding) => finding.driver !== driver))
  const found = [...local, ...rollouts].map((finding) => preferWorkSegment(finding, comparison, search.agentDimensions))
  const causes = found.flatMap((finding) => {
    if (look.mustHoldRise && !holdsRise(search.table, search.historyWeeks, finding.rows)) return []
    const cause = weighCause(finding, comparison, change)
    const isWorthNaming =
      Math.abs(cause.micros) >= MINIMUM_SHARE_OF_CHANGE * Math.abs(change) &&
      Math.abs(cause.micros) >= MINIMUM_SHARE_OF_TOTAL * beforeMicros
    // Where the segment's dollars went against its finding, the finding is an artefact of what was summed (Simpson).
    return isWorthNaming && Math.sign(cause.micros) === finding.direction ? [cause] : []
  })
  return causes.sort((left, right) => Math.abs(right.micros) - Math.abs(left.micros)).slice(0, MOST_CAUSES)
}

function verdictOf(facts: {
  hasEnough: boolean
  isIncomplete: boolean
  hasCause: boolean
  isNormal: boolean
}): Verdict {
  if (!facts.hasEnough) return 'not_enough_data'
  if (facts.isIncomplete) return 'data_incomplete'
  if (facts.hasCause) return 'cause_found'
  return facts.isNormal ? 'within_normal_variation' : 'broad'
}

function leadingDriver({ byDriver }: DriverDecomposition): Driver | null {
  const largest = DRIVERS.reduce((best, one) => (Math.abs(byDriver[one]) > Math.abs(byDriver[best]) ? one : best))
  return byDriver[largest] === 0 ? null : largest
}

function dateChange({ days, currentFrom }: ChangeQuestion): string | null {
  if (!days) return null
  const shifts = detectShifts(days).shifts.filter((shift) => currentFrom === undefined || shift.to >= currentFrom)
  return shifts[shifts.length - 1]?.date ?? null
}
