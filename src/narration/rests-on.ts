import { plural } from '../analysis/economics/build-findings.ts'
import type { Finding } from '../domain/finding.ts'
import { formatDay } from './format-dates.ts'
import { countOf, formatCount, formatShare } from './format-number.ts'
import type { NarrationInput } from './narration.ts'

/** What an answer rests on, in a few words each: how many, how much of it priced, up to when, in which zone. */
export function restsOn(input: NarrationInput, n: number | null, noun = input.unit): string[] {
  const { report, today, timeZone } = input
  const caveats = new Map(report.caveats.map((caveat) => [caveat.id, caveat]))
  const number = (id: string) => {
    const value = caveats.get(id)?.value
    return typeof value === 'number' ? value : null
  }
  const priced = number('caveat.priced_calls')
  const open = number('caveat.open_items')
  const estimated = number('caveat.usage_estimated')
  const unpriced = number('caveat.unpriced_corrections')
  const reopened = number('caveat.reopened_items')
  const through = caveats.get('caveat.complete_through')?.value
  const begins = caveats.get('caveat.data_begins')?.value
  const isPartial = caveats.get('caveat.data_incomplete') !== undefined
  return [
    n === null ? '' : countOf(n, noun, plural(noun)),
    priced === null ? '' : `${formatShare(priced)} of calls priced`,
    estimated === null || estimated === 0 ? '' : `tokens of ${formatShare(estimated)} of runs counted, not reported`,
    unpriced ? `${formatCount(unpriced)} corrections without a price` : '',
    open ? `${formatCount(open)} still open, not counted` : '',
    reopened ? `${formatCount(reopened)} reopened since, restated` : '',
    typeof through === 'string'
      ? `${isPartial ? 'whole days' : 'data complete'} through ${formatDay(through, today)} (${timeZone})`
      : '',
    typeof begins === 'string' ? `nothing is known of the time before ${formatDay(begins, today)}` : '',
    ...otherCaveats(report.caveats),
  ].filter(Boolean)
}

const SAID_ABOVE =
  /^caveat\.(priced_calls|open_items|usage_estimated|unpriced_corrections|reopened_items(\.before)?|complete_through|data_incomplete|data_begins)$/

/** Caveats that are a sentence of their own. */
function otherCaveats(caveats: readonly Finding[]): string[] {
  return caveats
    .filter((caveat) => !SAID_ABOVE.test(caveat.id))
    .slice(0, 3)
    .map((caveat) => {
      const label = caveat.label.charAt(0).toLowerCase() + caveat.label.slice(1)
      return typeof caveat.value === 'number'
        ? `${label}: ${caveat.unit === 'share' ? formatShare(caveat.value) : formatCount(caveat.value)}`
        : label
    })
}
