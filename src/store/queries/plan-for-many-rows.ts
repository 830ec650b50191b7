import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

/** For the rest of the transaction: Postgres would spend longer compiling a query over many rows than the query takes. */
export async function planForManyRows(tx: Db): Promise<void> {
  await tx.execute(sql`set local jit = off`)
}
