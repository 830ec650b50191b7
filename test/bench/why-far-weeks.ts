/**
 * `node test/bench/why-far-weeks.ts [COUNT] [SEED]`: rows alone at large changes, no database and no events. COUNT simulated
 * workflows whose last week costs more than four standard deviations above its usual weeks (why-path-world.ts), explained as
 * the product explains them. A line each on stderr; the last line is one JSON object: how often the first cause has the right
 * driver and segment (four fifths of the items in common), in all and by the planted driver.
 */
import { refineCauses } from '../../src/analysis/explain-change/refine-causes.ts'
import { explainChange } from '../../src/analysis/why/explain-change.ts'
import { tabulateRows } from '../../src/analysis/why/tabulate-rows.ts'
import { DRIVERS } from '../../src/domain/finding.ts'
import { isPlanted } from './is-planted.ts'
import { AGENT_DIMENSIONS } from './why-operations.ts'
import { drawPathWorlds, type PathWorld } from './why-path-world.ts'

const count = Number(process.argv[2] ?? 100)
const firstSeed = Number(process.argv[3] ?? 1)
const { worlds, drawn } = drawPathWorlds(count, firstSeed)
const byDriver = Object.fromEntries(DRIVERS.map((driver) => [driver, { worlds: 0, named: 0, topRight: 0 }]))
const sums = { named: 0, topRight: 0 }
for (const world of worlds) {
  const [planted] = world.operations.causes
  const { verdict, causes } = explain(world)
  const [top] = causes
  const isRight = top !== undefined && isPlanted(world.operations, top.driver, top.segment)
  for (const tally of [sums, byDriver[planted!.driver]!]) {
    if (top) tally.named++
    if (isRight) tally.topRight++
  }
  byDriver[planted!.driver]!.worlds++
  const { seed, kind, sigmas, operations } = world
  const items = operations.rows.length
  const told = causes.map(({ driver, segment, confidence, n }) => ({ driver, segment, confidence, n }))
  console.error(
    JSON.stringify({ isRight, seed, kind, items, sigmas: Number(sigmas.toFixed(1)), planted, verdict, told }),
  )
}
console.log(JSON.stringify({ worlds: count, drawn, firstSeed, ...sums, byDriver }))

function explain({ operations }: PathWorld) {
  const { rows, historyWeeks } = operations
  const table = tabulateRows(rows)
  const found = explainChange({ rows: table, agentDimensions: AGENT_DIMENSIONS })
  const isCurrent = (row: number) => table.week[row] === historyWeeks
  const sides = { table, isCurrent, isCompared: (row: number) => !isCurrent(row), scale: 1 / historyWeeks }
  return refineCauses(found, sides, AGENT_DIMENSIONS)
}
