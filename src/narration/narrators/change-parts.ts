import { DRIVERS, type Driver, type Finding } from '../../domain/finding.ts'
import { numberOf } from '../find-figure.ts'
import type { ChangeFigures } from './change-figures.ts'

/** One part of a change in words: what a driver did in a cause's segment, or in all the rest. */
export interface ChangePart {
  driver: Driver | null
  dollars: number
}

/** A named cause: its segment with all that the change did there. */
export interface CausePart {
  cause: Finding
  parts: ChangePart[]
}

export interface ChangeParts {
  causes: CausePart[]
  rest: ChangePart[]
}

const micros = (dollars: number) => Math.round(dollars * 1e6)

/**
 * The contributions grouped as they are told: those of each cause's segment under the cause, the others by driver. A cause
 * whose segment no contribution has (one of the agent's side) stands for its own dollars, which are taken off its driver.
 * All parts together are the change, to the micro-dollar; what nothing accounts for is a part without a driver.
 */
export function changeParts(findings: readonly Finding[], figures: ChangeFigures): ChangeParts {
  const contributions = findings.filter((one) => one.kind === 'contribution' && numberOf(one) !== null)
  const named = findings.filter((one) => one.kind === 'cause' && numberOf(one) !== null)
  const used = new Set<Finding>()
  const taken = new Map<Driver, number>()
  const causes: CausePart[] = []
  for (const cause of named) {
    const here = contributions.filter((one) => isSameSegment(one, cause))
    if (here.some((one) => used.has(one))) continue
    for (const one of here) used.add(one)
    if (here.length > 0 && Object.keys(cause.segment ?? {}).length > 0) {
      causes.push({ cause, parts: byDriver(here) })
    } else {
      if (cause.driver) taken.set(cause.driver, (taken.get(cause.driver) ?? 0) + micros(numberOf(cause)!))
      for (const one of here) used.delete(one)
      causes.push({ cause, parts: [{ driver: cause.driver ?? null, dollars: numberOf(cause)! }] })
    }
  }
  const rest = byDriver(contributions.filter((one) => !used.has(one))).map((part) => ({
    ...part,
    dollars: (micros(part.dollars) - (part.driver ? (taken.get(part.driver) ?? 0) : 0)) / 1e6,
  }))
  const told = [...causes.flatMap((one) => one.parts), ...rest].reduce((sum, part) => sum + micros(part.dollars), 0)
  const left = micros(numberOf(figures.change) ?? 0) - told
  return { causes, rest: [...rest, { driver: null, dollars: left / 1e6 }].filter((part) => micros(part.dollars) !== 0) }
}

function byDriver(contributions: readonly Finding[]): ChangePart[] {
  return DRIVERS.map((driver) => ({
    driver,
    dollars:
      contributions.filter((one) => one.driver === driver).reduce((sum, one) => sum + micros(numberOf(one)!), 0) / 1e6,
  })).filter((part) => part.dollars !== 0)
}

function isSameSegment(contribution: Finding, cause: Finding): boolean {
  const [left, right] = [contribution.segment ?? {}, cause.segment ?? {}]
  const names = Object.keys(right)
  return names.length === Object.keys(left).length && names.every((name) => left[name] === right[name])
}
