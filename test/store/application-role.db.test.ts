import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { openQueue } from '../../src/jobs/queue.ts'
import { erasePerson } from '../../src/memory/erase-person.ts'
import { indexPending } from '../../src/memory/index-pending.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import { verifyAuditChain } from '../../src/memory/verify-audit-chain.ts'
import { readConfig } from '../../src/runtime/config.ts'
import { RECORD_TABLES } from '../../src/store/application-role.ts'
import { openPostgres } from '../../src/store/client.ts'
import { appendAuditEntries } from '../../src/store/queries/append-audit-entries.ts'
import { decideAllocation } from '../../src/store/queries/decide-allocation.ts'
import { dropTracePartitionsBefore, ensureTracePartition } from '../../src/store/queries/ensure-trace-partition.ts'
import { ensureEmbeddingIndex } from '../../src/store/queries/memory-embeddings.ts'
import { allocationDecisions } from '../../src/store/schema/decisions.ts'
import { type OpenedDatabase, openDatabase } from '../../src/wire-database.ts'
import { describeWithDatabase } from '../support/database.ts'
import { overrideWith, storeOverrides } from '../support/memory-sources.ts'

const at = new Date('2026-11-20T09:00:00Z')
const proposal = {
  id: 'd-1',
  workflow: 'claims',
  segment: {},
  action: 'fix' as const,
  parameters: {},
  title: 'Mend the prompt',
  expectedMonthlyMicros: null,
  interval: null,
  evidence: [],
  status: 'proposed' as const,
  decidedBy: null,
  decidedAt: null,
  proposedAt: at,
}

describeWithDatabase('records', (database) => {
  it('let a proposal be decided once, and a decision be neither changed nor deleted', async () => {
    const { db } = database()
    await db.insert(allocationDecisions).values(proposal)
    const approve = { id: 'd-1', status: 'approved', decidedBy: 'Dana', decidedAt: at } as const
    expect(await decideAllocation(db, approve)).toBe(true)
    expect(await decideAllocation(db, { ...approve, status: 'rejected' })).toBe(false)
    expect(await decideAllocation(db, { ...approve, id: 'unknown' })).toBe(false)
    for (const statement of [
      sql`update allocation_decisions set title = 'other'`,
      sql`update allocation_decisions set status = 'rejected'`,
      sql`update allocation_decisions set decided_by = 'Kim'`,
      sql`delete from allocation_decisions`,
    ]) {
      await expect(db.execute(statement)).rejects.toMatchObject({
        cause: { message: 'allocation_decisions is append-only' },
      })
    }
  })

  it('let an override be erased, but nothing else be slipped in with it', async () => {
    const { db } = database()
    await storeOverrides(db, [overrideWith({ id: 'o-1' })])
    const changed = sql`update overrides set erased_at = now(), actor = 'erased person', reason = '(erased)', rule = 'other'`
    await expect(db.execute(changed)).rejects.toMatchObject({ cause: { message: 'overrides is append-only' } })
    await db.execute(sql`update overrides set erased_at = now(), actor = 'erased person', reason = '(erased)'`)
  })
})

