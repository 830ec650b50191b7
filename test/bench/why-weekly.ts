/**
 * `node test/bench/why-weekly.ts [RUNS] [ITEMS,…] [PART,…] [SEED] [EFFECT,…]`: how often a cause is named in simulated quiet weeks, and
 * how often the right one where it was planted. RUNS weeks of each kind (and of each driver and effect), seeds from SEED on; parts: quiet,
 * decoys (quiet weeks of all kinds in turn with three events that changed nothing), single, named (a change event names the
 * segment), double, large (effects that move the whole week's cost), mixed (weeks of all kinds in turn, an event that names the
 * segment between two decoys), doublenamed. One JSON line a cell and driver, in counts alone: lines of several ranges of seeds appended to one file are summed by why-weekly-table.ts.
 */
import { type ChangeExplanation, explainChange } from '../../src/analysis/why/explain-change.ts'
import type { Segment } from '../../src/analysis/why/segment.ts'
import { DRIVERS, type Driver } from '../../src/domain/finding.ts'
import { isPlanted } from './is-planted.ts'
import {
  AGENT_DIMENSIONS,
  drawDecoys,
  type Operations,
  QUIET_KINDS,
  type QuietKind,
  simulateOperations,
} from './why-operations.ts'

const runs = Number(process.argv[2] ?? 40)
const sizes = (process.argv[3] ?? '100,300,1000,3000').split(',').map(Number)
const parts = (process.argv[4] ?? 'quiet,decoys,single,named,double,large,mixed').split(',')
const firstSeed = Number(process.argv[5] ?? 1)
const effects = process.argv[6]?.split(',').map(Number)
const EFFECTS = effects ?? [0.15, 0.3, 0.6, 1.2]
const LARGE_EFFECTS = effects ?? [3, 6]
/** Standard deviations of the usual weeks, beyond which the top cause should nearly always be right. */
const LARGE_CHANGE = 4
const PLANTED_PARTS = ['single', 'named', 'double', 'large', 'mixed', 'doublenamed']

for (const itemsPerWeek of sizes) {
  if (parts.includes('quiet')) for (const kind of QUIET_KINDS) reportQuiet(itemsPerWeek, kind)
  if (parts.includes('decoys')) reportQuiet(itemsPerWeek, 'all with decoys')
  for (const part of PLANTED_PARTS) {
    if (!parts.includes(part)) continue
    for (const effect of part === 'large' ? LARGE_EFFECTS : EFFECTS) {
      for (const driver of DRIVERS) reportPlanted(part, itemsPerWeek, effect, driver)
    }
  }
}

function explain(operations: Operations, named: readonly Segment[] = []): ChangeExplanation {
  return explainChange({ rows: operations.rows, agentDimensions: AGENT_DIMENSIONS, namedSegments: named })
}

function reportQuiet(itemsPerWeek: number, kind: QuietKind | 'all with decoys'): void {
  const counts = { runs: 0, weeksNamed: 0, broad: 0, ms: 0 }
  const byDriver: Record<string, number> = {}
  for (let run = 0; run < runs; run++) {
    const seed = firstSeed + run
    const hasDecoys = kind === 'all with decoys'
    const operations = simulateOperations({ seed, itemsPerWeek, kind: hasDecoys ? inTurn(run) : kind })
    const startedAt = performance.now()
    const { verdict, causes } = explain(operations, hasDecoys ? drawDecoys(operations, seed, 3) : [])
    counts.ms += Math.round(performance.now() - startedAt)
    counts.runs++
    if (verdict === 'cause_found') counts.weeksNamed++
    if (verdict === 'broad') counts.broad++
    for (const cause of causes) byDriver[cause.driver] = (byDriver[cause.driver] ?? 0) + 1
  }
  console.log(JSON.stringify({ part: 'quiet', itemsPerWeek, kind, firstSeed, ...counts, byDriver }))
}

function reportPlanted(part: string, itemsPerWeek: number, effect: number, driver: Driver): void {
  const counts = { runs: 0, topRight: 0, weeksNamed: 0, named: 0, right: 0, large: 0, largeTopRight: 0 }
  const index = DRIVERS.indexOf(driver)
  for (let run = 0; run < runs; run++) {
    const other = DRIVERS[(index + 1 + (run % (DRIVERS.length - 1))) % DRIVERS.length]!
    const drivers: Driver[] = part.startsWith('double') ? [driver, other] : [driver]
    const seed = 10_000_000 * (index + 1) + firstSeed + run
    const kind = part === 'mixed' ? inTurn(run) : 'plain'
    const operations = simulateOperations({ seed, itemsPerWeek, kind, plant: { drivers, effect } })
    const { causes, totals } = explain(operations, namedIn(part, operations, seed))
    const right = causes.map((cause) => isPlanted(operations, cause.driver, cause.segment))
    counts.runs++
    counts.named += causes.length
    counts.right += right.filter(Boolean).length
    if (causes.length > 0) counts.weeksNamed++
    if (right[0]) counts.topRight++
    if (Math.abs(totals.sigmas ?? 0) > LARGE_CHANGE) {
      counts.large++
      if (right[0]) counts.largeTopRight++
    }
  }
  console.log(JSON.stringify({ part, itemsPerWeek, effect, driver, firstSeed, ...counts }))
}

function inTurn(run: number): QuietKind {
  return QUIET_KINDS[run % QUIET_KINDS.length]!
}

/** The segments that change events name in a week of this part. */
function namedIn(part: string, operations: Operations, seed: number): Segment[] {
  const planted = operations.causes.map((cause) => cause.segment)
  if (part === 'mixed') return [...planted, ...drawDecoys(operations, seed, 2)]
  return part === 'named' || part === 'doublenamed' ? planted : []
}
