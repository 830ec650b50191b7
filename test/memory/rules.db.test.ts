import { expect, it } from 'vitest'
import { confirmRule, retireRule } from '../../src/memory/confirm-rule.ts'
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
})
