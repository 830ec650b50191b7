import { findFigure, numberAt, numberOf } from '../find-figure.ts'
import { formatDollars } from '../format-money.ts'
import { countOf, formatCount, formatRatio, formatShare } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { sayChange } from '../say-change.ts'
import { movedNote, nothingThere, sayScope, sayWhen } from '../say-subject.ts'

/** How much the calls carry, what of it was not needed or not used, and how history adds to it. */
export function narrateContext(input: NarrationInput): Narration {
  const { report } = input
  const perCall = findFigure(report, 'input_per_call')
  const tokens = numberOf(perCall)
  if (!perCall?.n || tokens === null) return nothingThere(input)
  const lead = `A model call of ${sayScope(input)} carried ${formatCount(tokens)} tokens of input ${sayWhen(input)}${sayChange(input, 'input_per_call', 'tokens')}.`
  const documents = sayDocuments(input)
  const isAboutDocuments = input.plan.groupBy === 'document' && documents !== null
  const [first, second] = isAboutDocuments ? [documents, lead] : [lead, documents]
  return {
    lead: [{ text: first }, ...sentences(movedNote(input))],
    body: [sentences(sayExcess(input)), sentences(second, sayHistory(input))].filter((one) => one.length > 0),
    restsOn: restsOn(input, perCall.n, 'model call'),
    derived: [],
  }
}

/** What was carried beyond what such steps need; dollars and compute apart. */
function sayExcess({ report }: NarrationInput): string {
  const excess = findFigure(report, 'excess_tokens')
  const tokens = numberOf(excess)
  if (tokens === null)
    return 'There are too few runs that resolved at the first try to say how much input the steps need.'
  const cost = numberAt(report, 'excess_cost')
  const [linear, quadratic] = [numberAt(report, 'relative_tokens'), numberAt(report, 'relative_attention')]
  if (tokens === 0) return 'No run carried more than nine in ten runs that resolved at the first try.'
  const share = excess?.share === undefined ? '' : ` (${formatShare(excess.share)} of it)`
  const priced = cost === null ? 'what that cost is unknown' : `about ${formatDollars(cost)}`
  const against =
    linear === null || quadratic === null
      ? ''
      : ` Against a run that typically resolves it is ${formatRatio(linear)} times the tokens, which is what is paid for, and about ${formatRatio(quadratic)} times the work of attention, which is what is waited for.`
  return `${formatCount(tokens)} tokens${share} in ${countOf(excess?.n ?? 0, 'run', 'runs')} were more than nine in ten runs of the same step need that resolved at the first try: ${priced}.${against}`
}

function sayDocuments({ report }: NarrationInput): string | null {
  const used = findFigure(report, 'documents_used')
  const share = numberOf(used)
  const perRun = numberAt(report, 'documents_per_run')
  if (perRun === null) return null
  const retrieved = `A run fetches ${formatRatio(perRun)} documents`
  if (share === null) return `${retrieved}; no trace says which of them were used.`
  const unused = findFigure(report, 'unused_documents_cost')
  const dollars = numberOf(unused)
  const priced = numberAt(report, 'unused_documents_priced')
  const cost =
    !unused?.n || priced === null
      ? ''
      : dollars === null
        ? '; what the unused ones cost is unknown, as no trace tells their length'
        : `; reading the unused ones once each cost about ${formatDollars(dollars)}${priced < 1 ? ` (length known for ${formatShare(priced)} of them)` : ''}`
  return `${retrieved}, of which ${formatShare(share)} are used${cost}.`
}

function sayHistory({ report }: NarrationInput): string | null {
  const growth = findFigure(report, 'history.growth')
  const ratio = numberOf(growth)
  if (ratio === null) return null
  const [short, long] = [numberAt(report, 'history.short'), numberAt(report, 'history.long')]
  const figures = short === null || long === null ? '' : ` (${formatCount(long)} against ${formatCount(short)} tokens)`
  return ratio > 1.1
    ? `History adds up: calls of the longest runs carry ${formatRatio(ratio)} times the input of the shortest ones${figures}.`
    : `Longer runs do not carry more input a call${figures}.`
}
