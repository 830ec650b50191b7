import { plural } from '../analysis/economics/build-findings.ts'
import { formatDay, sayPeriod } from './format-dates.ts'
import { type Narration, type NarrationInput, periodsOf, sentences } from './narration.ts'
import { saySegment } from './say-segment.ts'

/** "last week (9–15 Nov)"; "over everything Docket has" where the answer has no period. */
export function sayWhen(input: NarrationInput): string {
  const { period } = periodsOf(input)
  return period ? sayPeriod(period, input.today) : 'over everything Docket has'
}

/** "claims", "claims of policy type home": what the figures are of. */
export function sayScope(input: NarrationInput): string {
  const { plan } = input
  const segment = saySegment(plan.filters)
  const name = plan.workflow ?? 'all workflows'
  if (!segment) return name
  return segment.startsWith('with') ? `${name} ${segment}` : `${name} (${segment})`
}

/** "claim", "claim (policy type home)", "item of airline-support": one unit of what the figures are of. */
export function sayOne(input: NarrationInput): string {
  const { plan, unit } = input
  const segment = saySegment(plan.filters)
  const of = unit === 'item' ? ` of ${plan.workflow ?? 'all workflows'}` : ''
  return `${unit}${of}${segment ? ` (${segment})` : ''}`
}

/** A text as the end of a sentence: with one full stop, whatever it ended with. */
export function ended(text: string): string {
  return `${text.trim().replace(/[.\s]+$/, '')}.`
}

/** Where the question's own time had no work and the latest is shown instead. */
export function movedNote(input: NarrationInput): string | null {
  if (!input.movedTo) return null
  const subject = input.plan.workflow ? ` of ${input.plan.workflow}` : ''
  return `The last work${subject} that Docket has is of ${formatDay(input.movedTo, input.today)}; this is about the time up to then.`
}

/** What is said where a period holds nothing. */
export function nothingThere(input: NarrationInput): Narration {
  const segment = Object.keys(input.plan.filters ?? {}).length > 0 ? ' with these filters' : ''
  return {
    lead: sentences(
      `Docket has no ${plural(input.unit)} of ${sayScope(input)} ${sayWhen(input)}${segment}.`,
      movedNote(input),
    ),
    body: [],
    restsOn: [],
    derived: [],
  }
}
