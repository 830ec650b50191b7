import { giveBack, LEAST_BYTES } from './give-back.ts'

/** A typed array's own class. */
interface ArrayClass<Kind> {
  new (length: number): Kind
  new (buffer: ArrayBuffer, byteOffset: number, length: number): Kind
  readonly BYTES_PER_ELEMENT: number
}

/** Memory that arrays are cut from, one after the other. */
interface Block {
  buffer: ArrayBuffer
  used: number
}

const LEAST_BLOCK_BYTES = 1024 * 1024
const ALIGNMENT = 8

/**
 * A block of about this size is kept for the next computation: memory that has been written to is dear to get from the system again.
 * What is smaller, allocators keep at hand; what is larger would be too much to keep.
 */
const [LEAST_SPARE_BYTES, MOST_SPARE_BYTES] = [32 * 1024 * 1024, 64 * 1024 * 1024]
let spare: ArrayBuffer | null = null

/** What the computation under way has asked for; null outside of any. */
let taken: { blockBytes: number; blocks: Block[]; lists: ArrayBufferView[] } | null = null

/**
 * Runs a computation and gives the arrays that it asked for back when it is done, so that its result may hold none of them: those of a
 * year's items are tens of megabytes, and the collector comes for them when the next question has asked for as much again. The
 * computation must not wait for anything, or another one would take its arrays for its own. `expected`: bytes that it is likely to ask for;
 * tens of megabytes at once are a place of their own for allocators, where pieces would lie among what is kept and leave holes there.
 */
export function withScratch<Result>(compute: () => Result, expected = 0): Result {
  const isOuter = taken === null
  taken ??= { blockBytes: Math.max(LEAST_BLOCK_BYTES, expected), blocks: [], lists: [] }
  const { blocks, lists } = taken
  const before = { blocks: Math.max(1, blocks.length), used: blocks.at(-1)?.used ?? 0, lists: lists.length }
  try {
    return compute()
  } finally {
    for (const { buffer } of blocks.splice(before.blocks)) buffer.transfer(0)
    giveBack(...lists.splice(before.lists))
    const last = blocks.at(-1)
    if (last) clear(last, before.used)
    if (isOuter) {
      if (last) keepSpare(last.buffer)
      taken = null
    }
  }
}

/** Arrays that were cut from it are empty after it, whether it is kept or given back. */
function keepSpare(buffer: ArrayBuffer): void {
  const isKept = buffer.byteLength >= LEAST_SPARE_BYTES && buffer.byteLength <= MOST_SPARE_BYTES
  const left = buffer.transfer(isKept ? buffer.byteLength : 0)
  spare = isKept ? left : null
}

function clear(block: Block, used: number): void {
  new Uint8Array(block.buffer, used, block.used - used).fill(0)
  block.used = used
}

/** The spare one, where it is large enough and not much too large; else that is given back. */
function newBlock(bytes: number): Block {
  const isFit = spare !== null && spare.byteLength >= bytes && spare.byteLength <= 2 * bytes
  if (!isFit) spare?.transfer(0)
  const buffer = isFit ? spare! : new ArrayBuffer(bytes)
  spare = null
  return { buffer, used: 0 }
}

/** An array of zeros that is good until the computation under way is done; outside of one, an array like any other. */
export function scratch<Kind extends ArrayBufferView>(make: ArrayClass<Kind>, length: number): Kind {
  const bytes = Math.ceil((length * make.BYTES_PER_ELEMENT) / ALIGNMENT) * ALIGNMENT
  if (taken === null || bytes < LEAST_BYTES) return new make(length)
  let block = taken.blocks.at(-1)
  if (!block || block.used + bytes > block.buffer.byteLength) {
    block = newBlock(Math.max(taken.blockBytes, bytes))
    taken.blocks.push(block)
  }
  const array = new make(block.buffer, block.used, length)
  block.used += bytes
  return array
}

/** The array, which is given back with those of `scratch`, or before: one of a list that grows, which leaves it for a larger one. */
export function untilDone<Kind extends ArrayBufferView>(array: Kind): Kind {
  if (array.byteLength >= LEAST_BYTES) taken?.lists.push(array)
  return array
}
