import protobuf from 'protobufjs/light.js'

/** A message inside a body: from its first byte to the one after its last. */
export interface Slice {
  start: number
  end: number
}

/** Names are few and come with every span: each is kept once, found by its bytes. */
const KEPT_NAMES = 1024
const LONGEST_NAME = 48
const names: { bytes: Buffer; text: string }[] = new Array(KEPT_NAMES)

/**
 * Reads protobuf's wire format field by field, making nothing but the values that are asked for. Throws a RangeError or
 * Error where the bytes are no protobuf.
 */
export class WireReader {
  private readonly reader: protobuf.Reader
  private readonly body: Buffer

  constructor(body: Buffer) {
    this.body = body
    this.reader = protobuf.Reader.create(body)
  }

  /** Goes to a message's first field. */
  enter({ start }: Slice): void {
    this.reader.pos = start
  }

  /** Tag of the next field of a message that ends at `end`; 0 where there is none. */
  nextTag(end: number): number {
    const { reader } = this
    if (reader.pos === end) return 0
    if (reader.pos > end) throw new RangeError(`a field ends at byte ${reader.pos}, its message at ${end}`)
    const tag = reader.uint32()
    if (tag >>> 3 === 0) throw new RangeError(`byte ${reader.pos} begins no field`)
    return tag
  }

  /** Passes over the field whose tag was read. */
  skip(tag: number): void {
    this.reader.skipType(tag & 7, 0, tag >>> 3)
  }

  /** Goes into the nested message whose tag was read, and returns where it ends. */
  open(): number {
    const { start, end } = this.slice()
    this.reader.pos = start
    return end
  }

  /** Where the message, text or bytes lie whose tag was read; goes behind them. */
  slice(): Slice {
    const { reader } = this
    const length = reader.uint32()
    const start = reader.pos
    const end = start + length
    if (end > this.body.length) throw new RangeError(`${length} bytes from byte ${start} are more than there are`)
    reader.pos = end
    return { start, end }
  }

  text(): string {
    const { start, end } = this.slice()
    return this.body.toString('utf8', start, end)
  }

  /** A text that is likely to come again. */
  name(): string {
    const { start, end } = this.slice()
    const { body } = this
    const length = end - start
    if (length === 0 || length > LONGEST_NAME) return body.toString('utf8', start, end)
    const place =
      (length * 31 + body[start]! * 7 + body[end - 1]! * 131 + body[start + (length >> 1)]! * 1031) % KEPT_NAMES
    const kept = names[place]
    if (kept && isSame(kept.bytes, body, start, length)) return kept.text
    const bytes = Buffer.from(body.subarray(start, end))
    const text = bytes.toString('utf8')
    names[place] = { bytes, text }
    return text
  }

  hex(): string {
    const { start, end } = this.slice()
    return this.body.toString('hex', start, end)
  }

  base64(): string {
    const { start, end } = this.slice()
    return this.body.toString('base64', start, end)
  }

  /** Exact up to 2^53. */
  int64(): number {
    const value: unknown = this.reader.int64()
    return typeof value === 'number' ? value : (value as { toNumber(): number }).toNumber()
  }

  int32(): number {
    return this.reader.int32()
  }

  bool(): boolean {
    return this.reader.bool()
  }

  double(): number {
    return this.reader.double()
  }

  /** Exact up to 2^53. */
  fixed64(): number {
    const { reader, body } = this
    const at = reader.pos
    if (at + 8 > body.length) throw new RangeError(`8 bytes from byte ${at} are more than there are`)
    reader.pos = at + 8
    return body.readUInt32LE(at) + body.readUInt32LE(at + 4) * 2 ** 32
  }
}

function isSame(kept: Buffer, body: Buffer, start: number, length: number): boolean {
  if (kept.length !== length) return false
  for (let index = 0; index < length; index++) if (kept[index] !== body[start + index]) return false
  return true
}
