import { type DocumentUse, type StepUse, WASTE_CLASSES, type WasteClass } from '../../domain/facts.ts'
import type { AttributeValue } from '../../domain/span.ts'
import { RUN_DETAILS, type RunDetail } from '../../store/queries/run-fact-rows.ts'
import { type Cell, readCell } from './cell.ts'
import { SparseNumbers } from './compact-numbers.ts'
import { readTexts, type Texts } from './dictionary.ts'
import { asNullable, type NullableNumbers, type Numbers, nullableAt } from './numbers.ts'
import { readSteps, type StepColumns } from './step-columns.ts'

/** Which parts of a day were asked for, each read by the index of a run or of a correction. */
export interface DayDetails {
  steps?: Sized & { at(run: number): StepUse[]; columns: StepColumns }
  documents?: Sized & { at(run: number): DocumentUse[]; columns: DocumentColumns }
  /** `list`: of each run, into `lists` from 1. */
  tools?: Sized & { at(run: number): string[]; lists: string[][]; list: Numbers }
  waste?: Sized & { at(run: number): Partial<Record<WasteClass, number>>; of(name: WasteClass): SparseNumbers | null }
  record?: Sized & RecordReader
  traces?: Sized & { at(run: number): string }
  corrections?: Sized & CorrectionReader
}

export interface Sized {
  bytes: number
}

export interface DocumentColumns {
  run: Numbers
  id: Numbers
  used: NullableNumbers
  tokens: NullableNumbers
  ids: string[]
}

interface RecordReader {
  decision(run: number): string | null
  rules(run: number): string[]
  attributes(run: number): Record<string, AttributeValue>
  /** Milliseconds after the day's start. */
  ended(run: number): number | null
  known(run: number): number
  unexplained(run: number): number | null
}

interface CorrectionReader {
  id(override: number): string
  text(name: 'agentDecision' | 'humanDecision' | 'reason' | 'rule' | 'actor', override: number): string | null
}

const coded = <Value>(list: readonly Value[], codes: Numbers, index: number): Value | null =>
  codes[index] === 0 ? null : list[codes[index]! - 1]!

export const READ_DETAIL: { [Name in RunDetail]: (cell: Cell) => NonNullable<DayDetails[Name]> } = {
  steps(cell) {
    const columns = readSteps(cell)
    const { code, name, kind, model, calls, failed, names, kinds, models } = columns
    const stepAt = (index: number): StepUse => ({
      name: coded(names, name, code[index]!)!,
      kind: coded(kinds, kind, code[index]!)!,
      model: coded(models, model, code[index]!),
      calls: calls[code[index]!]!,
      failed: failed[code[index]!]!,
      inputTokens: columns.input.nullableAt(index),
      costMicros: columns.cost.at(index),
    })
    return { bytes: columns.bytes, columns, at: (run) => partsOf(columns.run, run, stepAt) }
  },
  documents(cell) {
    const retrieved = cell.column('retrieved')
    const columns: DocumentColumns = {
      run: cell.starts('run'),
      id: cell.column('id'),
      used: asNullable(cell.column('used')),
      tokens: asNullable(cell.column('tokens')),
      ids: cell.list('ids'),
    }
    const documentAt = (index: number): DocumentUse => {
      const used = nullableAt(columns.used, index)
      const id = columns.ids[columns.id[index]! - 1]!
      const tokens = nullableAt(columns.tokens, index)
      return { id, retrieved: retrieved[index]!, used: used === null ? null : used === 1, tokens }
    }
    return { bytes: cell.bytes, columns, at: (run) => partsOf(columns.run, run, documentAt) }
  },
  tools(cell) {
    const [lists, list] = [cell.list<string[]>('lists'), cell.column('list')]
    return { bytes: cell.bytes, lists, list, at: (run) => coded(lists, list, run)! }
  },
  waste(cell) {
    const columns = new Map(
      cell.list<WasteClass>('classes').map((name) => [name, new SparseNumbers(asNullable(cell.column(name)))]),
    )
    cell.release()
    return {
      bytes: [...columns.values()].reduce((sum, { bytes }) => sum + bytes, 0),
      of: (name) => columns.get(name) ?? null,
      at(run) {
        const waste: Partial<Record<WasteClass, number>> = {}
        for (const name of WASTE_CLASSES) {
          const micros = columns.get(name)?.at(run) ?? null
          if (micros !== null) waste[name] = micros
        }
        return waste
      },
    }
  },
  record(cell) {
    const [decisions, decision] = [cell.list<string>('decisions'), cell.column('decision')]
    const [rules, rule] = [cell.list<string[]>('rules'), cell.column('rules')]
    const [attributes, attribute] = [cell.list<Record<string, AttributeValue>>('attributes'), cell.column('attributes')]
    const [ended, known] = [asNullable(cell.column('ended')), cell.column('known')]
    const unexplained = asNullable(cell.column('unexplained'))
    return {
      bytes: cell.bytes,
      decision: (run) => coded(decisions, decision, run),
      rules: (run) => coded(rules, rule, run)!,
      attributes: (run) => coded(attributes, attribute, run)!,
      ended: (run) => nullableAt(ended, run),
      known: (run) => known[run]!,
      unexplained: (run) => nullableAt(unexplained, run),
    }
  },
  traces(cell) {
    const ids: Texts = readTexts(cell.column('id'), cell.starts('idStart'))
    return { bytes: cell.bytes, at: ids.at }
  },
  corrections(cell) {
    const ids = readTexts(cell.column('id'), cell.starts('idStart'))
    return {
      bytes: cell.bytes,
      id: ids.at,
      text: (name, override) => coded(cell.list<string>(name), cell.column(name), override),
    }
  },
}

/** Every part of a day. */
export function readDetails(packed: Readonly<Record<RunDetail, Uint8Array>>): DayDetails {
  const details: DayDetails = {}
  const read = <Name extends RunDetail>(name: Name): void => {
    details[name] = READ_DETAIL[name](readCell(packed[name]))
  }
  for (const name of RUN_DETAILS) read(name)
  return details
}

function partsOf<Part>(starts: Numbers, owner: number, partAt: (index: number) => Part): Part[] {
  const parts: Part[] = []
  for (let index = starts[owner]!; index < starts[owner + 1]!; index++) parts.push(partAt(index))
  return parts
}
