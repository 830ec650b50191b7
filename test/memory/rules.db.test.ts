import { expect, it } from 'vitest'
import { confirmRule, retireRule } from '../../src/memory/confirm-rule.ts'
import { describeRule, listRuleDocuments } from '../../src/memory/describe-rules.ts'
import { indexPending } from '../../src/memory/index-pending.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import { suggestRules } from '../../src/memory/suggest-rules.ts'
import { verifyAuditChain } from '../../src/memory/verify-audit-chain.ts'
import { describeWithDatabase } from '../support/database.ts'
import { overrideWith, storeOverrides } from '../support/memory-sources.ts'

const day = (date: number) => new Date(Date.UTC(2026, 10, date))

describeWithDatabase('rules', (database) => {
  it('are suggested from like overrides, confirmed in the audit chain, searched, and retired', async () => {
    const { db } = database()
    await storeOverrides(db, [
      ...['a', 'b', 'c'].map((id) => overrideWith({ id })),
      overrideWith({ id: 'old', occurredAt: day(1) }),
      overrideWith({ id: 'other', reason: 'something else', rule: null }),
    ])
    const suggest = () => suggestRules(db, { since: day(2), minimum: 3 })
    const [suggestion] = await suggest()
    expect(suggestion).toMatchObject({ rule: 'HR-12', confirmed: false, reason: 'hail rider applies' })
    expect(suggestion!.overrides.map((override) => override.id)).toEqual(['a', 'b', 'c'])

    const rule = {
      workflow: 'claims',
      id: 'HR-12',
      text: 'Where a hail rider is in force, hail is covered',
      confirmedBy: 'Kim',
      evidence: ['a', 'b', 'c'],
      validFrom: day(12),
    }
    expect(await confirmRule(db, rule, day(12))).toMatchObject({ version: 1 })
    expect(await confirmRule(db, rule, day(13))).toMatchObject({ version: 1 })
    expect(await confirmRule(db, { ...rule, text: 'Hail is covered by a rider in force' }, day(14))).toMatchObject({
      version: 2,
    })
    expect((await suggest())[0]?.confirmed).toBe(true)
    await indexPending(database(), null)
    const [hit] = await searchMemory(db, { text: 'HR-12', kind: 'rule', limit: 3 })
    expect(hit?.entry).toMatchObject({
      id: 'rule:claims:HR-12',
      title: 'Rule HR-12: Hail is covered by a rider in force',
    })

    expect(
      await retireRule(db, { workflow: 'claims', id: 'HR-12', retiredBy: 'Dana', validFrom: day(15) }, day(15)),
    ).toMatchObject({
      version: 3,
      status: 'retired',
    })
    expect((await suggest())[0]?.confirmed).toBe(false)
    await expect(
      retireRule(db, { workflow: 'claims', id: 'HR-12', retiredBy: 'Dana', validFrom: day(15) }, day(15)),
    ).rejects.toMatchObject({ code: 'unknown_rule' })
    expect(await verifyAuditChain(db)).toMatchObject({ length: 8, firstBreak: null })
  })
  it('have versions with validity, exceptions, and those who cite them, as of and as known at an instant', async () => {
    const { db } = database()
    await storeOverrides(db, [overrideWith({ id: 'a' }), overrideWith({ id: 'b', rule: 'hr-12', occurredAt: day(16) })])
    const confirm = (rule: { id: string; text: string; exceptionTo?: string; validFrom: Date }, now: Date) =>
      confirmRule(db, { workflow: 'claims', confirmedBy: 'Kim', evidence: [], ...rule }, now)
    await expect(
      confirm({ id: 'HR-12a', text: 'x', exceptionTo: 'HR-12', validFrom: day(12) }, day(12)),
    ).rejects.toMatchObject({ code: 'unknown_rule' })
    await confirm({ id: 'HR-12', text: 'Hail is covered', validFrom: day(12) }, day(12))
    await confirm({ id: 'HR-12', text: 'Hail of an inch is covered', validFrom: day(15) }, day(14))
    await confirm(
      { id: 'HR-12a', text: 'Not where the roof is older', exceptionTo: 'HR-12', validFrom: day(14) },
      day(14),
    )

    const at = (asOf: Date, knownAt: Date | null = null) =>
      describeRule(db, { workflow: 'claims', id: 'hr-12' }, { asOf, knownAt })
    expect(await at(day(20))).toMatchObject({
      text: 'Hail of an inch is covered',
      status: 'in_force',
      exceptions: ['HR-12a'],
      citedBy: { overrides: 2, decisions: 0, runs: 0 },
      versions: [
        { version: 1, validFrom: day(12), validUntil: day(15), recordedAt: day(12) },
        { version: 2, validFrom: day(15), validUntil: null, recordedAt: day(14) },
      ],
    })
    // Recorded on the 14th, but not yet valid; and on the 13th nobody knew of it.
    expect(await at(day(14))).toMatchObject({ text: 'Hail is covered', citedBy: { overrides: 1 } })
    expect(await at(day(20), day(13))).toMatchObject({ text: 'Hail is covered', exceptions: [] })
    expect(await at(day(11))).toMatchObject({ status: 'to_begin' })
    expect(await at(day(20), day(11))).toBeNull()
    expect((await listRuleDocuments(db, 'claims', { asOf: day(20), knownAt: null })).map((rule) => rule.id)).toEqual([
      'HR-12',
      'HR-12a',
    ])
    expect(await verifyAuditChain(db)).toMatchObject({ length: 5, firstBreak: null })
  })
})
