import { expect, it } from 'vitest'
import { createDayCodes } from '../../../src/analysis/explain-change/day-codes.ts'
import { UsageTableBuilder } from '../../../src/analysis/why/usage-table-builder.ts'
import type { DayFigures } from '../../../src/attribution/item-days/day-figures.ts'

const NONE = new Uint8Array(1000)

/** A day on which every item has a value of its own, and no agent says what it is. */
const dayOf = (values: string[]): DayFigures =>
  ({
    attributes: new Map([['customer', { values, codes: Uint16Array.from(values, (_, index) => index + 1) }]]),
    ...{ agentVersions: [], promptVersions: [], models: [], runAgentVersion: NONE, runPromptVersion: NONE },
  }) as unknown as DayFigures

it('a dimension has as many values as the days give it, however narrow its codes were at first', () => {
  const builder = new UsageTableBuilder(1000)
  const days = [['a', 'b'], Array.from({ length: 600 }, (_, index) => `customer ${index}`), ['b', 'customer 599', 'a']]
  for (const values of days) {
    const firstRow = builder.rowCount
    for (const _ of values) builder.addRow()
    const item = Int32Array.from(values, (_, index) => index)
    const codes = createDayCodes(builder, dayOf(values))
    codes.setDimensions(firstRow, values.length, { item, run: item, model: new Int32Array(values.length) })
  }
  const { names, values, codes } = builder.build().dimensions
  expect(names).toEqual(['customer'])
  expect(Array.from(codes[0]!, (code) => values[0]![code])).toEqual(days.flat())
})
