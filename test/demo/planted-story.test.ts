import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CLIMAX_WEEK } from '../../src/demo/calendar.ts'
import { HAIL_RIDER_ID } from '../../src/demo/claims-documents.ts'
import {
  allBatches,
  collectItems,
  type DemoItem,
  dollarsOf,
  isFirstTry,
  isInSegment,
  MONDAY,
  shareOf,
  totalOf,
} from './collect-story.ts'

const { calendar, batches } = allBatches(MONDAY)
const items = collectItems(calendar, batches)
const claims = items.filter(({ workflow }) => workflow === 'claims')
const segment = claims.filter(isInSegment)
const guilty = segment.filter(({ week, runs }) => week === CLIMAX_WEEK && runs[0]!.promptVersion === 'v14')
const before = segment.filter(({ week }) => week >= 3 && week < CLIMAX_WEEK)
const weekTotals = Array.from({ length: 10 }, (_, week) => totalOf(claims.filter((item) => item.week === week)))

const attemptsPerItem = (of: readonly DemoItem[]) => of.reduce((sum, { runs }) => sum + runs.length, 0) / of.length
const overridesOf = (of: readonly DemoItem[]) => of.flatMap(({ overrides }) => overrides)
const riderUses = (of: readonly DemoItem[]) =>
  of
    .flatMap(({ runs }) => runs.flatMap(({ steps }) => steps!.flatMap(({ documents }) => documents ?? [])))
    .filter(({ id }) => id === HAIL_RIDER_ID)

describe('the climax week', () => {
  it('has prompt v14 from Tuesday on, for all claims', () => {
    const versions = new Map(
      claims.flatMap(({ runs }) => runs.map((run) => [run.startedAt.slice(0, 10), run.promptVersion])),
    )
    expect(versions.get('2026-11-16')).toBe('v13')
    for (const day of ['17', '18', '19', '20', '21', '22']) expect(versions.get(`2026-11-${day}`)).toBe('v14')
  })

  it('loses the first try in home claims with exception documents, and only there', () => {
    expect(guilty.length).toBe(80)
    expect(shareOf(guilty, isFirstTry)).toBeCloseTo(0.7, 2)
    expect(shareOf(before, isFirstTry)).toBeGreaterThan(0.88)
    const elsewhere = claims.filter((item) => !isInSegment(item) && item.week === CLIMAX_WEEK)
    expect(shareOf(elsewhere, isFirstTry)).toBeGreaterThan(0.92)
  })

  it('retries there, up to three attempts', () => {
    expect(attemptsPerItem(guilty)).toBeGreaterThan(1.45)
    expect(attemptsPerItem(before)).toBeLessThan(1.15)
    expect(Math.max(...guilty.map(({ runs }) => runs.length))).toBe(3)
  })

  it('is overruled 22 times there, 14 with the hail rider', () => {
    expect(overridesOf(guilty).length).toBe(22)
    const hail = overridesOf(guilty).filter(({ rule }) => rule === 'HR-12')
    expect(hail.length).toBe(14)
    expect(new Set(hail.map(({ actor }) => actor)).size).toBeGreaterThan(2)
    for (const { reason } of hail) expect(reason).toMatch(/hail rider|HR-12/i)
  })

  it('retrieved the rider and did not use it', () => {
    const overruled = guilty.filter(({ overrides }) => overrides.some(({ rule }) => rule === 'HR-12'))
    expect(riderUses(overruled).length).toBeGreaterThan(14)
    expect(riderUses(overruled).every(({ used }) => used === false)).toBe(true)
    expect(riderUses(segment.filter(isFirstTry)).every(({ used }) => used === true)).toBe(true)
  })

  it('has nothing to do with region or channel', () => {
    for (const [attribute, values] of [
      ['region', ['TX', 'CO', 'OK', 'FL', 'KS']],
      ['channel', ['portal', 'phone', 'broker', 'app']],
    ] as const) {
      for (const value of values) {
        const part = guilty.filter(({ attributes }) => attributes[attribute] === value)
        expect(Math.abs(shareOf(part, isFirstTry) - 0.7)).toBeLessThan(0.14)
      }
    }
  })

  it('costs clearly more than weeks usually differ by', () => {
    const rise = weekTotals[CLIMAX_WEEK]! / weekTotals[CLIMAX_WEEK - 1]! - 1
    expect(rise).toBeGreaterThan(0.25)
    expect(rise).toBeLessThan(0.45)
    const quiet = [4, 5, 6, 7, 8].map((week) => Math.abs(weekTotals[week]! / weekTotals[week - 1]! - 1))
    expect(rise).toBeGreaterThan(4 * (quiet.reduce((sum, swing) => sum + swing, 0) / quiet.length))
    const others = totalOf(claims.filter((item) => item.week === CLIMAX_WEEK && !isInSegment(item)))
    const othersBefore = totalOf(claims.filter((item) => item.week === CLIMAX_WEEK - 1 && !isInSegment(item)))
    expect(Math.abs(others / othersBefore - 1)).toBeLessThan(0.06)
  })

  it('makes the segment dearer than the outsourcer, which it was not before', () => {
    expect(totalOf(guilty) / guilty.length).toBeGreaterThan(4.5)
    expect(totalOf(before) / before.length).toBeLessThan(3.5)
  })

  it('leaves claim-8841 to the reader', () => {
    const claim = guilty.find(({ id }) => id === 'claim-8841')!
    expect(claim.outcomes.map(({ status }) => status)).toEqual(['escalated'])
    expect(claim.overrides).toEqual([])
    expect(claim.runs.length).toBe(3)
    expect(claim.runs.map(({ steps }) => steps!.find(({ decision }) => decision)!.decision!.choice)).toEqual([
      'deny',
      'deny',
      'deny',
    ])
  })
})

