import { Readable } from 'node:stream'
import type { PGlite } from '@electric-sql/pglite'
import type postgres from 'postgres'
import { readBinaryRows } from './binary-rows.ts'
import type { Db } from './client.ts'

/** The driver's own client or transaction, below drizzle's. */
type Client = postgres.TransactionSql | Pick<PGlite, 'query'>

/** What the driver does with a query's answers: told of a stream first, and at the end of what came of the query. */
interface Answered {
  active: boolean
  resolve(value: unknown): void
  reject(error: Error): void
  readable(): Promise<unknown>
}

/**
 * The rows of a query, of each column (texts and bytes only) its bytes: an ordinary answer has them as digits, which take longer to
 * read than all else. COPY takes no parameters, so the query may hold nothing that came from outside but as digits.
 */
export async function copyRows(db: Db, query: string): Promise<(Uint8Array | null)[][]> {
  const { client } = (db as unknown as { session: { client: Client } }).session
  if (!('query' in client)) {
    const statement = client.unsafe(`copy (${query}) to stdout with (format binary)`)
    return readBinaryRows(await messagesOf(statement as unknown as Answered))
  }
  // After a COPY that failed, the embedded database has its rows in the answer to the next one.
  const { rows } = await client.query<(Uint8Array | null)[]>(query, [], { rowMode: 'array', parsers: AS_BYTES })
  return rows
}

/** By the number that Postgres has for each type. */
const [BYTEA, TEXT] = [17, 25]
const AS_BYTES = {
  [BYTEA]: (digits: string) => Buffer.from(digits.slice(2), 'hex'),
  [TEXT]: (text: string) => Buffer.from(text),
}

/**
 * The driver's stream pauses the connection when it is full, and does not always go on with it when it was read to its end. What comes is
 * to be held whole, so it is taken before it gets into the stream.
 */
function messagesOf(statement: Answered): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const messages: Uint8Array[] = []
    statement.resolve = (value) => {
      if (value instanceof Readable) {
        value.push = (message: Uint8Array | null) => {
          if (message !== null) messages.push(message)
          return true
        }
        value.once('error', statement.reject)
        return
      }
      statement.active = false
      resolve(messages)
    }
    statement.reject = (error) => {
      statement.active = false
      reject(error)
    }
    void statement.readable()
  })
}
