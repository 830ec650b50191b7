import type { ItemRow } from '../../src/analysis/why/item-row.ts'
import { createRandom, drawNormal, type RandomSource } from '../../src/analysis/why/seeded-random.ts'
import { isInSegment, type Segment } from '../../src/analysis/why/segment.ts'
import type { Driver } from '../../src/domain/finding.ts'
import { createCarriedSwings, drawDays } from './why-swings.ts'
import {
  CUSTOMERS,
  createWorld,
  drawIndex,
  drawItem,
  drawPoisson,
  type PlantedCause,
  shuffle,
  type Week,
} from './why-world.ts'

/** `weekdays` and `correlated` draw what is theirs from a second stream, so that the seeds of the others stay as they are. */
export const QUIET_KINDS = ['plain', 'growth', 'drift', 'shocks', 'weekdays', 'correlated'] as const
export type QuietKind = (typeof QUIET_KINDS)[number]

export type OperationsPlan = {
  readonly seed: number
  readonly itemsPerWeek: number
  readonly kind: QuietKind
  readonly historyWeeks?: number
  /** Causes planted in the current week from its day `fromDay` on (0: the first), of these drivers and this relative size. */
  readonly plant?: { readonly drivers: readonly Driver[]; readonly effect: number; readonly fromDay?: number }
}

export type Operations = {
  readonly rows: readonly ItemRow[]
  /** The day of its week on which each item came, 0 to 6. */
  readonly days: readonly number[]
  readonly historyWeeks: number
  readonly causes: readonly PlantedCause[]
}

export const AGENT_DIMENSIONS = ['model', 'promptVersion']
/** XORed with the seed, for days and for what only some kinds draw. */
const SECOND_STREAM = 0x5bd1e995
const USUAL_VOLUME = Float64Array.of(1, 1, 1, 1, 1, 0.35, 0.35)

/**
 * Weeks of a simulated workflow: skewed dimensions with their own effects on every driver, customers whose volume and tokens
 * swing from week to week together, heavy-tailed costs. Kinds beside the plain one: 10 % weekly growth; a drifting mix; strong
 * shocks of customers; days that differ in volume, mix, attempts and tokens, by weekday and by chance; values of every
 * dimension whose volume, attempts and tokens swing, half of each week's swing carried over to the next.
 */
export function simulateOperations({ seed, itemsPerWeek, kind, historyWeeks = 8, plant }: OperationsPlan): Operations {
  const random = createRandom(seed)
  const second = createRandom(seed ^ SECOND_STREAM)
  const world = createWorld(random)
  const nextDays = kind === 'weekdays' ? drawDays(world, second) : null
  const nextSwings = kind === 'correlated' ? createCarriedSwings(world, second) : null
  const shocks =
    kind === 'shocks' ? { volume: 0.25, drift: 0.08, tokens: 0.06 } : { volume: 0.12, drift: 0.05, tokens: 0.03 }
  const mixDrift = world.weights.map((weights) =>
    weights.map(() => (kind === 'drift' ? 0.06 : 0.01) * drawNormal(random)),
  )
  const growth = kind === 'growth' ? 1.1 : 1
  const volumeDrift = new Float64Array(CUSTOMERS)
  const tokenDrift = new Float64Array(CUSTOMERS)

  const rows: ItemRow[] = []
  const dayOfRow: number[] = []
  let causes: readonly PlantedCause[] = []
  for (let index = 0; index <= historyWeeks; index++) {
    for (let customer = 0; customer < CUSTOMERS; customer++) {
      volumeDrift[customer]! += shocks.drift * drawNormal(random)
      tokenDrift[customer]! += shocks.tokens * drawNormal(random)
    }
    const weights = world.weights.map((values, dimension) =>
      Float64Array.from(values, (weight, value) => {
        const isCustomer = dimension === world.weights.length - 1
        const swing = isCustomer
          ? volumeDrift[value]! + shocks.volume * drawNormal(random)
          : mixDrift[dimension]![value]! * index
        return weight * Math.exp(swing)
      }),
    )
    const customerVolume = weights[weights.length - 1]!.reduce((sum, weight) => sum + weight, 0)
    if (index === historyWeeks && plant) causes = plantCauses(rows, world.attributes, plant, random)
    const usual: Week = { index, weights, customerTokens: tokenDrift, promptVersion: index < 4 ? 'v1' : 'v2', causes }
    const week = nextSwings?.(usual) ?? usual
    const days = nextDays?.(usual)
    const count = drawPoisson(itemsPerWeek * customerVolume * growth ** (index - historyWeeks), random)
    for (let item = 0; item < count; item++) {
      const day = drawIndex(days?.volume ?? USUAL_VOLUME, second)
      const active = index === historyWeeks && day >= (plant?.fromDay ?? 0) ? causes : []
      const then = { ...(days?.weeks[day] ?? week), causes: active }
      const row = drawItem(world, then, random)
      rows.push(row)
      dayOfRow.push(day)
      for (const cause of active) {
        if (cause.driver !== 'items' || !isInSegment(row.dimensions, cause.segment)) continue
        const copies = Math.floor(cause.effect) + (random() < cause.effect % 1 ? 1 : 0)
        for (let copy = 0; copy < copies; copy++) {
          rows.push(drawUntil(() => drawItem(world, then, random), cause))
          dayOfRow.push(day)
        }
      }
    }
  }
  return { rows, days: dayOfRow, historyWeeks, causes }
}

/** Another item of the cause's segment. */
function drawUntil(draw: () => ItemRow, cause: PlantedCause): ItemRow {
  for (;;) {
    const row = draw()
    if (isInSegment(row.dimensions, cause.segment)) return row
  }
}

/** Segments that change events name although nothing changed in them: each one value, as often as items have them. */
export function drawDecoys({ rows, causes }: Operations, seed: number, count: number): Segment[] {
  const random = createRandom(seed ^ SECOND_STREAM)
  const decoys: Segment[] = []
  while (decoys.length < count) {
    const { dimensions } = rows[Math.floor(random() * rows.length)]!
    const names = Object.keys(dimensions)
    const name = names[Math.floor(random() * names.length)]!
    if (causes.every(({ segment }) => !(name in segment))) decoys.push({ [name]: dimensions[name]! })
  }
  return decoys
}

/** Picks segments of one to three attributes that hold 3 to 50 % of the items, not overlapping much. */
function plantCauses(
  rows: readonly ItemRow[],
  attributes: readonly string[],
  plant: NonNullable<OperationsPlan['plant']>,
  random: RandomSource,
): PlantedCause[] {
  const causes: PlantedCause[] = []
  while (causes.length < plant.drivers.length) {
    const draw = random()
    const depth = draw < 0.5 ? 1 : draw < 0.85 ? 2 : 3
    const like = rows[Math.floor(random() * rows.length)]!
    const dimensions = shuffle([...attributes], random).slice(0, depth)
    const segment = Object.fromEntries(dimensions.map((name) => [name, like.dimensions[name]!]))
    const held = rows.filter((row) => isInSegment(row.dimensions, segment))
    const share = held.length / rows.length
    const overlap = held.filter((row) => causes.some((cause) => isInSegment(row.dimensions, cause.segment))).length
    if (share < 0.03 || share > 0.5 || overlap > 0.3 * held.length) continue
    causes.push({ segment, driver: plant.drivers[causes.length]!, effect: plant.effect })
  }
  return causes
}
