import { type SQL, sql } from 'drizzle-orm'
import { ORDER_OF_OUTCOMES_AT_ONCE } from '../../domain/outcome.ts'

/** The place of an outcome among those that took effect at the same instant. `status`: the column, as it is written in SQL. */
export function outcomeRank(status: SQL): SQL {
  const list = ORDER_OF_OUTCOMES_AT_ONCE.map((one) => sql`${one}`)
  return sql`array_position(array[${sql.join(list, sql`, `)}]::text[], ${status})`
}
