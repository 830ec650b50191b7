import { plural } from '../../analysis/economics/build-findings.ts'
import type { Finding } from '../../domain/finding.ts'
import { breakdownOf, findFigure, numberAt, numberOf } from '../find-figure.ts'
import { formatDollars } from '../format-money.ts'
import { countOf, formatCount, formatShare, formatValue } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { sayChange, sayInterval } from '../say-change.ts'
import { movedNote, nothingThere, sayScope, sayWhen } from '../say-subject.ts'

/** How often people overrule the agent, what that costs, and for which rules. */
export function narrateCorrections(input: NarrationInput): Narration {
  const { report, remembered } = input
  const made = findFigure(report, 'corrections')
  const count = numberOf(made)
  const rate = findFigure(report, 'override_rate')
  if (!made || (count === 0 && !rate?.n)) return nothingThere(input)
  const rateValue = numberOf(rate)
  const [cost, minutes, each] = ['corrections.cost', 'corrections.minutes', 'corrections.minutes_each'].map((id) =>
    numberAt(report, id),
  )
  const share =
    rateValue === null || count === 0
      ? null
      : `That is ${formatShare(rateValue)} of closed ${plural(input.unit)}${sayInterval(input, 'override_rate')}${sayChange(input, 'override_rate', 'share')}.`
  const lead =
    count === 0
      ? `Nobody overruled the agent on ${sayScope(input)} ${sayWhen(input)}.`
      : `People overruled the agent ${count === 1 ? 'once' : `${formatCount(count ?? 0)} times`} on ${sayScope(input)} ${sayWhen(input)}.`
  const priced =
    cost == null || !count
      ? null
      : `That cost ${formatDollars(cost)}${minutes == null ? '' : `, ${formatValue(minutes, 'minutes')}${each == null ? '' : ` (${formatValue(each, 'minutes')} each)`}`}.`
  const unknown = count && cost == null ? 'What that cost is unknown: no minutes or no hourly rate are given.' : null
  const top = ['decision', 'rule', 'actor'].flatMap((name) => largestOf(breakdownOf(report, 'corrections'), name))
  const latest = remembered.filter((one) => one.kind === 'override').slice(0, 2)
  return {
    lead: sentences(lead, share, movedNote(input)),
    body: [
      sentences(priced, unknown),
      sentences(
        top.length > 0 &&
          `Most often: ${top.map((one) => `${sayTop(one)} (${countOf(numberOf(one)!, 'time', 'times')})`).join(', ')}.`,
        latest.length > 0 && `The latest: ${latest.map((one) => one.title).join('; ')}.`,
      ),
    ].filter((one) => one.length > 0),
    restsOn: restsOn(input, rate?.n ?? made.n ?? null),
    derived: [],
  }
}

/** The most frequent value of a dimension, where it is given. */
function largestOf(parts: readonly Finding[], dimension: string): Finding[] {
  const own = parts.filter(
    (one) => one.id.startsWith(`corrections.${dimension}=`) && one.segment?.[dimension] !== '(not given)',
  )
  const [largest] = own.sort((a, b) => numberOf(b)! - numberOf(a)!)
  return largest && numberOf(largest)! > 0 ? [largest] : []
}

function sayTop(finding: Finding): string {
  const [name, value] = Object.entries(finding.segment ?? {}).at(-1) ?? ['', '']
  return name === 'rule' ? `rule ${value}` : name === 'actor' ? `by ${value}` : value
}
