import { DRIVERS, type Driver, type Finding } from '../../domain/finding.ts'
import { numberOf } from '../find-figure.ts'
import { formatDollars, roundTogether } from '../format-money.ts'
import { formatCount, formatShare } from '../format-number.ts'
import type { NarrationInput, Sentence } from '../narration.ts'
import { sayDriver, saySegment } from '../say-segment.ts'
import type { ChangeFigures } from './change-figures.ts'

/** The causes in order of size, and what is left of the change by driver; as displayed they add up to the change. */
export function sayCauses(
  input: NarrationInput,
  figures: ChangeFigures,
): { paragraphs: Sentence[][]; derived: Finding[] } {
  const { findings } = input.report
  const causes = findings.filter((one) => one.kind === 'cause' && numberOf(one) !== null)
  const rest = restByDriver(findings, causes, figures)
  const amounts = [...causes.map((one) => numberOf(one)!), ...rest.map((one) => numberOf(one)!)]
  if (figures.change?.unit !== 'usd' || amounts.length === 0) return { paragraphs: [], derived: [] }
  const shown = roundTogether(amounts, figures.step)
  const written = (index: number) => formatDollars(Math.abs(shown[index]!), figures.step)
  const direction = Math.sign(numberOf(figures.change) ?? 0)
  const causeSentences = causes.map((cause, index): Sentence => {
    const value = shown[index]!
    const where = [saySegment(cause.segment), cause.model ? `model ${cause.model}` : ''].filter(Boolean).join(', ')
    const what = cause.driver ? sayDriver(cause.driver, value > 0) : cause.label
    const sign = Math.sign(value) === direction || direction === 0 ? '' : ', against the change'
    const n = cause.n === undefined ? '' : `; n ${formatCount(cause.n)}`
    const share =
      cause.share === undefined || cause.share > 1 || cause.share < 0
        ? ''
        : ` (${formatShare(cause.share)} of the change${n})`
    return {
      text: `${written(index)}${share} is ${what}${where ? ` in ${inSegment(where)}` : ''}${sign}.`,
      strong: true,
    }
  })
  const others = rest
    .map((finding, index) => ({
      driver: finding.driver,
      value: shown[causes.length + index]!,
      text: written(causes.length + index),
    }))
    .filter((one) => one.value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .map(
      (one) =>
        `${one.driver ? sayDriver(one.driver, one.value > 0) : 'what nothing explains'} ${one.value < 0 ? '-' : ''}${one.text}`,
    )
  const beside = causes.length > 0 ? 'Beside that' : 'By what moved'
  const paragraphs = [causeSentences, others.length > 0 ? [{ text: `${beside}: ${others.join(', ')}.` }] : []]
  const without = findings.find((one) => one.kind === 'figure' && /without/.test(one.id) && numberOf(one) !== null)
  if (without)
    paragraphs.push([{ text: `Without that it would have been ${formatDollars(numberOf(without)!, figures.step)}.` }])
  return { paragraphs: paragraphs.filter((one) => one.length > 0), derived: rest }
}

function inSegment(where: string): string {
  return where.startsWith('with') ? `work ${where}` : where
}

/**
 * Each driver's contributions less what the causes of that driver take of them, and what then remains of the change: with
 * the causes these add up to it.
 */
function restByDriver(findings: readonly Finding[], causes: readonly Finding[], figures: ChangeFigures): Finding[] {
  const change = figures.change
  const total = numberOf(change)
  if (!change || total === null) return []
  const micros = (dollars: number) => Math.round(dollars * 1e6)
  const sumOf = (chosen: readonly Finding[]) => chosen.reduce((sum, one) => sum + micros(numberOf(one) ?? 0), 0)
  const contributions = findings.filter((one) => one.kind === 'contribution' && numberOf(one) !== null)
  const named = (driver: Driver) => causes.filter((cause) => cause.driver === driver)
  const rest = DRIVERS.map((driver) => ({
    driver: driver as Driver | undefined,
    micros: sumOf(contributions.filter((one) => one.driver === driver)) - sumOf(named(driver)),
  }))
  const left = micros(total) - sumOf(causes) - rest.reduce((sum, one) => sum + one.micros, 0)
  return [...rest, { driver: undefined, micros: left }]
    .filter((one) => one.micros !== 0)
    .map((one) => ({
      id: `rest.${one.driver ?? 'unexplained'}`,
      kind: 'figure',
      label: one.driver ? `Beside the named causes, by ${one.driver}` : 'Not explained',
      value: one.micros / 1e6,
      unit: 'usd',
      period: change.period,
      ...(change.comparedWith && { comparedWith: change.comparedWith }),
      ...(one.driver && { driver: one.driver }),
      source: 'explain_change: contributions by driver less the named causes',
    }))
}
