import type { Finding } from '../../domain/finding.ts'
import { addDays } from '../../domain/period.ts'
import { findFigure, numberAt } from '../find-figure.ts'
import { formatDay } from '../format-dates.ts'
import { formatCount } from '../format-number.ts'
import { type NarrationInput, type Sentence, sentences } from '../narration.ts'
import { saySegment } from '../say-segment.ts'
import { ended } from '../say-subject.ts'

const MOST_EVENTS = 2
/** A change so many days about the beginning is near it. */
const NEAR_DAYS = 3

/** When it began, and what happened near it: coincidence until shown otherwise, and called that. */
export function sayNearby(input: NarrationInput): Sentence[] {
  const { report, today } = input
  const events = report.findings.filter((one) => one.kind === 'event')
  const dayOf = (id: string) => {
    const value = events.find((one) => one.id === id)?.value
    return typeof value === 'string' ? value : null
  }
  const [began, from, to] = [dayOf('shift_date'), dayOf('shift_date.from'), dayOf('shift_date.to')]
  const said: string[] = []
  if (began) {
    const between =
      from && to && from !== to ? ` (likely between ${formatDay(from, today)} and ${formatDay(to, today)})` : ''
    said.push(`It began on ${formatDay(began, today)}${between}.`)
  }
  const changes = events.filter((one) => one.id.startsWith('event.change.') && typeof one.value === 'string')
  const isNear = ({ value }: Finding) =>
    began === null ||
    (String(value) >= addDays(from ?? began, -NEAR_DAYS) && String(value) <= addDays(to ?? began, NEAR_DAYS))
  const near = changes.filter(isNear).slice(-MOST_EVENTS)
  if (near.length > 0) {
    const what = near.map((one) => `on ${formatDay(String(one.value), today)}, ${withoutStop(one.label)}`)
    said.push(ended(`At about that time, which does not make it the cause: ${what.join('; ')}`))
  }
  said.push(...sayOverruled(events))
  return sentences(...said)
}

function sayOverruled(events: readonly Finding[]): string[] {
  const overruled = events.find((one) => one.id === 'event.overrides')
  const rule = events.find((one) => one.id.startsWith('event.overrides.rule='))
  if (typeof overruled?.value !== 'number' || overruled.value === 0) return []
  const same = typeof rule?.value === 'number' ? `; ${formatCount(rule.value)} of them ${lowerFirst(rule.label)}` : ''
  const where = saySegment(overruled.segment) ? ' there' : ''
  const times = overruled.value === 1 ? 'once' : `${formatCount(overruled.value)} times`
  return [ended(`People overruled the agent ${times}${where}${same}`)]
}

/** What was like it before, what was done then and what came of it; then what was decided, as memory has it. */
export function sayPrecedents(input: NarrationInput): Sentence[] {
  const { report, remembered, today } = input
  const precedent = findFigure(report, 'event.precedent')
  const said: string[] = []
  if (precedent && typeof precedent.value === 'string' && precedent.n !== undefined) {
    const until = findFigure(report, 'event.precedent.until')?.value
    const done = findFigure(report, 'event.precedent.done')
    const after = numberAt(report, 'event.precedent.after')
    const time =
      typeof until === 'string' ? ` between ${formatDay(precedent.value, today)} and ${formatDay(until, today)}` : ''
    said.push(`It was like this before: ${formatCount(precedent.n)} corrections under the same rule there${time}.`)
    if (done && typeof done.value === 'string') {
      const came = after === null ? '' : ` (${after === 0 ? 'none' : formatCount(after)} in the three weeks after)`
      said.push(
        ended(`They ended with what was done on ${formatDay(done.value, today)}${came}: ${withoutStop(done.label)}`),
      )
    }
  }
  const shift = findFigure(report, 'event.precedent.shift.1')
  if (!precedent && shift && typeof shift.value === 'string') {
    said.push(ended(`The watchlist noticed a shift like it on ${formatDay(shift.value, today)}`))
  }
  const decision = remembered.find((one) => /^(decision|thread|allocation|rule)$/.test(one.kind))
  if (decision) said.push(ended(`Decided before on something like it: ${decision.title}`))
  return sentences(...said)
}

/** What the dearest item did that a typical one of before did not. */
export function sayDifferences(input: NarrationInput): Sentence[] {
  const told = input.report.findings.filter((one) => one.id.startsWith('differs.') && typeof one.value === 'string')
  return told.length === 0 ? [] : sentences(`Step by step: ${told.map((one) => one.value).join('; ')}.`)
}

function withoutStop(text: string): string {
  return text.trim().replace(/[.\s]+$/, '')
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
