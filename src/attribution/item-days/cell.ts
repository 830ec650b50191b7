import { promisify } from 'node:util'
import { constants, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib'
import { giveBack } from '../../domain/give-back.ts'
import { evenStarts, type Numbers, sameNumbers, startsOf } from './numbers.ts'

const KINDS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const
type Kind = keyof typeof KINDS

interface Header {
  /** What is no column: lists of names and values that codes point into. */
  lists: Record<string, unknown[]>
  /** Of a column of which every value is the same that value stands in place of its offset, and of its kind `same`. */
  columns: Record<string, [kind: Kind | 'same', offset: number, length: number]>
}

/** One cell of columns as read: the arrays are views of one buffer. */
export interface Cell {
  list<Value>(name: string): Value[]
  has(name: string): boolean
  column(name: string): Numbers
  /** Where the parts of each owner begin, and where the last one ends: written as how many parts each has. */
  starts(name: string): Numbers
  /** In memory. */
  bytes: number
  /** Gives its memory back: its columns are empty after it. */
  release(): void
}

const ALIGNMENT = 8
const align = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT

/**
 * Columns and lists as one compressed text: its length before compression, then (compressed) the length of the header, the
 * header as JSON, and the numbers, little-endian, each column at a multiple of 8 bytes.
 */
export function writeCell(lists: Record<string, unknown[]>, columns: Record<string, Numbers>): Uint8Array {
  const header: Header = { lists, columns: {} }
  let offset = 0
  const written = Object.entries(columns).filter(([name, values]) => {
    const same = sameValueOf(values)
    header.columns[name] = same === null ? [kindOf(values), offset, values.length] : ['same', same, values.length]
    if (same === null) offset += align(values.byteLength)
    return same === null
  })
  const text = Buffer.from(JSON.stringify(header))
  const start = align(4 + text.length)
  const raw = Buffer.alloc(start + offset)
  raw.writeUInt32LE(text.length, 0)
  text.copy(raw, 4)
  for (const [name, values] of written) {
    raw.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), start + header.columns[name]![1])
  }
  const packed = zstdCompressSync(raw, { params: { [constants.ZSTD_c_compressionLevel]: 3 } })
  const whole = Buffer.alloc(4 + packed.length)
  whole.writeUInt32LE(raw.length, 0)
  packed.copy(whole, 4)
  return whole
}

export function readCell(packed: Uint8Array): Cell {
  return viewCell(zstdDecompressSync(packed.subarray(4), inOnePiece(packed)))
}

const decompress = promisify(zstdDecompress)

/** The same, decompressed by another thread. */
export async function readCellAside(packed: Uint8Array): Promise<Cell> {
  return viewCell(await decompress(packed.subarray(4), inOnePiece(packed)))
}

/** By default it would be put together from pieces of 16 KiB. One byte more than is needed, or room for a second piece is made. */
function inOnePiece(packed: Uint8Array) {
  const length = new DataView(packed.buffer, packed.byteOffset, packed.byteLength).getUint32(0, true)
  return { chunkSize: Math.max(64, length + 1), maxOutputLength: Math.max(64, length) }
}

function viewCell(raw: Buffer): Cell {
  const aligned = raw.byteOffset % ALIGNMENT === 0 ? raw : Buffer.from(new Uint8Array(raw).buffer)
  const { buffer, byteOffset } = aligned
  const headerLength = aligned.readUInt32LE(0)
  const header = JSON.parse(aligned.toString('utf8', 4, 4 + headerLength)) as Header
  const start = byteOffset + align(4 + headerLength)
  const has = (name: string) => Object.hasOwn(header.columns, name)
  const column = (name: string): Numbers => {
    const [kind, offset, count] = header.columns[name] ?? missing(name)
    return kind === 'same' ? sameNumbers(offset, count) : new KINDS[kind](buffer as ArrayBuffer, start + offset, count)
  }
  return {
    bytes: raw.length,
    release: () => {
      // Small buffers are parts of one that they share.
      if (buffer.byteLength <= aligned.length + 1) giveBack(new Uint8Array(buffer))
    },
    list: <Value>(name: string) => (header.lists[name] ?? missing(name)) as Value[],
    has,
    column,
    starts(name) {
      const counts = header.columns[countsName(name)]
      // The first format kept the starts themselves.
      if (!counts) return column(name)
      const [kind, parts, owners] = counts
      return kind === 'same' ? evenStarts(parts, owners) : startsOf(column(countsName(name)))
    },
  }
}

/** The column that tells how many parts each owner has. */
export const countsName = (name: string): string => `${name}.count`

/** Null where values differ, or where there is none or it is no whole number from 0. */
function sameValueOf(values: Numbers): number | null {
  const first = values[0]
  if (values instanceof Float64Array || first === undefined) return null
  for (let index = 1; index < values.length; index++) if (values[index] !== first) return null
  return first
}

function kindOf(values: Numbers): Kind {
  if (values instanceof Uint8Array) return 'u8'
  if (values instanceof Uint16Array) return 'u16'
  return values instanceof Uint32Array ? 'u32' : 'f64'
}

function missing(name: string): never {
  throw new Error(`a packed day has no "${name}": it was written by another version`)
}
