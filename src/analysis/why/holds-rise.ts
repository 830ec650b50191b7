import { allRows, costAt, type UsageTable } from './usage-table.ts'

const MOST = 0.5
/** Part of the way from what a move of everything would put into the rows to all of it. The rest's own chance takes some back. */
const BEYOND_BROAD = 1 / 3

/**
 * Whether what sets the current week apart from the mean week of its history, in dollars, lies in the given rows: more than half of
 * it, and more than their part of the usual cost, which is what a move of everything would put there.
 */
export function holdsRise(table: UsageTable, historyWeeks: number, rows: Int32Array): boolean {
  const [own, whole] = [costsOf(table, historyWeeks, rows), costsOf(table, historyWeeks, allRows(table))]
  const share = (own.now - own.usual) / (whole.now - whole.usual)
  const usualShare = own.usual / whole.usual
  return share >= Math.max(MOST, usualShare + BEYOND_BROAD * (1 - usualShare))
}

/** What the rows cost in the current week and in the mean week of the history, in micro-dollars. */
function costsOf(table: UsageTable, historyWeeks: number, rows: Int32Array) {
  let [now, past] = [0, 0]
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    if (table.week[row] === historyWeeks) now += costAt(table, row)
    else past += costAt(table, row)
  }
  return { now, usual: past / historyWeeks }
}
