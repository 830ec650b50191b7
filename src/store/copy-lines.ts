import type { PGlite } from '@electric-sql/pglite'
import type postgres from 'postgres'
import type { Db } from './client.ts'

/** The driver's own transaction, below drizzle's. */
type Client = postgres.TransactionSql | Pick<PGlite, 'query'>

/**
 * Copies lines in COPY's text format, each with its end, into a table, within a transaction: several times cheaper for the database than any
 * INSERT. `target` is the table with its columns. Throws the database's error where it refuses a line.
 */
export async function copyLines(tx: Db, target: string, lines: Iterable<string>): Promise<void> {
  const { client } = (tx as unknown as { session: { client: Client } }).session
  if ('query' in client) await client.query(`copy ${target} from '/dev/blob'`, [], { blob: new Blob([...lines]) })
  else await copyToServer(client, `copy ${target} from stdin`, lines)
}

/** Written in such parts, in characters: larger ones would each need memory of their own, fresh from the system. */
const PART = 64 * 1024

async function copyToServer(
  client: postgres.TransactionSql,
  statement: string,
  lines: Iterable<string>,
): Promise<void> {
  const query = client.unsafe(statement)
  const stream = await query.writable()
  await new Promise<void>((resolve, reject) => {
    // The driver calls this when the server refuses what was copied. By then it has let go of the stream, which would
    // neither finish nor fail.
    ;(query as unknown as { reject(error: Error): void }).reject = reject
    stream.once('error', reject)
    stream.once('finish', resolve)
    for (const part of partsOf(lines)) stream.write(part)
    stream.end()
  })
}

function* partsOf(lines: Iterable<string>): Generator<Buffer> {
  let part = ''
  for (const line of lines) {
    part += line
    if (part.length < PART) continue
    yield Buffer.from(part)
    part = ''
  }
  if (part !== '') yield Buffer.from(part)
}