describe('the rest of the demo', () => {
  it('has an earlier, smaller episode that a change event ended', () => {
    const episode = segment.filter(
      ({ runs }) => runs[0]!.startedAt >= '2026-09-23' && runs[0]!.startedAt < '2026-10-01',
    )
    const hail = overridesOf(claims).filter(({ rule, occurredAt }) => rule === 'HR-12' && occurredAt < '2026-11-01')
    expect(shareOf(episode, isFirstTry)).toBeLessThan(0.84)
    expect(hail.length).toBeGreaterThan(6)
    expect(hail.length).toBeLessThan(14)
    expect(hail.every(({ occurredAt }) => occurredAt >= '2026-09-23' && occurredAt < '2026-10-01')).toBe(true)
    const fix = batches[0]!.bodies.changes.find(({ id }) => id === 'claims-prompt-v12')!
    expect(fix.occurredAt.slice(0, 10)).toBe('2026-10-01')
    expect(fix.description).toMatch(/rider.*moved to the front of the context/)
  })

  it('moves triage to the small model four weeks before, for less money and the same resolution', () => {
    const tickets = items.filter(({ workflow }) => workflow === 'tickets')
    const triage = (of: DemoItem[]) => new Set(of.flatMap(({ runs }) => runs.map(({ steps }) => steps![0]!.model)))
    const [old, now] = [tickets.filter(({ week }) => week < 6), tickets.filter(({ week }) => week >= 6)]
    expect(triage(now)).toEqual(new Set(['gpt-4.1-mini']))
    expect(triage(old.filter(({ outcomes }) => outcomes.every(({ status }) => status !== 'reopened')))).toEqual(
      new Set(['gpt-4.1']),
    )
    const runDollars = (of: DemoItem[]) =>
      of.flatMap(({ runs }) => runs).reduce((sum, run) => sum + dollarsOf(run), 0) / of.length
    expect(runDollars(now)).toBeLessThan(0.5 * runDollars(old))
    const resolved = (of: DemoItem[]) => shareOf(of, ({ outcomes }) => outcomes.at(-1)?.status === 'resolved')
    expect(Math.abs(resolved(now) - resolved(old))).toBeLessThan(0.03)
  })

  it('has one decision about a storm surcharge', () => {
    const surcharge = overridesOf(items).filter(({ reason }) => reason.includes('surcharge'))
    expect(surcharge.map(({ workflow, rule, actor }) => [workflow, rule, actor])).toEqual([
      ['invoices', 'AP-7', 'Helen Brandtner'],
    ])
  })

  it('is described by its README with these figures', () => {
    const readme = readFileSync(new URL('../../src/demo/README.md', import.meta.url), 'utf8')
    const dollars = (amount: number) => `$${amount.toFixed(2)}`
    for (const figure of [
      `${items.length.toLocaleString('en-US')} work items`,
      `${dollars(weekTotals[8]!)} in the week before`,
      `${dollars(weekTotals[9]!)} in the climax week`,
      `${guilty.length} claims of the segment from Tuesday on`,
      `${(100 * shareOf(guilty, isFirstTry)).toFixed(1)} %`,
      `${(100 * shareOf(before, isFirstTry)).toFixed(1)} %`,
      `${attemptsPerItem(guilty).toFixed(2)} attempts`,
      `${dollars(totalOf(guilty) / guilty.length)} a claim`,
    ]) {
      expect(readme).toContain(figure)
    }
  })
})
