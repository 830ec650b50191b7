import { createRandom, drawNormal, type RandomSource } from '../../src/analysis/why/seeded-random.ts'
import type { Driver } from '../../src/domain/finding.ts'
import { addDays, type CalendarDate, weekdayOf } from '../../src/domain/period.ts'
import { iso, line } from './ask-rows.ts'
import { type RunDraw, runRow } from './ask-runs.ts'

/** One workflow, so that every question touches everything there is in its period: the hardest case for a filter. */
export const WORLD_WORKFLOW = 'claims'
/** The questions' "now", a Monday; the year before it is full of work. */
export const WORLD_NOW = new Date('2026-11-23T09:00:00Z')
export const WORLD_FIRST_DAY: CalendarDate = '2025-11-24'
const DAYS = 364
const DAY = 86_400_000

/** What a week hides, from its Monday: one segment, one driver, one factor. */
export interface PlantedWeek {
  monday: CalendarDate
  segment: Record<string, string>
  driver: Driver
  factor: number
}

export const PLANTED_WEEKS: readonly PlantedWeek[] = [
  { monday: '2026-11-16', segment: { region: 'west' }, driver: 'tokens', factor: 2 },
  { monday: '2026-10-05', segment: { product: 'motor' }, driver: 'attempts', factor: 2 },
  { monday: '2026-09-07', segment: { channel: 'phone' }, driver: 'corrections', factor: 3 },
]
/** Nothing is planted in it, nor in the weeks around it. */
export const QUIET_MONDAY: CalendarDate = '2026-08-10'

/** Eight dimensions with how many values each has; the first values are the frequent ones. */
const DIMENSIONS: Readonly<Record<string, readonly string[]>> = {
  region: ['west', 'north', 'south', 'east', 'islands'],
  product: ['home', 'motor', 'travel', 'health'],
  channel: ['web', 'phone', 'mail'],
  tier: ['standard', 'gold', 'partner'],
  language: ['en', 'de', 'fr', 'it', 'es', 'pt'],
  exceptionDocs: ['no', 'yes'],
  severity: ['low', 'medium', 'high'],
  customer: Array.from({ length: 60 }, (_, index) => `customer-${String(index + 1).padStart(2, '0')}`),
}
const REASONS = ['wrong deductible', 'missing document', 'exception applies', 'duplicate claim', 'tone of the letter']
const RULES = ['R-7', 'R-12', 'R-31', null]

/** One line of COPY text for each row, by table. */
export interface WorldRows {
  run_facts: string[]
  outcomes: string[]
  overrides: string[]
  work_items: string[]
}

export interface World {
  /** In portions, so that a million items need not fit into memory. */
  portions(): Generator<WorldRows>
}

/** `items` work items over one year with weekday effects, growth and the planted weeks; the same seed makes the same world. */
export function createAskWorld(items: number, seed = 11): World {
  return {
    *portions() {
      const random = createRandom(seed)
      const weights = Array.from({ length: DAYS }, (_, day) => weightOfDay(day))
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      let made = 0
      let due = 0
      let rows = noRows()
      for (const [day, weight] of weights.entries()) {
        due += (items * weight) / total
        const until = day === DAYS - 1 ? items : Math.round(due)
        for (; made < until; made++) drawItem(made, day, random, rows)
        if (rows.run_facts.length > 10_000) {
          yield rows
          rows = noRows()
        }
      }
      yield rows
    },
  }
}

const noRows = (): WorldRows => ({ run_facts: [], outcomes: [], overrides: [], work_items: [] })

function weightOfDay(day: number): number {
  const weekday = weekdayOf(addDays(WORLD_FIRST_DAY, day))
  const usual = weekday === 6 ? 0.4 : weekday === 7 ? 0.3 : 1
  return usual * (1 + (0.3 * day) / DAYS)
}

