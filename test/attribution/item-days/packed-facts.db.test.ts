import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isTouched } from '../../../src/attribution/is-touched.ts'
import { packDueDays } from '../../../src/attribution/item-days/pack-due-days.ts'
import { loadTouchedFacts } from '../../../src/attribution/load-touched-facts.ts'
import { loadFactsOfWorkItems } from '../../../src/attribution/load-work-item-facts.ts'
import { projectWorkItems } from '../../../src/attribution/project-work-items.ts'
import type { Db } from '../../../src/store/client.ts'
import { putWorkflow } from '../../../src/store/queries/put-workflow.ts'
import { itemDays, unpackedItems } from '../../../src/store/schema/item-days.ts'
import { describeWithDatabase } from '../../support/database.ts'
import { anyArrival, emptyWorld, hour, WORLD_KEYS, writeArrival } from '../../support/fact-world.ts'
import { plainFact } from '../../support/plain-fact.ts'

const NOW = new Date('2027-06-01T00:00:00Z')
const AT_ONCE = { quiet: 0, pause: 0 }
const pack = (db: Db) => packDueDays(db, NOW, AT_ONCE)

/** How far the work on what arrived has come before the next arrives. */
const anyProgress = fc.constantFrom('marked', 'projected', 'packed', 'packed', 'half packed')

const anyQuestion = fc.record({
  from: fc.integer({ min: 0, max: 100 }),
  hours: fc.constantFrom(3, 24, 700, 700),
  kinds: fc.constantFrom<('active' | 'closed')[]>(['active'], ['closed'], ['active', 'closed']),
  workflow: fc.constantFrom('claims', undefined),
  asOf: fc.constantFrom(20, 100, 5000, 5000, 5000),
  knownAt: fc.constantFrom(null, null, null, 20, 100, 5000),
})

describeWithDatabase('packed days', (database) => {
  it('hold the facts that the rows tell, from every standpoint, whatever has arrived since they were packed', async () => {
    let readFromDays = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ arrival: anyArrival, progress: anyProgress }), { minLength: 1, maxLength: 3 }),
        fc.array(anyQuestion, { minLength: 4, maxLength: 4 }),
        async (arrivals, questions) => {
          const { db } = database()
          await emptyWorld(db)
          await putWorkflow(db, 'claims', { unit: 'claim', correctionHourlyRate: 47 }, NOW)
          for (const [number, { arrival, progress }] of arrivals.entries()) {
            await writeArrival(db, arrival, number)
            if (progress !== 'marked') await projectWorkItems(db, progress === 'half packed' ? 3 : 100, NOW)
            if (progress.endsWith('packed')) await pack(db)
          }
          for (const { from, hours, kinds, workflow, ...standing } of questions) {
            const bounds = { from: hour(from), to: hour(from + hours) }
            const queries = kinds.map((touched) => ({ touched, workflow, bounds }))
            const standpoint = {
              asOf: hour(standing.asOf),
              knownAt: standing.knownAt === null ? null : hour(standing.knownAt),
            }
            const rows = (await loadFactsOfWorkItems(db, WORLD_KEYS, standpoint)).filter((fact) =>
              isTouched(fact, queries),
            )
            const packed = [...(await loadTouchedFacts(db, queries, standpoint))]
            readFromDays += packed.filter((fact) => fact.constructor !== Object).length
            expect(packed.map(plainFact)).toEqual(rows.map(plainFact))
          }
        },
      ),
      { numRuns: 12, seed: 11 },
    )
    expect(readFromDays).toBeGreaterThan(10)
  })

  it('are the same however often and in whatever steps they are packed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyArrival, { minLength: 1, maxLength: 3 }), async (arrivals) => {
        const { db } = database()
        const read = async (inSteps: boolean) => {
          await emptyWorld(db)
          for (const [number, arrival] of arrivals.entries()) {
            await writeArrival(db, arrival, number)
            if (inSteps) await projectWorkItems(db, 100, NOW)
            if (inSteps) await pack(db)
          }
          await projectWorkItems(db, 100, NOW)
          await pack(db)
          await pack(db)
          expect((await db.select().from(unpackedItems)).filter((item) => !item.isGone)).toEqual([])
          const days = await db.select().from(itemDays)
          return days.map((day) => `${day.workflow} ${day.day} ${day.reach} ${day.contentHash}`).sort()
        }
        expect(await read(true)).toEqual(await read(false))
      }),
      { numRuns: 4, seed: 12 },
    )
  })
})
