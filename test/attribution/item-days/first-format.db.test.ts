import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { packDueDays } from '../../../src/attribution/item-days/pack-due-days.ts'
import { PACK_FORMAT } from '../../../src/attribution/item-days/packable-item.ts'
import { loadTouchedFacts } from '../../../src/attribution/load-touched-facts.ts'
import type { WorkItemFact } from '../../../src/domain/facts.ts'
import { DAY_CELLS, type NewPackedDay } from '../../../src/store/queries/item-days.ts'
import { itemDays } from '../../../src/store/schema/item-days.ts'
import { describeWithDatabase } from '../../support/database.ts'
import { plainFact } from '../../support/plain-fact.ts'

/** A day as it was written before rows told their format, and the facts that it holds. */
const { row, facts } = JSON.parse(readFileSync(new URL('first-format.json', import.meta.url), 'utf8')) as {
  row: Record<string, unknown>
  facts: { fact: WorkItemFact }[]
}

function firstFormat(): NewPackedDay {
  const instants = ['firstAt', 'lastAt', 'recordedAt', 'packedAt'].map((name) => [name, new Date(String(row[name]))])
  const cells = DAY_CELLS.map((name) => [name, Buffer.from(String(row[name]), 'base64')])
  return { ...row, ...Object.fromEntries([...instants, ...cells]) }
}

describeWithDatabase('a day packed in the first format', (database) => {
  it('is read as it is, and packed again in the present one with nothing to pack it for', async () => {
    const { db } = database()
    await db.insert(itemDays).values(firstFormat())
    const queries = [{ touched: 'active' as const, bounds: { from: new Date(0), to: new Date('2027-01-01') } }]
    const read = async () => {
      const found = await loadTouchedFacts(db, queries, { asOf: new Date('2027-01-01'), knownAt: null })
      return JSON.parse(JSON.stringify(Array.from(found, plainFact))) as object[]
    }
    const expected = facts.map(({ fact }) => fact)
    expect(await read()).toEqual(expected)
    const hashOf = async () =>
      (await db.select().from(itemDays)).map(({ format, contentHash }) => ({ format, contentHash }))
    expect((await hashOf())[0]!.format).toBe(1)

    const packed = await packDueDays(db, new Date('2027-01-02'))
    expect(packed).toMatchObject({ days: 1, items: expected.length })
    const [again] = await hashOf()
    expect(again!.format).toBe(PACK_FORMAT)
    expect(again!.contentHash).not.toBe(row.contentHash)
    expect(await read()).toEqual(expected)

    expect((await packDueDays(db, new Date('2027-01-03'))).items).toBe(0)
  })
})