function drawItem(index: number, day: number, random: RandomSource, rows: WorldRows): void {
  const id = `claim-${String(index).padStart(7, '0')}`
  const attributes = Object.fromEntries(
    Object.entries(DIMENSIONS).map(([name, values]) => [name, values[drawSkewed(values.length, random)]!]),
  )
  const date = addDays(WORLD_FIRST_DAY, day)
  const planted = PLANTED_WEEKS.find(
    ({ monday, segment }) =>
      date >= monday &&
      date < addDays(monday, 7) &&
      Object.entries(segment).every(([name, value]) => attributes[name] === value),
  )
  const factor = (driver: Driver) => (planted?.driver === driver ? planted.factor : 1)
  const attempts = drawAttempts(1.6 * factor('attempts'), random)
  const size = Math.exp(0.4 * drawNormal(random)) * factor('tokens') * (attributes.severity === 'high' ? 1.3 : 1)
  let at = Date.parse(`${date}T07:00:00Z`) + Math.floor(random() * 13 * 3_600_000)
  const startedAt = at
  const documentId = Math.floor(random() * 400)
  const attributesText = JSON.stringify(attributes)
  let total = 0
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const draw: RunDraw = {
      workflow: WORLD_WORKFLOW,
      id,
      at,
      attributesText,
      isLast: attempt === attempts,
      size,
      documentId,
      day,
    }
    const run = runRow(draw, random)
    rows.run_facts.push(run.line)
    total += run.costMicros
    at += 600_000 + Math.floor(random() * 5_400_000)
  }
  const corrected = random() < 0.06 * factor('corrections')
  if (corrected) rows.overrides.push(overrideRow(index, id, at, random))
  const status = drawOutcomes(index, id, at, corrected, random, rows)
  const updated = iso(at)
  const closedAt = status === 'open' ? null : updated
  rows.work_items.push(
    line([
      id,
      WORLD_WORKFLOW,
      attributesText,
      status,
      iso(startedAt),
      closedAt,
      attempts,
      corrected ? 1 : 0,
      total,
      0,
      updated,
    ]),
  )
}

/** The outcome that holds. One in a hundred items is reopened and resolved again some days later. */
function drawOutcomes(
  index: number,
  id: string,
  lastRun: number,
  corrected: boolean,
  random: RandomSource,
  rows: WorldRows,
): string {
  const draw = random()
  const status = draw < 0.86 ? 'resolved' : draw < 0.91 ? 'failed' : draw < 0.96 ? 'escalated' : 'open'
  if (status === 'open') return status
  let at = lastRun + Math.floor(random() * 1.5 * DAY)
  const outcome = (order: number, is: string) => {
    const by = corrected || is === 'escalated' ? 'human' : 'agent'
    const value = is === 'resolved' ? 40_000_000 : null
    rows.outcomes.push(
      line([WORLD_WORKFLOW, `o-${index}-${order}`, id, is, by, value, null, iso(at), iso(at + 60_000)]),
    )
  }
  outcome(0, status)
  if (random() < 0.01) {
    at += Math.floor((1 + 4 * random()) * DAY)
    outcome(1, 'reopened')
    at += Math.floor(2 * random() * DAY)
    outcome(2, 'resolved')
  }
  return status
}

function overrideRow(index: number, id: string, at: number, random: RandomSource): string {
  const pick = <Value>(values: readonly Value[]) => values[drawSkewed(values.length, random)]!
  const minutes = 3 + Math.round(10 * random())
  const actor = `U${1 + Math.floor(random() * 12)}`
  const fields = [WORLD_WORKFLOW, `h-${index}`, id, null, null, 'approve', 'reject', pick(REASONS), pick(RULES), actor]
  return line([...fields, minutes, iso(at), iso(at + 30_000), null])
}

/** Geometric, by its mean. */
function drawAttempts(mean: number, random: RandomSource): number {
  return 1 + Math.floor(Math.log(1 - random()) / Math.log((mean - 1) / mean))
}

/** Low indices more often: the second value about 0.7 times as often as the first, and so on more slowly. */
function drawSkewed(count: number, random: RandomSource): number {
  return Math.floor(count * random() ** 1.5)
}
