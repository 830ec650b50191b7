import { asc } from 'drizzle-orm'
import { attributeChanges } from '../../src/attribution/attribute-changes.ts'
import { packDueDays } from '../../src/attribution/item-days/pack-due-days.ts'
import { loadWorkItemFacts } from '../../src/attribution/load-touched-facts.ts'
import { loadWorkItem } from '../../src/attribution/load-work-item.ts'
import { readExport } from '../../src/ingest/otlp/read-export.ts'
import { membersOf } from '../../src/ingest/read-members.ts'
import { receiveExport } from '../../src/ingest/receive-export.ts'
import { receiveOutcomes } from '../../src/ingest/receive-outcomes.ts'
import { receiveOverrides } from '../../src/ingest/receive-overrides.ts'
import { receiveTraces } from '../../src/ingest/receive-traces.ts'
import type { Database } from '../../src/store/client.ts'
import { putWorkflow } from '../../src/store/queries/put-workflow.ts'
import { outcomes } from '../../src/store/schema/events.ts'
import { changedWorkItems, workItems } from '../../src/store/schema/facts.ts'
import { changedTraces } from '../../src/store/schema/spans.ts'
import type { Arrival, Moment, Story } from '../support/any-arrivals.ts'
import { plainFact } from '../support/plain-fact.ts'

const DOORS = ['otlp', 'traces', 'outcomes', 'overrides'] as const
const RECEIVED = Date.parse('2026-11-03T00:00:00Z')
/** Days pass between some requests, so that copies of one span lie in several partitions. */
const receivedAt = (request: number) => new Date(RECEIVED + request * 40_000_000)

/** What the facts are after a story was told at once, and after it arrived as it did: read from rows, then from packed days. */
export async function tellBothWays(database: Database, { whole, requests }: Story) {
  await begin(database)
  for (const door of DOORS) {
    const contents = whole.filter((arrival) => arrival.door === door).map((arrival) => arrival.content)
    if (contents.length > 0) await receive(database, door, contents, receivedAt(0))
  }
  await happen(database, 'attribute all', receivedAt(0))
  const atOnce = await readFacts(database)
  await begin(database)
  for (const [index, { door, contents, moment }] of requests.entries()) {
    await receive(database, door, contents, receivedAt(index))
    await happen(database, moment, new Date(receivedAt(index).getTime() + 5000))
  }
  await happen(database, 'attribute all', receivedAt(requests.length))
  const asItCame = await readFacts(database)
  await happen(database, 'attribute and pack', receivedAt(requests.length + 1))
  const packed = await readFacts(database)
  const waiting = [await database.db.select().from(changedTraces), await database.db.select().from(changedWorkItems)]
  return { atOnce, asItCame, packed, waiting: waiting.flat() }
}

async function begin(database: Database): Promise<void> {
  await deleteRows(database)
  await putWorkflow(database.db, 'claims', { unit: 'claim', correctionHourlyRate: 45 }, receivedAt(0))
}

/** Much quicker than truncating all, but those that triggers guard. */
async function deleteRows({ db }: Database): Promise<void> {
  await db.execute(`do $$ declare guarded text; open text; begin
    create temporary table given on commit drop as select quote_ident(relname) as name, relhastriggers from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition;
    select string_agg(name, ', ') into guarded from given where relhastriggers;
    execute 'truncate ' || guarded;
    for open in select name from given where not relhastriggers loop execute 'delete from ' || open; end loop; end $$`)
}

async function receive({ db }: Database, door: Arrival['door'], contents: object[], now: Date): Promise<void> {
  const context = { now, source: 'test' }
  const sent = JSON.parse(JSON.stringify(contents)) as object[]
  if (door === 'otlp') {
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'claims' } }] }
    const request = { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'x' }, spans: sent }] }] }
    const { rejected, message } = await receiveExport(db, readExport(request), context)
    if (rejected > 0) throw new Error(message)
    return
  }
  const receiveMembers = { traces: receiveTraces, outcomes: receiveOutcomes, overrides: receiveOverrides }[door]
  const { rejected } = await receiveMembers(db, membersOf(sent), context)
  if (rejected.length > 0) throw new Error(JSON.stringify(rejected))
}

async function happen(database: Database, moment: Moment, now: Date): Promise<void> {
  if (moment === 'nothing') return
  const batch = moment === 'attribute one' ? 1 : 100
  let isMore = true
  while (isMore) {
    const limits = { traces: batch, workItems: batch, clock: () => now }
    const { failed, failedWorkItems, remaining } = await attributeChanges(database, limits)
    if (failed.length + failedWorkItems.length > 0) throw new Error(JSON.stringify([failed, failedWorkItems]))
    isMore = remaining && moment !== 'attribute one'
  }
  if (moment === 'attribute and pack') await packDueDays(database.db, now, { quiet: 0, pause: 0 })
}

/** Everything that Docket says of the items, without when it came to know it. */
async function readFacts({ db }: Database): Promise<object> {
  const rows = await db.select().from(workItems).orderBy(asc(workItems.workflow), asc(workItems.workItemId))
  const read = async (touched: 'active' | 'closed') =>
    (
      await loadWorkItemFacts(db, {
        bounds: { from: new Date('2026-01-01'), to: new Date('2027-01-01') },
        touched,
        standpoint: { asOf: new Date('2027-01-01'), knownAt: null },
      })
    ).map((fact) => plainly(plainFact(fact)))
  const documents = []
  for (const { workflow, workItemId } of rows) {
    documents.push(plainly(await loadWorkItem(db, workflow, workItemId, { knownAt: null })))
  }
  const stored = await db.select().from(outcomes).orderBy(asc(outcomes.workflow), asc(outcomes.id))
  return {
    rows: plainly(rows),
    active: await read('active'),
    closed: await read('closed'),
    documents,
    outcomes: plainly(stored),
  }
}

const SINCE_WHEN = ['knownFrom', 'recordedAt', 'updatedAt']

/** As JSON, with what tells only when it came to be known left out. */
function plainly(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, member) => (SINCE_WHEN.includes(key) ? undefined : member)))
}
