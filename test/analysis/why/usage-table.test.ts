import { describe, expect, it } from 'vitest'
import { releaseTable } from '../../../src/analysis/why/usage-table.ts'
import { UsageTableBuilder } from '../../../src/analysis/why/usage-table-builder.ts'

describe('releaseTable', () => {
  it('gives back every column of a table, whatever room was left in it', () => {
    const builder = new UsageTableBuilder(100)
    const { codes, codeOf } = builder.dimension('region')
    for (const region of ['north', 'south']) {
      const row = builder.addRow()
      codes.set(row, codeOf(region))
      builder.tokens.set(row, 10)
      builder.addUse(builder.modelCode('large'), 10, 5)
    }
    const table = builder.build()
    const columns = [...Object.values(table), ...table.dimensions.codes].filter((value) => ArrayBuffer.isView(value))
    expect(columns.map(({ byteLength }) => byteLength > 0)).not.toContain(false)
    releaseTable(table)
    expect(columns.map(({ byteLength }) => byteLength)).toEqual(columns.map(() => 0))
  })
})
