import { roundToTotal } from '../../domain/money.ts'
import type { Contribution } from '../why/drivers.ts'
import { costAt, rowsWhere } from '../why/usage-table.ts'
import type { Explanation } from './compute-explanation.ts'

export interface UnitCostSplit {
  /** Micro-dollars per resolved item; null where none was resolved. */
  before: number | null
  after: number | null
  resolvedBefore: number
  resolvedAfter: number
  /** Adds up to `after − before` exactly. */
  parts: Contribution[]
  /** What a micro-dollar of the whole cost is, a resolved item; 0 where there is no ratio. */
  perMicro: number
}

/**
 * The change of cost per resolved item C/D by driver: Δ(C/D) = ½ΔC(1/D₀+1/D₁) + ½(C₀+C₁)(1/D₁−1/D₀). The first term is
 * shared by the drivers of ΔC; the second, and the growth of items that it offsets, is the driver `items`: more work that
 * is resolved as often as before leaves the ratio as it was.
 */
export function splitUnitCost(explanation: Explanation): UnitCostSplit {
  const { table, currentWindow, compared, drivers } = explanation
  const now = rowsWhere(table, (row) => table.week[row] === currentWindow)
  const past = rowsWhere(table, (row) => compared.includes(table.week[row]!))
  const countResolved = (rows: Int32Array) => rows.reduce((count, row) => count + table.resolved[row]!, 0)
  const [resolvedBefore, resolvedAfter] = [countResolved(past), countResolved(now)]
  const cost = (rows: Int32Array) => rows.reduce((sum, row) => sum + costAt(table, row), 0)
  if (resolvedAfter === 0 || resolvedBefore === 0) {
    const ratio = (rows: Int32Array, resolved: number) => (resolved === 0 ? null : Math.round(cost(rows) / resolved))
    return {
      before: ratio(past, resolvedBefore),
      after: ratio(now, resolvedAfter),
      resolvedBefore,
      resolvedAfter,
      parts: [],
      perMicro: 0,
    }
  }
  const [oldCost, newCost] = [cost(past), cost(now)]
  const perDollar = (1 / resolvedBefore + 1 / resolvedAfter) / 2
  const byResolution = ((oldCost + newCost) / 2) * (1 / resolvedAfter - 1 / resolvedBefore)
  const shared = drivers.contributions.filter((part) => part.driver !== 'items')
  const itemsMicros = drivers.byDriver.items + drivers.unpricedMicros
  const exact = [itemsMicros * perDollar + byResolution, ...shared.map((part) => part.micros * perDollar)]
  const before = Math.round(oldCost / resolvedBefore)
  const rounded = roundToTotal(exact)
  // Both ends are rounded for themselves, so their difference may be a micro-dollar off the rounded difference.
  const after = before + rounded.reduce((sum, micros) => sum + micros, 0)
  const parts: Contribution[] = [
    { driver: 'items' as const, segment: {}, micros: rounded[0]! },
    ...shared.map((part, index) => ({ ...part, micros: rounded[index + 1]! })),
  ]
  return {
    before,
    after,
    resolvedBefore,
    resolvedAfter,
    perMicro: perDollar,
    parts: parts.filter((part) => part.micros !== 0).sort((a, b) => Math.abs(b.micros) - Math.abs(a.micros)),
  }
}
