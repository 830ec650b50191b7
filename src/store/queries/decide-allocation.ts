import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'

/**
 * Decides a proposal. False where it was decided (or withdrawn) before, or is unknown: then nothing changed. The database
 * does it by a function of its own, for Docket's role there may not change decisions. The caller appends the decision to the
 * audit chain, in the same transaction.
 */
export async function decideAllocation(
  tx: Db,
  decision: { id: string; status: 'approved' | 'rejected' | 'withdrawn'; decidedBy: string; decidedAt: Date },
): Promise<boolean> {
  const { id, status, decidedBy, decidedAt } = decision
  const [row] = await selectRows<{ decided: boolean }>(
    tx,
    sql`select decide_allocation(${id}, ${status}, ${decidedBy}, ${decidedAt.toISOString()}::timestamptz) as decided`,
  )
  return row?.decided ?? false
}
