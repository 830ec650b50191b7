import { asc, eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { contentHash, entryHash, GENESIS } from '../../src/domain/audit-chain.ts'
import { confirmRule } from '../../src/memory/confirm-rule.ts'
import { verifyAuditChain } from '../../src/memory/verify-audit-chain.ts'
import type { Db } from '../../src/store/client.ts'
import { appendAuditEntries } from '../../src/store/queries/append-audit-entries.ts'
import { decideAllocation } from '../../src/store/queries/decide-allocation.ts'
import { allocationDecisions, auditEntries } from '../../src/store/schema/decisions.ts'
import { overrides } from '../../src/store/schema/events.ts'
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
const five = ['o-1', 'o-2', 'o-3', 'o-4', 'o-5'].map((id) =>
  overrideWith({ id, minutes: null, stepId: 'Größe \u{1F600}' }),
)

const TABLES = ['audit_entries', 'overrides', 'rules', 'allocation_decisions']

/** What somebody with the database owner's rights can do. */
async function tamper(db: Db, statement: ReturnType<typeof sql>): Promise<void> {
  await db.transaction(async (tx) => {
    for (const table of TABLES) await tx.execute(sql.raw(`alter table ${table} disable trigger user`))
    await tx.execute(statement)
    for (const table of TABLES) await tx.execute(sql.raw(`alter table ${table} enable trigger user`))
  })
}

describeWithDatabase('verifyAuditChain', (database) => {
  const verify = (expectedHead?: string) => verifyAuditChain(database().db, expectedHead ? { expectedHead } : {})

  it('finds an empty chain and an untouched one whole', async () => {
    expect(await verify()).toEqual({ length: 0, head: GENESIS, firstBreak: null })
    await storeOverrides(database().db, five.slice(0, 2))
    await storeOverrides(database().db, five.slice(2))
    const result = await verify()
    expect(result).toMatchObject({ length: 5, firstBreak: null })
    expect(await verify(result.head)).toEqual(result)
    expect(await verify(GENESIS)).toEqual(result)
  })

  it('lets nobody change or delete what it covers by an ordinary statement', async () => {
    const { db } = database()
    await storeOverrides(db, five)
    for (const statement of [
      sql`update audit_entries set kind = 'rule' where position = 2`,
      sql`delete from audit_entries where position = 5`,
      sql`update overrides set reason = 'other'`,
      sql`delete from overrides`,
    ]) {
      await expect(db.execute(statement)).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/append-only/) },
      })
    }
    expect((await verify()).firstBreak).toBeNull()
  })

  it.each([
    ['an edited record', sql`update overrides set reason = 'other' where id = 'o-3'`, 3, /changed after/],
    ['a deleted record', sql`delete from overrides where id = 'o-2'`, 2, /gone/],
    ['an edited entry', sql`update audit_entries set recorded_at = now() where position = 4`, 4, /entry was changed/],
    ['a deleted entry', sql`delete from audit_entries where position = 2`, 3, /entry 2 is missing/],
    [
      'an inserted record',
      sql`insert into overrides select workflow, 'o-9', work_item_id, trace_id, step_id, agent_decision, human_decision,
        reason, rule, actor, minutes, occurred_at, recorded_at from overrides where id = 'o-1'`,
      null,
      /not in the chain/,
    ],
    ['an entry cut off at the end', sql`delete from audit_entries where position = 5`, null, /not where it was last/],
    [
      'an erasure without an entry',
      sql`update overrides set erased_at = now() where id = 'o-1'`,
      1,
      /without an entry/,
    ],
  ])('finds %s', async (_kind, statement, position, reason) => {
    await storeOverrides(database().db, five)
    await tamper(database().db, statement)
    const { firstBreak } = await verify()
    expect(firstBreak).toMatchObject({ position, reason: expect.stringMatching(reason) })
  })

  it.each([
    ['an edited rule', sql`update rules set text = 'Anything goes' where version = 1`, 'HR-12@1', /changed after/],
    [
      'a rule said to be another’s',
      sql`update rules set confirmed_by = 'Kim' where version = 2`,
      'HR-12@2',
      /changed after/,
    ],
    ['a deleted rule version', sql`delete from rules where version = 1`, 'HR-12@1', /gone/],
    [
      'rule versions that changed places',
      sql`update rules set text = case version when 1 then 'Roofs and skylights' else 'Roofs' end`,
      'HR-12@1',
      /changed after/,
    ],
    [
      'an inserted rule version',
      sql`insert into rules (workflow, id, version, text, status, confirmed_by, exception_to, evidence, valid_from, recorded_at)
        select workflow, id, 3, text, status, confirmed_by, exception_to, evidence, valid_from, recorded_at
        from rules where version = 1`,
      'HR-12@3',
      /not in the chain/,
    ],
    [
      'an edited decision',
      sql`update allocation_decisions set status = 'rejected' where id = 'd-1'`,
      'd-1',
      /changed after/,
    ],
    ['a deleted decision', sql`delete from allocation_decisions where id = 'd-1'`, 'd-1', /gone/],
    [
      'a decision that nobody took',
      sql`update allocation_decisions set status = 'approved', decided_by = 'Dana', decided_at = now() where id = 'd-2'`,
      'd-2',
      /not in the chain/,
    ],
  ])('finds %s', async (_kind, statement, id, reason) => {
    const { db } = database()
    const rule = { workflow: 'claims', id: 'HR-12', confirmedBy: 'Dana', evidence: [], validFrom: at }
    await confirmRule(db, { ...rule, text: 'Roofs' }, at)
    await confirmRule(db, { ...rule, text: 'Roofs and skylights' }, at)
    await db.insert(allocationDecisions).values(['d-1', 'd-2'].map((id) => ({ ...proposal, id })))
    const decided = { status: 'approved' as const, decidedBy: 'Dana', decidedAt: at }
    await db.transaction(async (tx) => {
      await decideAllocation(tx, { id: 'd-1', ...decided })
      const content = { ...proposal, id: 'd-1', ...decided }
      const subject = { subjectWorkflow: 'claims', subjectId: 'd-1' }
      await appendAuditEntries(tx, [{ kind: 'allocation_decision', ...subject, content, recordedAt: at }])
    })
    expect(await verify()).toMatchObject({ length: 3, firstBreak: null })
    await tamper(db, statement)
    expect((await verify()).firstBreak).toMatchObject({ subject: { id }, reason: expect.stringMatching(reason) })
  })

  it('finds entries that changed places', async () => {
    const { db } = database()
    await storeOverrides(db, five)
    await tamper(db, sql`update audit_entries set position = -position where position in (2, 3)`)
    expect((await verify()).firstBreak?.position).toBe(-3)
    await tamper(db, sql`update audit_entries set position = 5 + position where position < 0`)
    expect((await verify()).firstBreak).toMatchObject({ position: 2, reason: expect.stringMatching(/does not follow/) })
  })

  it('finds an entry that was put between others, even with hashes that fit its place', async () => {
    const { db } = database()
    await storeOverrides(db, five)
    const links = await db.select().from(auditEntries).orderBy(asc(auditEntries.position))
    const subject = { workflow: 'claims', id: 'o-1' }
    const forged = entryHash(links[1]!.hash, 3, 'override', subject, contentHash({}), links[1]!.recordedAt)
    await tamper(db, sql`update audit_entries set position = -position where position > 2`)
    await tamper(db, sql`update audit_entries set position = 1 - position where position < 0`)
    await db.insert(auditEntries).values({ ...links[2]!, subjectId: 'o-1', contentHash: contentHash({}), hash: forged })
    expect((await verify()).firstBreak?.position).toBe(3)
  })

  it('finds a chain that was cut off everywhere, or made again, against a head noted elsewhere', async () => {
    const { db } = database()
    await storeOverrides(db, five.slice(0, 4))
    const shorter = await verify()
    await storeOverrides(db, five.slice(4))
    const { head } = await verify()
    await tamper(db, sql`delete from overrides where id = 'o-5'`)
    await tamper(db, sql`delete from audit_entries where position = 5`)
    await tamper(db, sql`update markers set value = ${JSON.stringify({ position: 4, hash: shorter.head })}::jsonb`)
    expect(await verify()).toEqual(shorter)
    expect((await verify(head)).firstBreak?.reason).toMatch(/expected head/)
    await db.execute(sql`truncate audit_entries, overrides, markers, pending_memory`)
    await storeOverrides(db, [...five.slice(0, 4), overrideWith({ ...five[4]!, reason: 'rewritten' })])
    expect((await verify()).firstBreak).toBeNull()
    expect((await verify(head)).firstBreak?.reason).toMatch(/expected head/)
  })

  it('keeps the chain without gaps when several append at once', async () => {
    const { db } = database()
    await Promise.all(five.map((override) => storeOverrides(db, [override])))
    const links = await db.select().from(auditEntries).orderBy(asc(auditEntries.position))
    expect(links.map((link) => link.position)).toEqual([1, 2, 3, 4, 5])
    expect(await verify()).toMatchObject({ length: 5, firstBreak: null })
    const row = await db.select().from(overrides).where(eq(overrides.id, 'o-4'))
    expect(row).toHaveLength(1)
  })
})
