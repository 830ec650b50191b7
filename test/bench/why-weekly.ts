/**
 * `node test/bench/why-weekly.ts [RUNS] [ITEMS,…] [PART,…] [SEED]`: how often a cause is named in simulated quiet weeks, and
 * how often the right one where it was planted. RUNS weeks of each kind (and of each driver); parts: quiet, single, named
 * (a change event names the segment), double, large (effects that move the whole week's cost). One JSON line a cell.
 */
import { type ChangeExplanation, explainChange } from '../../src/analysis/why/explain-change.ts'
import { isInSegment, type Segment } from '../../src/analysis/why/segment.ts'
import { DRIVERS, type Driver } from '../../src/domain/finding.ts'
import {
  AGENT_DIMENSIONS,
  type Operations,
  type OperationsPlan,
  QUIET_KINDS,
  simulateOperations,
} from './why-operations.ts'

const runs = Number(process.argv[2] ?? 40)
const sizes = (process.argv[3] ?? '100,300,1000,3000').split(',').map(Number)
const parts = (process.argv[4] ?? 'quiet,single,named,double,large').split(',')
const firstSeed = Number(process.argv[5] ?? 1)
const EFFECTS = [0.15, 0.3, 0.6, 1.2]
const LARGE_EFFECTS = [3, 6]
/** Standard deviations of the usual weeks, beyond which the top cause should nearly always be right. */
const LARGE_CHANGE = 4

for (const itemsPerWeek of sizes) {
  if (parts.includes('quiet')) for (const kind of QUIET_KINDS) reportQuiet(itemsPerWeek, kind)
  for (const part of ['single', 'named', 'double', 'large']) {
    if (!parts.includes(part)) continue
    for (const effect of part === 'large' ? LARGE_EFFECTS : EFFECTS) reportPlanted(part, itemsPerWeek, effect)
  }
}

function explain(operations: Operations, named: readonly Segment[] = []): ChangeExplanation {
  return explainChange({ rows: operations.rows, agentDimensions: AGENT_DIMENSIONS, namedSegments: named })
}

function reportQuiet(itemsPerWeek: number, kind: OperationsPlan['kind']): void {
  const verdicts: Record<string, number> = {}
  const drivers: Record<string, number> = {}
  let ms = 0
  for (let run = 0; run < runs; run++) {
    const operations = simulateOperations({ seed: firstSeed + run, itemsPerWeek, kind })
    const startedAt = performance.now()
    const { verdict, causes } = explain(operations)
    ms += performance.now() - startedAt
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
    for (const cause of causes) drivers[cause.driver] = (drivers[cause.driver] ?? 0) + 1
  }
  const falseCauses = (verdicts.cause_found ?? 0) / runs
  console.log(
    JSON.stringify({
      part: 'quiet',
      itemsPerWeek,
      kind,
      runs,
      falseCauses,
      verdicts,
      drivers,
      ms: Math.round(ms / runs),
    }),
  )
}

function reportPlanted(part: string, itemsPerWeek: number, effect: number): void {
  const total = { runs: 0, topRight: 0, weeksNamed: 0, named: 0, right: 0, large: 0, largeTopRight: 0 }
  const byDriver: Record<string, string> = {}
  for (const [index, driver] of DRIVERS.entries()) {
    const own = { topRight: 0, weeksNamed: 0 }
    for (let run = 0; run < runs; run++) {
      const other = DRIVERS[(index + 1 + (run % (DRIVERS.length - 1))) % DRIVERS.length]!
      const drivers: Driver[] = part === 'double' ? [driver, other] : [driver]
      const seed = 100_000 * (index + 1) + firstSeed + run
      const operations = simulateOperations({ seed, itemsPerWeek, kind: 'plain', plant: { drivers, effect } })
      const { causes, totals } = explain(operations, part === 'named' ? [operations.causes[0]!.segment] : [])
      const right = causes.map((cause) => isPlanted(operations, cause.driver, cause.segment))
      total.runs++
      total.named += causes.length
      total.right += right.filter(Boolean).length
      if (causes.length > 0) own.weeksNamed++
      if (right[0]) own.topRight++
      if (Math.abs(totals.sigmas ?? 0) > LARGE_CHANGE) {
        total.large++
        if (right[0]) total.largeTopRight++
      }
    }
    total.topRight += own.topRight
    total.weeksNamed += own.weeksNamed
    byDriver[driver] = `${own.topRight}/${own.weeksNamed}/${runs}`
  }
  const precision = total.named === 0 ? null : Number((total.right / total.named).toFixed(3))
  console.log(JSON.stringify({ part, itemsPerWeek, effect, ...total, precision, byDriver }))
}

/** Right: the driver, and a segment that shares four fifths of the current items with a planted one. */
function isPlanted(operations: Operations, driver: Driver, segment: Segment): boolean {
  const current = operations.rows.filter((row) => row.weekIndex === operations.historyWeeks)
  return operations.causes.some((cause) => {
    if (cause.driver !== driver) return false
    const both = current.filter(
      (row) => isInSegment(row.dimensions, segment) && isInSegment(row.dimensions, cause.segment),
    )
    const either = current.filter(
      (row) => isInSegment(row.dimensions, segment) || isInSegment(row.dimensions, cause.segment),
    )
    return both.length >= 0.8 * either.length
  })
}
