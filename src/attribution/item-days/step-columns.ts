import type { Cell } from './cell.ts'
import { CompactNumbers } from './compact-numbers.ts'
import { type Numbers, packNumbers } from './numbers.ts'

/**
 * The steps of a day's runs, those of run i from run[i] to run[i + 1]. What many steps have alike (all but tokens and cost) is kept once: `code`
 * tells of each step which of these it is, from 0. Names, kinds and models are codes into the lists from 1; 0: none.
 */
export interface StepColumns {
  run: Numbers
  code: Numbers
  input: CompactNumbers
  cost: CompactNumbers
  /** By code. */
  name: Numbers
  kind: Numbers
  model: Numbers
  calls: Numbers
  failed: Numbers
  names: string[]
  kinds: string[]
  models: string[]
  /** In memory. */
  bytes: number
}

const ALIKE = ['name', 'kind', 'model', 'calls', 'failed'] as const

/** Columns of their own: the cell that they are read from is given back. */
export function readSteps(cell: Cell): StepColumns {
  const columns = ALIKE.map((name) => cell.column(name))
  const { codes, firsts } = codeAlike(columns)
  const [name, kind, model, calls, failed] = columns.map((column) => packNumbers(firsts.map((at) => column[at]!)))
  const run = cell.has('run') ? cell.column('run').slice() : cell.starts('run')
  const [input, cost] = [new CompactNumbers(cell.column('input')), new CompactNumbers(cell.column('cost'))]
  cell.release()
  return {
    ...{ run, code: codes, input, cost, name: name!, kind: kind!, model: model!, calls: calls! },
    ...{ failed: failed!, names: cell.list('names'), kinds: cell.list('kinds'), models: cell.list('models') },
    bytes: run.byteLength + codes.byteLength + input.bytes + cost.bytes,
  }
}

/** A code for each place at which all columns are alike, in order of first appearance, and where each was first seen. */
function codeAlike(columns: readonly Numbers[]): { codes: Numbers; firsts: number[] } {
  const size = columns[0]!.length
  const widths = columns.map((column) => {
    let width = 1
    for (let at = 0; at < size; at++) width = Math.max(width, column[at]! + 1)
    return width
  })
  const isNumber =
    columns.every((column) => !(column instanceof Float64Array)) &&
    widths.reduce((product, width) => product * width, 1) < Number.MAX_SAFE_INTEGER
  const keyAt = (at: number): number | string => {
    if (!isNumber) return columns.map((column) => column[at]).join()
    let key = 0
    for (let index = 0; index < columns.length; index++) key = key * widths[index]! + columns[index]![at]!
    return key
  }
  const known = new Map<number | string, number>()
  const firsts: number[] = []
  const codes = new Uint32Array(size)
  for (let at = 0; at < size; at++) {
    const key = keyAt(at)
    let code = known.get(key)
    if (code === undefined) {
      code = firsts.push(at) - 1
      known.set(key, code)
    }
    codes[at] = code
  }
  if (firsts.length <= 0x100) return { codes: new Uint8Array(codes), firsts }
  return { codes: firsts.length <= 0x10000 ? new Uint16Array(codes) : codes, firsts }
}
