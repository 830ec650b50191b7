import { costOfRow, type ItemRow } from '../../src/analysis/why/item-row.ts'
import { isInSegment } from '../../src/analysis/why/segment.ts'
import { mean, standardDeviation } from '../../src/analysis/why/statistics.ts'
import type { ModelUse } from '../../src/domain/facts.ts'
import { DRIVERS } from '../../src/domain/finding.ts'
import { addDays, type CalendarDate } from '../../src/domain/period.ts'
import { iso, line } from './ask-rows.ts'
import type { WorldRows } from './ask-world.ts'
import { type Operations, QUIET_KINDS, type QuietKind, simulateOperations } from './why-operations.ts'

/** Hourly rate of corrections in dollars, from which the simulated dollars become minutes. */
export const CORRECTION_RATE = 45
export const CURRENT_MONDAY: CalendarDate = '2026-11-16'
const SIZES = [150, 300, 500]
const EFFECTS = [0.6, 1.2, 2, 4]
const HOUR = 3_600_000
const DEAR = 4

/** One workflow with a planted week, as it lies in the database. */
export interface PathWorld {
  workflow: string
  seed: number
  kind: QuietKind
  operations: Operations
  /** First day of the planted cause. */
  began: CalendarDate
  /** Distance of the current week's cost from the mean of its usual weeks, in their standard deviations. */
  sigmas: number
}

/**
 * Of the worlds from `firstSeed` on, the first `count` whose planted week costs more than four standard deviations above its usual
 * weeks, more than half of it in the planted segment: a week that is dear for another reason has another cause.
 */
export function drawPathWorlds(count: number, firstSeed: number): { worlds: PathWorld[]; drawn: number } {
  const worlds: PathWorld[] = []
  let drawn = 0
  for (; worlds.length < count; drawn++) {
    // Every driver in every kind of week, in turn.
    const kind = QUIET_KINDS[(drawn + Math.floor(drawn / DRIVERS.length)) % QUIET_KINDS.length]!
    const fromDay = Math.floor(drawn / 4) % 4
    const operations = simulateOperations({
      seed: firstSeed + drawn,
      itemsPerWeek: SIZES[Math.floor(drawn / 3) % SIZES.length]!,
      kind,
      plant: {
        drivers: [DRIVERS[drawn % DRIVERS.length]!],
        effect: EFFECTS[Math.floor(drawn / 7) % EFFECTS.length]!,
        fromDay,
      },
    })
    const { sigmas, share } = riseOf(operations)
    if (sigmas <= DEAR || share <= 0.5) continue
    const workflow = nameOf(worlds.length)
    worlds.push({
      ...{ workflow, seed: firstSeed + drawn, kind, operations, sigmas },
      began: addDays(CURRENT_MONDAY, fromDay),
    })
  }
  return { worlds, drawn }
}

/** `deskaa`, `deskab` …: with a digit it would be taken for the id of an item. */
function nameOf(index: number): string {
  const letter = (number: number) => String.fromCharCode(97 + (number % 26))
  return `desk${letter(Math.floor(index / 26))}${letter(index)}`
}

/** By how many standard deviations of its usual weeks the current one is dearer, and the planted segment's share of that. */
function riseOf({ rows, historyWeeks, causes }: Operations): { sigmas: number; share: number } {
  const riseIn = (some: readonly ItemRow[]) => {
    const costs = new Array<number>(historyWeeks + 1).fill(0)
    for (const row of some) costs[row.weekIndex]! += costOfRow(row)
    const current = costs.pop()!
    return { rise: current - mean(costs), swing: standardDeviation(costs) }
  }
  const whole = riseIn(rows)
  const planted = riseIn(rows.filter((row) => causes.some(({ segment }) => isInSegment(row.dimensions, segment))))
  return { sigmas: whole.rise / whole.swing, share: planted.rise / whole.rise }
}

/** A world's rows for the tables of facts: an item's attempts are runs some minutes apart, its tokens shared among them. */
export function rowsOfWorld({ workflow, operations }: PathWorld): WorldRows {
  const rows: WorldRows = { run_facts: [], outcomes: [], overrides: [], work_items: [] }
  for (const [index, row] of operations.rows.entries()) {
    const day = addDays(CURRENT_MONDAY, 7 * (row.weekIndex - operations.historyWeeks) + operations.days[index]!)
    const at = Date.parse(`${day}T07:00:00Z`) + (index % 90) * 6 * 60_000
    addItem(rows, workflow, `${workflow}-${index}`, row, at)
  }
  return rows
}

function addItem(rows: WorldRows, workflow: string, id: string, row: ItemRow, at: number): void {
  const { model, promptVersion, ...attributes } = row.dimensions
  const attributesText = JSON.stringify(attributes)
  const share = (whole: number, attempt: number) =>
    Math.floor((whole * (attempt + 1)) / row.attempts) - Math.floor((whole * attempt) / row.attempts)
  for (let attempt = 0; attempt < row.attempts; attempt++) {
    const use: ModelUse = {
      ...{ model: model!, provider: 'example', unpricedCalls: 0, outputTokens: 0 },
      ...{ calls: share(row.calls, attempt), inputTokens: share(row.tokens, attempt) },
      costMicros: share(row.runsMicros, attempt),
    }
    rows.run_facts.push(runLine({ workflow, id, attempt, at, attributesText, promptVersion: promptVersion! }, use))
  }
  const end = at + row.attempts * 60_000
  const status = row.resolved ? 'resolved' : 'failed'
  const isCorrected = row.correctionsMicros > 0
  rows.outcomes.push(
    line([workflow, `o-${id}`, id, status, isCorrected ? 'human' : 'agent', null, null, iso(end), iso(end)]),
  )
  if (isCorrected) {
    const minutes = row.correctionsMicros / ((CORRECTION_RATE * 1_000_000) / 60)
    const decisions = ['approve', 'reject', 'wrong document', null, 'U1']
    rows.overrides.push(line([workflow, `h-${id}`, id, null, null, ...decisions, minutes, iso(end), iso(end), null]))
  }
  rows.work_items.push(
    line([
      ...[id, workflow, attributesText, status, iso(at), iso(end), row.attempts, isCorrected ? 1 : 0],
      ...[row.runsMicros + row.correctionsMicros, 0, iso(end)],
    ]),
  )
}

interface RunPlace {
  workflow: string
  id: string
  attempt: number
  at: number
  attributesText: string
  promptVersion: string
}

/** In the order of RUN_COLUMNS. */
function runLine({ workflow, id, attempt, at, attributesText, promptVersion }: RunPlace, use: ModelUse): string {
  const begins = at + attempt * 60_000
  const step = { name: 'decide', kind: 'llm', failed: 0, ...use }
  return line([
    ...[`${id}-${attempt}`, iso(begins + 30_000), workflow, id, null, null, 'ok', 'desk-agent', '1.0', promptVersion],
    ...[iso(begins), iso(begins + 30_000), use.costMicros, null, use.calls, 0, use.calls, 0, use.inputTokens, 0, null],
    ...[use.outputTokens, null, false, null, JSON.stringify([use]), JSON.stringify([step]), '[]', '[]', '{}'],
    ...[attributesText, 'approve', '[]', 'bench'],
  ])
}

/** The hour at which a day of work begins, for events. */
export const morningOf = (day: CalendarDate): Date => new Date(Date.parse(`${day}T00:00:00Z`) + 6 * HOUR)
