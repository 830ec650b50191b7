/** How COPY's binary format begins: a signature of 11 bytes, flags, and the length of what extends the header. */
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')
const HEADER = SIGNATURE.length + 8
/** In place of a number of fields: nothing comes after it. */
const END = -1

/**
 * The rows of messages in COPY's binary format: the bytes of each field, null where it has none. Fields are views of the messages. Rows come
 * in a message each, which the protocol does not promise: one may go on in the next.
 */
export function readBinaryRows(messages: readonly Uint8Array[]): (Uint8Array | null)[][] {
  const rows: (Uint8Array | null)[][] = []
  let rest: Buffer = Buffer.alloc(0)
  let isBegun = false
  for (const message of messages) {
    const bytes = rest.length === 0 ? bufferOf(message) : Buffer.concat([rest, message])
    let at = 0
    if (!isBegun) {
      if (bytes.length < HEADER || bytes.length < HEADER + bytes.readUInt32BE(HEADER - 4)) {
        rest = bytes
        continue
      }
      if (bytes.compare(SIGNATURE, 0, SIGNATURE.length, 0, SIGNATURE.length) !== 0) {
        throw new Error('the database did not answer in the binary format of COPY')
      }
      at = HEADER + bytes.readUInt32BE(HEADER - 4)
      isBegun = true
    }
    for (let read = readRow(bytes, at); read !== null; read = readRow(bytes, at)) {
      if (read.fields === null) return rows
      rows.push(read.fields)
      at = read.end
    }
    rest = bytes.subarray(at)
  }
  throw new Error('the answer of the database broke off')
}

/** Null where the row is not there to its end; its fields are null where it is the end of all. */
function readRow(bytes: Buffer, from: number): { fields: (Uint8Array | null)[] | null; end: number } | null {
  let at = from + 2
  if (at > bytes.length) return null
  const count = bytes.readInt16BE(from)
  if (count === END) return { fields: null, end: at }
  const fields: (Uint8Array | null)[] = []
  for (let field = 0; field < count; field++) {
    if (at + 4 > bytes.length) return null
    const length = bytes.readInt32BE(at)
    at += 4
    if (length >= 0 && at + length > bytes.length) return null
    fields.push(length < 0 ? null : bytes.subarray(at, at + length))
    at += Math.max(0, length)
  }
  return { fields, end: at }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
