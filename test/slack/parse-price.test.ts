import { describe, expect, it } from 'vitest'
import { parsePriceLine } from '../../src/slack/parse-price.ts'
import { readPrice, type WrittenPrice } from '../../src/slack/written-price.ts'

const TODAY = '2026-11-27'
const written: WrittenPrice = {
  model: 'gpt-4.1',
  workflow: null,
  provider: null,
  serviceTier: null,
  inputPerMillion: 2,
  cachedInputPerMillion: null,
  cacheWritePerMillion: null,
  outputPerMillion: 8,
  reasoningPerMillion: null,
  firstDay: TODAY,
  lastDay: null,
}

describe('/docket price', () => {
  it.each([
    ['', { form: 'list', about: '' }],
    ['claims', { form: 'list', about: 'claims' }],
    ['“home claims”', { form: 'list', about: 'home claims' }],
    ['gpt-4.1 input 2.00 output $8', { form: 'set', price: written }],
    [
      'gpt-4.1 output 8 input 2 cached .5 from 2026-11-01 until 2026-12-31 workflow "home claims" tier batch provider azure',
      {
        form: 'set',
        price: {
          ...written,
          cachedInputPerMillion: 0.5,
          firstDay: '2026-11-01',
          lastDay: '2026-12-31',
          workflow: 'home claims',
          serviceTier: 'batch',
          provider: 'azure',
        },
      },
    ],
  ])('reads “%s”', (line, request) => {
    expect(parsePriceLine(line, TODAY)).toEqual(request)
  })

  it.each([
    ['gpt-4.1 inptu 2', 'I do not know “inptu” in a price'],
    ['gpt-4.1 input', 'Nothing follows “input”.'],
    ['gpt-4.1 input cheap', '“cheap” is not an amount'],
    ['gpt-4.1 input -2', '“-2” is not an amount'],
    ['gpt-4.1 input 1e3', '“1e3” is not an amount'],
    ['gpt-4.1 input 2 from 2026-13-01', '“2026-13-01” is not a day'],
  ])('says what it cannot read in “%s”', (line, problem) => {
    const read = parsePriceLine(line, TODAY)
    expect(read.form === 'unreadable' && read.problem).toContain(problem)
  })
})

it('lets a price hold for whole days of the company’s zone, the last one included', () => {
  const read = readPrice({ ...written, firstDay: '2026-11-01', lastDay: '2026-11-30' }, 'America/New_York')
  // New York leaves summer time on 1 November 2026 at 06:00 UTC: that day begins four hours behind UTC, December five.
  expect(read).toMatchObject({
    ok: true,
    price: { validFrom: new Date('2026-11-01T04:00:00Z'), validUntil: new Date('2026-12-01T05:00:00Z') },
  })
})

it('says what is wrong with a price, field by field', () => {
  const none = { ...written, inputPerMillion: null, outputPerMillion: null }
  expect(readPrice(none, 'UTC')).toEqual({
    ok: false,
    errors: { inputPerMillion: 'Give a price for input, for output, or for both.' },
  })
  expect(readPrice({ ...written, lastDay: '2026-11-26' }, 'UTC')).toMatchObject({
    errors: { lastDay: 'The last day is before the first.' },
  })
  expect(readPrice({ ...written, outputPerMillion: 2_000_000, model: '' }, 'UTC')).toMatchObject({
    ok: false,
    errors: { outputPerMillion: expect.any(String), model: expect.any(String) },
  })
})