const serverUrl = process.env.TEST_DATABASE_URL
if (serverUrl) {
  const suffix = randomBytes(4).toString('hex')
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} })
  const urlOf = (database: string, user?: string) => {
    const url = new URL(serverUrl)
    url.pathname = `/${database}`
    if (user) Object.assign(url, { username: user, password: 'secret' })
    return url.toString()
  }
  const open = (settings: Record<string, string>) => openDatabase(readConfig(settings))
  const roles: string[] = []
  const databases: string[] = []
  const create = async (kind: string, owner?: string) => {
    const name = `docket_role_${kind}_${suffix}`
    await server.unsafe(`create database ${name} ${owner ? `owner ${owner}` : ''}`)
    databases.push(name)
    return name
  }
  afterAll(async () => {
    for (const name of databases) await server.unsafe(`drop database ${name} with (force)`)
    for (const name of roles) await server.unsafe(`drop role if exists ${name}`)
    await server.end()
  })

  /** What nobody may do to a record under Docket's role, whatever statement reaches the database. */
  async function expectGuarded({ db }: OpenedDatabase) {
    for (const table of RECORD_TABLES) {
      for (const statement of [
        `update ${table} set ${table === 'audit_entries' ? "kind = 'x'" : "workflow = 'x'"}`,
        `delete from ${table}`,
        `truncate ${table}`,
        `alter table ${table} disable trigger all`,
        `alter table ${table} owner to current_user`,
        `create trigger mine before insert on ${table} for each row execute function refuse_change()`,
        `drop table ${table}`,
      ]) {
        await expect(db.execute(sql.raw(statement)), statement).rejects.toMatchObject({
          cause: { code: '42501', message: expect.stringMatching(/permission denied|must be owner/) },
        })
      }
    }
  }

  /** What Docket itself does there: all of it goes on. */
  async function expectWorking(database: OpenedDatabase) {
    const { db } = database
    await storeOverrides(db, [
      overrideWith({ id: 'o-1', actor: 'Zebedee', reason: 'my garden was hailed upon' }),
      overrideWith({ id: 'o-2', actor: 'Kim' }),
    ])
    await indexPending(database, null)
    expect(await searchMemory(db, { text: 'garden', limit: 5 })).toHaveLength(1)
    expect(await erasePerson(db, 'Zebedee', at)).toMatchObject({ overrides: 1 })
    await indexPending(database, null)
    expect(await searchMemory(db, { text: 'garden', limit: 5 })).toEqual([])
    await db.insert(allocationDecisions).values(proposal)
    const decided = { status: 'approved', decidedBy: 'Dana', decidedAt: at } as const
    await db.transaction(async (tx) => {
      expect(await decideAllocation(tx, { id: 'd-1', ...decided })).toBe(true)
      const content = { ...proposal, ...decided }
      const subject = { subjectWorkflow: 'claims', subjectId: 'd-1' }
      await appendAuditEntries(tx, [{ kind: 'allocation_decision', ...subject, content, recordedAt: at }])
    })
    expect(await verifyAuditChain(db)).toMatchObject({ length: 4, firstBreak: null })
    await ensureTracePartition(db, '2026-01-05')
    expect(await dropTracePartitionsBefore(db, '2026-02-01')).toEqual(['2026-01-05', '2026-01-06'])
    await ensureEmbeddingIndex(db, { model: 'some-model', dimensions: 8 })
    const queue = await openQueue(database, database.url!, () => {})
    await queue.send('attribute')
    await queue.check()
    await queue.stop()
  }

  describe('on Postgres', () => {
    it('Docket takes a role of its own that can only add to the records', async () => {
      const url = urlOf(await create('set'))
      const database = await open({ DATABASE_URL: url })
      expect(database.records).toMatchObject({ isGuarded: true, detail: expect.stringMatching(/_app may only add/) })
      await expectWorking(database)
      await expectGuarded(database)
      await database.close()
      const again = await open({ DATABASE_URL: url })
      expect(again.records.isGuarded).toBe(true)
      expect(await verifyAuditChain(again.db)).toMatchObject({ length: 4, firstBreak: null })
      await again.close()
    })

    it('a user of its own, set up by the owner, cannot leave its rights', async () => {
      const name = await create('login')
      const user = `docket_login_${suffix}`
      roles.push(user)
      const settings = { DATABASE_URL: urlOf(name, user) }
      const first = await open({ ...settings, DATABASE_OWNER_URL: urlOf(name) })
      await first.close()
      // The owner's password need not be where the program runs.
      const database = await open(settings)
      expect(database.records.isGuarded).toBe(true)
      await expectWorking(database)
      await database.db.execute(sql`reset role`)
      await expectGuarded(database)
      await database.close()
      const owner = await openPostgres(urlOf(name))
      await owner.db.execute(sql`update drizzle.__drizzle_migrations set created_at = 1`)
      await owner.close()
      await expect(open(settings)).rejects.toMatchObject({ code: 'schema_outdated' })
    })

    it('says so where the user may not make roles, and works', async () => {
      const user = `docket_plain_${suffix}`
      await server.unsafe(`create role ${user} login password 'secret' nocreaterole`)
      roles.push(user)
      const name = await create('plain', user)
      const owner = await openPostgres(urlOf(name))
      await owner.db.execute(sql`create extension vector`)
      await owner.close()
      const database = await open({ DATABASE_URL: urlOf(name, user) })
      expect(database.records.isGuarded).toBe(false)
      expect(database.records.detail).toMatch(
        new RegExp(
          `${user} may change allocation_decisions, audit_entries, overrides, rules: .*could not set up the role`,
        ),
      )
      await expectWorking(database)
      await expect(database.db.execute(sql`delete from overrides`)).rejects.toMatchObject({
        cause: { message: 'overrides is append-only' },
      })
      await database.close()
    })
  })
}
