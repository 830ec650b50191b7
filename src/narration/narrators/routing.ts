import type { Finding } from '../../domain/finding.ts'
import { numberOf } from '../find-figure.ts'
import { formatDollars } from '../format-money.ts'
import { formatCount } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { movedNote, nothingThere, sayScope, sayWhen } from '../say-subject.ts'
import { sayStatement } from './generic.ts'

const MOST = 3

/** Where a cheaper model is good enough, else what a trial would take. */
export function narrateRouting(input: NarrationInput): Narration {
  const { report } = input
  const routes = report.findings.filter((one) => one.id.startsWith('routing.') && !one.id.startsWith('routing.rate.'))
  if (routes.length === 0) return nothingThere(input)
  const good = routes.filter((one) => one.id.startsWith('routing.good_enough.') && numberOf(one) !== null)
  const worse = routes.filter((one) => /^routing\.(worse|not_cheaper)\./.test(one.id) && numberOf(one) !== null)
  const trials = routes.filter((one) => /^routing\.(not_shown|too_few|trial)\./.test(one.id) && numberOf(one) !== null)
  const rates = report.findings.filter((one) => one.id.startsWith('routing.rate.') && numberOf(one) !== null)
  const lead =
    good.length > 0
      ? `A cheaper model is good enough for part of ${sayScope(input)}, ${sayWhen(input)}: ${good.slice(0, MOST).map(sayGood).join('; ')}.`
      : `No cheaper model is shown to be good enough for ${sayScope(input)}, ${sayWhen(input)}.`
  return {
    lead: sentences(lead, movedNote(input)),
    body: [
      sentences(
        ...(good.length > 0 ? [] : trials.slice(0, MOST).map(sayTrial)),
        ...worse.slice(0, MOST).map((one) => `${sayStatement(one)}.`),
      ),
      sentences(...rates.slice(0, MOST).map((one) => `${sayStatement(one)}.`)),
    ].filter((one) => one.length > 0),
    restsOn: restsOn(input, null),
    derived: [],
  }
}

function sayGood(finding: Finding): string {
  const n = finding.n === undefined ? '' : ` (n ${formatCount(finding.n)})`
  return `${finding.label} ${formatDollars(numberOf(finding)!)}${n}`
}

function sayTrial(finding: Finding): string {
  const subject = finding.label.replace(/:? items on each side of a trial.*$/, '')
  return `${subject}: a trial of ${formatCount(numberOf(finding)!)} items on each side would tell.`
}
