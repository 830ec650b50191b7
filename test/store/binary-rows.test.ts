import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readBinaryRows } from '../../src/store/binary-rows.ts'

type Row = (Uint8Array | null)[]

const int16 = (value: number) => {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

/** As https://www.postgresql.org/docs/current/sql-copy.html describes the binary format. */
function write(rows: readonly Row[], extension: Uint8Array): Buffer {
  const fieldOf = (field: Uint8Array | null) => (field === null ? [int32(-1)] : [int32(field.length), field])
  return Buffer.concat([
    Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'),
    int32(0),
    ...[int32(extension.length), extension],
    ...rows.flatMap((row) => [int16(row.length), ...row.flatMap(fieldOf)]),
    int16(-1),
  ])
}

const rows = fc.array(fc.array(fc.option(fc.uint8Array({ maxLength: 8 })), { maxLength: 4 }), { maxLength: 8 })
const plainly = (list: readonly Row[]) => list.map((row) => row.map((field) => field && [...field]))

function cut(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const parts: Uint8Array[] = []
  let from = 0
  for (const length of lengths) {
    parts.push(bytes.subarray(from, from + length))
    from += length
  }
  return [...parts, bytes.subarray(from)]
}

it('rows are read as they were written, wherever one message ends and the next begins', () => {
  fc.assert(
    fc.property(rows, fc.uint8Array({ maxLength: 3 }), fc.array(fc.nat({ max: 20 })), (given, extension, lengths) => {
      expect(plainly(readBinaryRows(cut(write(given, extension), lengths)))).toEqual(plainly(given))
    }),
  )
})

it('an answer that breaks off, or is of another form, is an error', () => {
  const bytes = write([[Uint8Array.of(1, 2, 3)]], new Uint8Array())
  for (let length = 0; length < bytes.length; length++) {
    expect(() => readBinaryRows([bytes.subarray(0, length)])).toThrow('broke off')
  }
  expect(() => readBinaryRows([Buffer.concat([Buffer.from('PGCOPY,text'), Buffer.alloc(8)])])).toThrow('binary format')
})
