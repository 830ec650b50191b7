import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { type Db, openPostgres } from '../../src/store/client.ts'

const { TEST_DATABASE_URL } = process.env

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Only the reference outlives it. */
async function askFor(db: Db, length: number): Promise<WeakRef<Uint8Array>> {
  const result = await db.transaction(async () => new Uint8Array(length))
  expect(result.length).toBe(length)
  return new WeakRef(result)
}

describe.runIf(TEST_DATABASE_URL)('the result of a transaction on Postgres', () => {
  it('is handed over, and not kept by the connection that it came from', async () => {
    const { db, close } = await openPostgres(TEST_DATABASE_URL!, { connections: 1 })
    const result = await askFor(db, 1_000_000)
    // A reference that was looked at stays until the end of the turn.
    await new Promise((resolve) => setImmediate(resolve))
    collectGarbage()
    expect(result.deref() === undefined).toBe(true)
    await close()
  })

  it('is not handed over where the work fails, which is what the caller is told', async () => {
    const { db, close } = await openPostgres(TEST_DATABASE_URL!, { connections: 1 })
    const failing = db.transaction(async () => {
      throw new Error('half done')
    })
    await expect(failing).rejects.toThrow('half done')
    await close()
  })
})
