import type { Cell } from './cell.ts'
import { CompactNumbers } from './compact-numbers.ts'
import { giveBack } from './give-back.ts'
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
  const codes = new Uint32Array(columns[0]!.length)
  let firsts = codes.length > 0 ? [0] : []
  for (const column of columns) firsts = recode(codes, firsts.length, column)
  if (firsts.length > 0x10000) return { codes, firsts }
  const narrower = firsts.length <= 0x100 ? new Uint8Array(codes) : new Uint16Array(codes)
  giveBack(codes)
  return { codes: narrower, firsts }
}

/** Pairs of a code and a value up to which a table of them is made: few kinds of steps come with few values each. */
const MOST_PAIRS = 1 << 16

/** Parts codes, of which there are `count`, by a further column, in place. Returns where each new one was first seen. */
function recode(codes: Uint32Array, count: number, column: Numbers): number[] {
  const width = column instanceof Float64Array ? Number.POSITIVE_INFINITY : highestOf(column) + 1
  return count * width <= MOST_PAIRS ? recodeFew(codes, count, column, width) : recodeMany(codes, column)
}

/** By a table of all pairs, from 1, as a new table holds 0. @param width one more than the highest value of the column. */
function recodeFew(codes: Uint32Array, count: number, column: Numbers, width: number): number[] {
  const known = new Uint32Array(count * width)
  const firsts: number[] = []
  for (let at = 0; at < codes.length; at++) {
    const pair = codes[at]! * width + column[at]!
    let code = known[pair]!
    if (code === 0) {
      code = firsts.push(at)
      known[pair] = code
    }
    codes[at] = code - 1
  }
  return firsts
}

function recodeMany(codes: Uint32Array, column: Numbers): number[] {
  const known = new Map<string, number>()
  const firsts: number[] = []
  for (let at = 0; at < codes.length; at++) {
    const pair = `${codes[at]} ${column[at]}`
    let code = known.get(pair)
    if (code === undefined) {
      code = firsts.push(at) - 1
      known.set(pair, code)
    }
    codes[at] = code
  }
  return firsts
}

function highestOf(column: Numbers): number {
  let highest = 0
  for (let at = 0; at < column.length; at++) if (column[at]! > highest) highest = column[at]!
  return highest
}
