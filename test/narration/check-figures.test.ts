import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/domain/finding.ts'
import { checkFigures } from '../../src/narration/check-figures.ts'
import { formatDollars, roundTogether } from '../../src/narration/format-money.ts'

const period = { from: '2026-11-09', to: '2026-11-16' }
const figure = (value: number, unit: string, more: Partial<Finding> = {}): Finding => ({
  id: 'x',
  kind: 'figure',
  label: 'X',
  value,
  unit,
  period,
  source: 'test',
  ...more,
})
const check = (words: string, findings: Finding[], names: string[] = [], dates: string[] = []) =>
  checkFigures(words, { findings, names, dates })

describe('checkFigures', () => {
  it('takes dollars that are a finding, rounded as far as a decision needs', () => {
    const findings = [figure(14_213.4567, 'usd'), figure(2.1349, 'usd')]
    expect(check('It cost $14,213.46, about $14,210, at $2.13 each.', findings).ok).toBe(true)
    expect(check('It cost $14,220.', findings)).toEqual({ ok: false, unknown: ['$14,220'] })
    expect(check('at $2.14 each', findings).ok).toBe(false)
  })

  it('takes nothing for what rounds to nothing beside large amounts, and for nothing else', () => {
    const beside = (dollars: number) => [figure(10_080, 'usd'), figure(dollars, 'usd')]
    expect(check('It cost $0, down from $10,080.', beside(4.999999)).ok).toBe(true)
    expect(check('It cost $0, down from $10,080.', beside(6)).ok).toBe(false)
  })

  it('does not take a count for dollars, or dollars for a share', () => {
    const findings = [figure(12, 'items'), figure(50, 'usd'), figure(0.9, 'share')]
    expect(check('12 items, $50, 90 %', findings).ok).toBe(true)
    expect(check('$12', findings).ok).toBe(false)
    expect(check('50 items', findings).ok).toBe(false)
    expect(check('50 %', findings).ok).toBe(false)
  })

  it('takes n, shares and the ends of intervals', () => {
    const findings = [figure(1, 'usd', { n: 9310, share: 0.225, interval: { low: 0.9, high: 1.1, level: 0.9 } })]
    expect(check('n 9,310; 22.5 %; between $0.90 and $1.10', findings).ok).toBe(true)
    expect(check('n 9,311', findings).ok).toBe(false)
  })

  it('takes digits of names and dates as wholes only', () => {
    expect(check('claim-8841 under HR-12 in the week of 9 Nov', [], ['claim-8841', 'HR-12'], ['9 Nov']).ok).toBe(true)
    expect(check('claim-8842', [], ['claim-8841']).ok).toBe(false)
    expect(check('It cost $12.', [], ['12']).ok).toBe(false)
    expect(check('12 %', [], ['12']).ok).toBe(false)
  })

  it('lets a figure through as it is written, and not a tenth more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20_000, max: 900_000_000 }), (micros) => {
        const dollars = micros / 1e6
        expect(check(formatDollars(dollars), [figure(dollars, 'usd')]).ok).toBe(true)
        expect(check(formatDollars(dollars * 1.1 + 0.02), [figure(dollars, 'usd')]).ok).toBe(false)
      }),
    )
  })
})

describe('roundTogether', () => {
  it('keeps the sum, and moves no part by a whole step', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 12 }), (parts) => {
        const shown = roundTogether(parts, 100)
        const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
        expect(sum(shown)).toBeCloseTo(Math.round(sum(parts) / 100) * 100, 6)
        for (const [index, part] of parts.entries()) expect(Math.abs(shown[index]! - part)).toBeLessThan(100)
      }),
    )
  })
})
