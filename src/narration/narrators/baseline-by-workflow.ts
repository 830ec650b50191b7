import type { Finding, Report } from '../../domain/finding.ts'
import { findFigure, numberAt, numberOf } from '../find-figure.ts'
import { formatDollars } from '../format-money.ts'
import { formatCount } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { movedNote, sayWhen } from '../say-subject.ts'

/** Names of the workflows that a baseline over all of them speaks of; empty where it is about one. */
export function workflowsOf(report: Report): string[] {
  const names = report.findings.flatMap(({ id }) => /^(.+)\.(?:baseline|cost_per_resolved)$/.exec(id)?.[1] ?? [])
  return [...new Set(names)].filter((name) => findFigure(report, `${name}.cost_per_resolved`) !== undefined)
}

/** Each workflow beside what its unit costs without the agent, the largest saving first. */
export function narrateBaselineByWorkflow(input: NarrationInput): Narration {
  const { report } = input
  const rows = workflowsOf(report)
    .map((name) => ({ name, saving: numberAt(report, `${name}.saving`) }))
    .sort((a, b) => (b.saving ?? 0) - (a.saving ?? 0) || (a.name < b.name ? -1 : 1))
  const losing = rows.filter((row) => (row.saving ?? 0) < 0)
  const known = rows.filter((row) => row.saving !== null)
  const verdict =
    known.length === 0
      ? 'No workflow can be compared: there is no baseline or no known cost'
      : losing.length === 0
        ? 'Agents are cheaper in every workflow that has a baseline'
        : `Agents cost more than without them in ${losing.map((row) => row.name).join(', ')}`
  const segments = report.findings.filter((one) => /\.losing\./.test(one.id) && numberOf(one) !== null)
  return {
    lead: sentences(`${verdict}, ${sayWhen(input)}.`, movedNote(input)),
    body: [
      sentences(...rows.map((row) => sayRow(report, row.name))),
      sentences(
        segments.length > 0 && `Segments that lose money: ${segments.slice(0, 3).map(saySegmentLoss).join('; ')}.`,
      ),
    ].filter((one) => one.length > 0),
    restsOn: restsOn(input, null),
    derived: [],
  }
}

function sayRow(report: Report, name: string): string {
  const cost = findFigure(report, `${name}.cost_per_resolved`)
  const value = numberOf(cost)
  const [baseline, saving] = ['baseline', 'saving'].map((id) => numberAt(report, `${name}.${id}`))
  const n = cost?.n === undefined ? '' : ` (n ${formatCount(cost.n)})`
  const own = value === null ? `${name}: cost unknown` : `${name}: ${formatDollars(value)} each${n}`
  if (baseline == null) return `${own}, no baseline.`
  const total = saving == null ? '' : `, ${formatDollars(Math.abs(saving))} ${saving >= 0 ? 'saved' : 'lost'}`
  return `${own}, ${formatDollars(baseline)} without the agent${total}.`
}

function saySegmentLoss(finding: Finding): string {
  const [workflow] = finding.id.split('.losing.')
  const where = Object.entries(finding.segment ?? {})
    .filter(([name]) => name !== 'workflow')
    .map(([name, value]) => `${name} ${value}`)
  return `${workflow}, ${where.join(', ')} (${formatDollars(numberOf(finding)!)})`
}
