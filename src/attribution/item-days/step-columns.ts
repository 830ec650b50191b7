import { giveBack } from '../../domain/give-back.ts'
import type { Cell } from './cell.ts'
import { type Columns, type CompactNumbers, joinNumbers, splitNumbers } from './compact-numbers.ts'
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

/** Of each step, before what steps have alike is coded. */
export interface PlainSteps {
  name: Numbers
  kind: Numbers
  model: Numbers
  calls: Numbers
  failed: Numbers
  input: Numbers
  cost: Numbers
}

const ALIKE = ['name', 'kind', 'model', 'calls', 'failed'] as const

/** Columns of the cell that `readSteps` reads, in arrays of their own. */
export function codeSteps(steps: PlainSteps): Record<string, Numbers> {
  const { codes, firsts } = codeAlike(ALIKE.map((name) => steps[name]))
  const alike = ALIKE.map((name) => [name, packNumbers(firsts.map((at) => steps[name][at]!))])
  return {
    code: codes,
    ...Object.fromEntries(alike),
    ...splitNumbers('input', steps.input),
    ...splitNumbers('cost', steps.cost),
  }
}

export function readSteps(cell: Cell): StepColumns {
  return cell.has('code') ? stepsOf(cell, cell, cell.starts('run'), cell.bytes) : readPlainSteps(cell)
}

/** Of the first two formats: steps are coded now, and the cell that they are read from is given back. */
function readPlainSteps(cell: Cell): StepColumns {
  const plain = Object.fromEntries([...ALIKE, 'input', 'cost'].map((name) => [name, cell.column(name)]))
  const columns = codeSteps(plain as unknown as PlainSteps)
  const run = cell.has('run') ? cell.column('run').slice() : cell.starts('run')
  cell.release()
  const bytes = Object.values(columns).reduce((sum, { byteLength }) => sum + byteLength, 0)
  return stepsOf(cell, { has: (name) => name in columns, column: (name) => columns[name]! }, run, bytes)
}

function stepsOf(cell: Cell, columns: Columns, run: Numbers, bytes: number): StepColumns {
  const [name, kind, model, calls, failed] = ALIKE.map(columns.column)
  return {
    ...{ run, code: columns.column('code'), name: name!, kind: kind!, model: model!, calls: calls!, failed: failed! },
    ...{ input: joinNumbers(columns, 'input'), cost: joinNumbers(columns, 'cost') },
    ...{ names: cell.list('names'), kinds: cell.list('kinds'), models: cell.list('models') },
    bytes: bytes + run.byteLength,
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
