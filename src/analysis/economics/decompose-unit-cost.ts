import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { ModelUse, RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { Driver } from '../../domain/finding.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { decomposeDrivers } from '../why/decompose-drivers.ts'
import type { ModelUsage, SegmentUsage } from '../why/drivers.ts'
import type { ItemRow } from '../why/item-row.ts'
import { shareTotal } from '../why/share-total.ts'
import { sumUsage } from '../why/sum-usage.ts'
import { tabulateRows } from '../why/tabulate-rows.ts'
import { allRows } from '../why/usage-table.ts'
import { totalItems } from './item-totals.ts'

/** One part of the difference of two unit costs, in whole micro-dollars. */
export interface UnitCostPart {
  driver: Driver
  /** What the driver means for a unit cost, for a label. */
  name: string
  model?: string
  micros: MicroDollars
}

const NAMES: Readonly<Record<Driver, string>> = {
  items: 'Items worked on for each resolved one',
  attempts: 'Attempts per item',
  calls: 'Model calls per attempt',
  tokens: 'Tokens per call',
  price: 'Price per token',
  corrections: 'People’s corrections',
}

/**
 * Splits the difference of two costs per unit (units: resolved items, or items where none is resolved) exactly: everything
 * is divided by the side's units, then split by Shapley over items per unit × attempts per item × calls per attempt ×
 * tokens per call × price per token, with corrections, tool fees and unpriced calls beside. The parts add up to `total`.
 */
export function decomposeUnitCost(
  after: { items: ItemList; units: number },
  before: { items: ItemList; units: number },
  total: MicroDollars,
): UnitCostPart[] {
  const { contributions, unpricedMicros } = decomposeDrivers([
    {
      segment: {},
      before: usageOf(before),
      after: usageOf(after),
    },
  ])
  const toolsOf = (side: typeof after) => (totalItems(side.items).toolsMicros ?? 0) / side.units
  const tools = toolsOf(after) - toolsOf(before)
  const parts: UnitCostPart[] = contributions.map(({ driver, micros, model }) =>
    model === undefined
      ? { driver, name: NAMES[driver], micros }
      : { driver, name: `Work moved to ${model}`, model, micros },
  )
  if (tools !== 0) parts.push({ driver: 'price', name: 'Tool fees', micros: tools })
  if (unpricedMicros !== 0) {
    parts.push({ driver: 'price', name: 'Calls whose price is known on one side only', micros: unpricedMicros })
  }
  if (parts.length === 0) return []
  const rounded = shareTotal(
    parts.map((part) => part.micros),
    total,
  )
  return parts
    .map((part, index) => ({ ...part, micros: rounded[index]! }))
    .filter((part) => part.micros !== 0)
    .sort((a, b) => Math.abs(b.micros) - Math.abs(a.micros))
}

function usageOf({ items, units }: { items: ItemList; units: number }): SegmentUsage | null {
  const table = tabulateRows(Array.from(items, rowOf))
  return sumUsage(table, allRows(table), 1 / units)
}

/** An item as the driver tree sees it; tool fees are kept apart. */
function rowOf(item: WorkItemFact): ItemRow {
  const models = item.runs.flatMap(modelsOf)
  return {
    dimensions: {},
    weekIndex: 0,
    attempts: item.runs.length,
    calls: item.pricedCalls,
    tokens: models.reduce((sum, use) => sum + use.tokens, 0),
    runsMicros: item.runsMicros,
    correctionsMicros: item.correctionsMicros ?? 0,
    resolved: item.status === 'resolved',
    unpricedCalls: item.unpricedCalls,
    models,
  }
}

/** Tokens and cost of the priced calls by model; the rest of a run's cost, of calls without a model, keeps the sum whole. */
function modelsOf(run: RunFact): ModelUsage[] {
  const models = run.models.map((use) => ({
    model: use.model,
    tokens: tokensOfPriced(use),
    pricedCostMicros: use.costMicros,
  }))
  const rest = run.modelCostMicros - models.reduce((sum, use) => sum + use.pricedCostMicros, 0)
  return rest === 0 ? models : [...models, { model: '(not named)', tokens: 0, pricedCostMicros: rest }]
}

function tokensOfPriced(use: ModelUse): number {
  const tokens = (use.inputTokens ?? 0) + (use.outputTokens ?? 0)
  return use.calls === 0 ? 0 : (tokens * (use.calls - use.unpricedCalls)) / use.calls
}
