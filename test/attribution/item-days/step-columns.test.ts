import { array, assert, integer, option, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countsName, readCell, writeCell } from '../../../src/attribution/item-days/cell.ts'
import { packNullable, packNumbers } from '../../../src/attribution/item-days/numbers.ts'
import {
  codeSteps,
  type PlainSteps,
  readSteps,
  type StepColumns,
} from '../../../src/attribution/item-days/step-columns.ts'

const step = record({
  ...{ name: integer({ min: 1, max: 3 }), kind: integer({ min: 1, max: 2 }), model: integer({ min: 0, max: 2 }) },
  ...{ calls: integer({ min: 0, max: 300 }), failed: integer({ min: 0, max: 2 }) },
  input: option(integer({ min: 0, max: 0x2000000 }), { nil: null }),
  cost: integer({ min: 0, max: 0x1ffffff }),
})

const LISTS = { names: ['read', 'decide', 'write'], kinds: ['llm', 'tool'], models: ['small', 'large'] }

/** What is said of each step, and of which run it is. */
function saidBy(columns: StepColumns, count: number) {
  const { run, code, name, kind, model, calls, failed, input, cost, names, kinds, models } = columns
  const steps = Array.from({ length: count }, (_, at) => {
    const own = code[at]!
    return [name[own], kind[own], model[own], calls[own], failed[own], input.nullableAt(at), cost.at(at)]
  })
  return { run: [...run], steps, names, kinds, models }
}

describe('steps of a packed day', () => {
  it('are read alike whether they were coded when they were packed or, as in the second format, are when they are read', () => {
    assert(
      property(array(array(step, { maxLength: 4 }), { maxLength: 30 }), (runs) => {
        const steps = runs.flat()
        const plain: PlainSteps = {
          ...{ name: packNumbers(steps.map(({ name }) => name)), kind: packNumbers(steps.map(({ kind }) => kind)) },
          ...{
            model: packNumbers(steps.map(({ model }) => model)),
            calls: packNumbers(steps.map(({ calls }) => calls)),
          },
          failed: packNumbers(steps.map(({ failed }) => failed)),
          ...{ input: packNullable(steps.map(({ input }) => input)), cost: packNumbers(steps.map(({ cost }) => cost)) },
        }
        const counts = { [countsName('run')]: packNumbers(runs.map(({ length }) => length)) }
        const coded = readSteps(readCell(writeCell(LISTS, { ...counts, ...codeSteps(plain) })))
        const said = saidBy(coded, steps.length)
        expect(said.steps).toEqual(
          steps.map(({ name, kind, model, calls, failed, input, cost }) => [
            name,
            kind,
            model,
            calls,
            failed,
            input,
            cost,
          ]),
        )
        expect(said).toEqual(saidBy(readSteps(readCell(writeCell(LISTS, { ...counts, ...plain }))), steps.length))
      }),
    )
  })
})
