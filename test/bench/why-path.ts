/**
 * `node test/bench/why-path.ts [COUNT] [SEED] [URL]`: the whole path at large changes. COUNT simulated workflows whose last week
 * costs more than four standard deviations above its usual weeks, through the database (in memory, or a new one on the server
 * URL) and the product's own answerer: "why did deskaa cost spike last week?". For every second one an event names the cause's
 * first attribute, for every third one an event names what did not change. The last line is one JSON object: how often the first cause has the right driver and segment
 * (four fifths of the items in common), and how often the first day is right within a day.
 */
import { catalogue } from '../../src/analysis/catalogue.ts'
import { quantileOfSorted } from '../../src/analysis/why/statistics.ts'
import { createAnswerer } from '../../src/answer/create-answerer.ts'
import type { Answer } from '../../src/domain/answer.ts'
import { daysBetween } from '../../src/domain/period.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import type { Database } from '../../src/store/client.ts'
import { insertChangeEvents } from '../../src/store/queries/insert-change-events.ts'
import { workflows } from '../../src/store/schema/settings.ts'
import { loadPortions } from './ask-load.ts'
import { isPlanted } from './is-planted.ts'
import { openScratchDatabase } from './scratch-database.ts'
import { drawDecoys } from './why-operations.ts'
import { CORRECTION_RATE, drawPathWorlds, morningOf, type PathWorld, rowsOfWorld } from './why-path-world.ts'

const NOW = new Date('2026-11-23T09:00:00Z')
const count = Number(process.argv[2] ?? 24)
const firstSeed = Number(process.argv[3] ?? 1)
const { worlds, drawn } = drawPathWorlds(count, firstSeed)
const database = await openScratchDatabase(process.argv[4])
try {
  const runs = await load(database, worlds)
  const answerer = createAnswerer({
    ...{ db: database.db, catalogue, settle: async () => true, model: null, clock: () => NOW, timeZone: 'UTC' },
    searchMemory: (on, search) => searchMemory(on, { ...search, embed: null }),
    baseUrl: 'http://127.0.0.1:3000',
  })
  const times: number[] = []
  const sums = { named: 0, topRight: 0, withEvent: 0, topRightWithEvent: 0, dated: 0, datedWithinADay: 0 }
  for (const [index, world] of worlds.entries()) {
    const begun = performance.now()
    const answer = await answerer.ask({ question: `why did ${world.workflow} cost spike last week?`, asOf: NOW })
    times.push(performance.now() - begun)
    const judged = judge(answer, world)
    if (judged.cause !== null) sums.named++
    if (judged.isRight) sums.topRight++
    if (hasEvent(index)) sums.withEvent++
    if (hasEvent(index) && judged.isRight) sums.topRightWithEvent++
    if (judged.isRight && judged.daysOff !== null) {
      sums.dated++
      if (Math.abs(judged.daysOff) <= 1) sums.datedWithinADay++
    }
    const { workflow, seed, kind, operations, sigmas } = world
    const [planted] = operations.causes
    console.error(JSON.stringify({ workflow, seed, kind, sigmas: Number(sigmas.toFixed(1)), planted, ...judged }))
  }
  const sorted = Float64Array.from(times).sort()
  const [p50Ms, p95Ms] = [0.5, 0.95].map((share) => Math.round(quantileOfSorted(sorted, share)))
  console.log(
    JSON.stringify({ worlds: count, drawn, firstSeed, runs, database: database.description, ...sums, p50Ms, p95Ms }),
  )
} finally {
  await database.close()
}

function hasEvent(index: number): boolean {
  return index % 2 === 0
}

async function load(into: Database, all: readonly PathWorld[]): Promise<number> {
  await into.db.insert(workflows).values(
    all.map(({ workflow }) => ({
      ...{ name: workflow, settings: { unit: 'item', correctionHourlyRate: CORRECTION_RATE } },
      ...{ firstSeenAt: NOW, updatedAt: NOW },
    })),
  )
  const events = all.flatMap(({ workflow, began, operations, seed }, index) => {
    const truth = Object.entries(operations.causes[0]!.segment).slice(0, 1)
    const told = [
      ...(hasEvent(index) ? truth : []),
      ...(index % 3 === 0 ? drawDecoys(operations, seed, 1).flatMap((segment) => Object.entries(segment)) : []),
    ]
    return told.map(([name, value], at) => ({
      ...{ id: `change-${at}`, workflow, kind: 'policy' as const, description: `New rules for ${value}` },
      ...{ attributes: { [name]: value }, inferred: false, occurredAt: morningOf(began), recordedAt: morningOf(began) },
    }))
  })
  await insertChangeEvents(into.db, events)
  return loadPortions(into, all.map(rowsOfWorld))
}

/** What the answer names first, and whether that is what was planted; days by which its date is late (negative: early). */
function judge(answer: Answer, world: PathWorld) {
  const { plan, findings } = answer
  if (plan.analysis !== 'explain_change' || plan.workflow !== world.workflow) {
    throw new Error(`planned as ${JSON.stringify(plan)}`)
  }
  const cause = findings.find((finding) => finding.kind === 'cause')
  const date = findings.find((finding) => finding.id === 'shift_date')?.value
  const isRight = cause?.driver !== undefined && isPlanted(world.operations, cause.driver, cause.segment ?? {})
  return {
    cause: cause ? { driver: cause.driver, segment: cause.segment } : null,
    isRight,
    daysOff: typeof date === 'string' ? daysBetween(world.began, date) : null,
  }
}
