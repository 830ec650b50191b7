import type { Finding } from '../../domain/finding.ts'
import { findFigure, numberOf } from '../find-figure.ts'
import { formatDollars } from '../format-money.ts'
import { formatCount, formatRatio, ordinal, withArticle } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { movedNote, nothingThere, sayScope, sayWhen } from '../say-subject.ts'

const MOST_ATTEMPTS = 4

/** What the next dollar brings, by attempt first: that is what can be decided. */
export function narrateMarginalUtility(input: NarrationInput): Narration {
  const { report, unit } = input
  const worth = findFigure(report, 'unit_value')
  if (!worth?.n) return nothingThere(input)
  const value = numberOf(worth)
  const steps = report.findings.filter((one) => /^marginal_(utility|cost)\./.test(one.id))
  const attempts = steps.filter((one) => /\.attempt\.\d+$/.test(one.id) && numberOf(one) !== null)
  const where = `${sayScope(input)} ${sayWhen(input)}`
  if (value === null) {
    const known = attempts.slice(0, MOST_ATTEMPTS).map((one) => `${nameOf(one)} ${formatDollars(numberOf(one)!)}`)
    return {
      lead: sentences(
        `I do not know what a resolved ${unit} is worth, so I cannot say what the next dollar brings.`,
        movedNote(input),
      ),
      body: [
        sentences(
          known.length > 0 &&
            `What I can say of ${where}: dollars for each resolved ${unit}, by attempt: ${known.join(', ')}.`,
          'Set a baseline for the workflow, or send a value with its outcomes.',
        ),
      ],
      restsOn: restsOn(input, worth.n),
      derived: [],
    }
  }
  const losing = attempts.filter((one) => numberOf(one)! < 1)
  const asked = /^(?:context|model|spend)$/.test(input.plan.groupBy ?? '') ? sayOther(input.plan.groupBy!, steps) : null
  const byAttempt =
    attempts.length === 0
      ? `Too few ${sayScope(input)} ${sayWhen(input)} to say what another attempt brings.`
      : losing.length === 0
        ? `Every attempt at ${where} brings more than it costs: ${sayLadder(attempts)}.`
        : `The ${nameOf(losing[0]!)} at ${where} costs more than it brings: ${sayLadder(attempts)}.`
  const verdict = asked === null ? byAttempt : `${capital(where)}: ${asked.charAt(0).toLowerCase()}${asked.slice(1)}`
  return {
    lead: [{ text: verdict, strong: true }, ...sentences(movedNote(input))],
    body: [
      sentences(
        `${withArticle(`resolved ${unit}`).replace(/^a/, 'A')} is worth ${formatDollars(value)} (${sourceOf(worth)}).`,
        sayInterval(attempts),
      ),
      sentences(
        asked !== null && byAttempt,
        ...['context', 'model', 'spend'].filter((one) => one !== input.plan.groupBy).map((one) => sayOther(one, steps)),
      ),
    ].filter((one) => one.length > 0),
    restsOn: restsOn(input, worth.n),
    derived: [],
  }
}

function sayLadder(attempts: readonly Finding[]): string {
  return attempts
    .slice(0, MOST_ATTEMPTS)
    .map((one, index) => {
      const n = one.n === undefined ? '' : ` (n ${formatCount(one.n)})`
      return `${index === 0 ? 'a dollar spent on the ' : 'on the '}${nameOf(one)} ${index === 0 ? 'brings ' : ''}${formatRatio(numberOf(one)!)}${index === 0 ? ' dollars' : ''}${n}`
    })
    .join(', ')
}

/** "second attempt" of an id that ends in `attempt.2`. */
function nameOf(finding: Finding): string {
  return `${ordinal(Number(/\d+$/.exec(finding.id)?.[0] ?? 1))} attempt`
}

function sourceOf(worth: Finding): string {
  return (/\(([^)]*)\)/.exec(worth.label)?.[1] ?? 'as set').replace(/ of \d+ outcomes$/, ' of its outcomes')
}

/** How sure the last attempt of the ladder is: it is the one that is decided about. */
function sayInterval(attempts: readonly Finding[]): string | null {
  const last = attempts.slice(0, MOST_ATTEMPTS).at(-1)
  if (!last?.interval) return null
  const { low, high } = last.interval
  return `For the ${nameOf(last)} that is likely between ${formatRatio(low)} and ${formatRatio(high)} dollars.`
}

const LADDERS: Readonly<Record<string, string>> = {
  context: 'Larger contexts, inside the same segment',
  model: 'A dearer model, inside the same segment',
  spend: 'By spend',
}

/** The step of another ladder at which the next dollar stops paying; how the last one stands where none does. */
function sayOther(ladder: string, steps: readonly Finding[]): string | null {
  const own = steps.filter((one) => one.id.startsWith(`marginal_utility.${ladder}.`) && numberOf(one) !== null)
  if (own.length === 0) return null
  const losing = own.find((one) => numberOf(one)! < 1)
  const shown = losing ?? own.at(-1)!
  const name = shown.label.replace(/^Value gained per extra dollar, (?:context: )?/, '')
  const value = numberOf(shown)!
  const { low, high } = shown.interval ?? { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  if (value < 0 && high >= 0) return `${LADDERS[ladder]}: ${name} does not surely resolve more, for more money.`
  const sure = high < 1 || low > 1 ? '' : ', which may be chance'
  const amount = value < 0 ? 'resolves less, for more money' : `brings ${formatRatio(value)} dollars for each more`
  return `${LADDERS[ladder]}: ${name} ${amount}${sure}.`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
