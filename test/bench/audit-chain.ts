/**
 * `node test/bench/audit-chain.ts [--entries N] [--url URL]`: time and memory of verifying an audit chain of N overrides, and of
 * a tenth of them before, on a database of its own. `peakMegabytes` is what the heap grew by at most while it was verified, looked
 * at between batches after a garbage collection: run it with `node --expose-gc`.
 */
import { parseArgs } from 'node:util'
import { type AuditVerification, verifyAuditChain } from '../../src/memory/verify-audit-chain.ts'
import { appendAuditEntries } from '../../src/store/queries/append-audit-entries.ts'
import { overrides } from '../../src/store/schema/events.ts'
import { createCorpus } from './memory-corpus.ts'
import { openScratchDatabase } from './scratch-database.ts'

const { values: options } = parseArgs({
  options: { url: { type: 'string' }, entries: { type: 'string', default: '100000' } },
})
const count = Number(options.entries)
const collect = (globalThis as { gc?: () => void }).gc
if (!(count >= 1000) || !collect) {
  console.error('usage: node --expose-gc test/bench/audit-chain.ts [--entries N] [--url URL]')
  process.exit(2)
}
const BATCH = 1000
const corpus = createCorpus()
const database = await openScratchDatabase(options.url)
const { db } = database
let made = 0
let seen = 0
try {
  await append(count / 10)
  const tenth = await measure()
  await append(count)
  const whole = await measure()
  console.log(JSON.stringify({ database: database.description, tenth, whole }))
} finally {
  await database.close()
}

async function append(upTo: number): Promise<void> {
  while (made < upTo) {
    // A little more than half of the corpus are overrides.
    const rows = corpus.batch(seen, seen + BATCH).overrides.slice(0, upTo - made)
    seen += BATCH
    await db.transaction(async (tx) => {
      await tx.insert(overrides).values(rows)
      const entries = rows.map((row) => ({
        kind: 'override' as const,
        subjectWorkflow: row.workflow,
        subjectId: row.id,
        content: row,
        recordedAt: row.recordedAt,
      }))
      await appendAuditEntries(tx, entries)
    })
    made += rows.length
  }
}

async function measure() {
  await db.execute('analyze')
  collect!()
  const before = process.memoryUsage().heapUsed
  let peak = 0
  const look = setInterval(() => {
    collect!()
    peak = Math.max(peak, process.memoryUsage().heapUsed - before)
  }, 100)
  const from = performance.now()
  const found: AuditVerification = await verifyAuditChain(db)
  const seconds = (performance.now() - from) / 1000
  clearInterval(look)
  if (found.firstBreak || found.length !== made) throw new Error(JSON.stringify(found))
  return { links: found.length, seconds: Number(seconds.toFixed(1)), peakMegabytes: Number((peak / 1e6).toFixed(1)) }
}
