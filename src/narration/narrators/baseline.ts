import { plural } from '../../analysis/economics/build-findings.ts'
import { findFigure, numberAt, numberOf } from '../find-figure.ts'
import { formatDollars } from '../format-money.ts'
import { countOf, withArticle } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { saySegment } from '../say-segment.ts'
import { movedNote, nothingThere, sayOne, sayWhen } from '../say-subject.ts'
import { narrateBaselineByWorkflow, workflowsOf } from './baseline-by-workflow.ts'
import { narrateGeneric } from './generic.ts'

/** What a unit costs beside an outsourcer or a person, and which segments lose. */
export function narrateBaseline(input: NarrationInput): Narration {
  const { report, unit } = input
  if (input.plan.workflow === undefined && workflowsOf(report).length > 0) return narrateBaselineByWorkflow(input)
  const cost = findFigure(report, 'cost_per_resolved')
  const missing = report.findings.find((one) => one.id === 'baseline' && one.kind === 'verdict')
  if (missing) {
    const known = numberOf(cost)
    return {
      lead: [
        {
          text: `I do not know what ${withArticle(sayOne(input))} costs without the agent, so I cannot say whether agents are cheaper.`,
          strong: true,
        },
        ...sentences(
          known !== null && `What I can say: a resolved ${unit} costs ${formatDollars(known)} ${sayWhen(input)}.`,
        ),
      ],
      body: [sentences('Set a baseline for the workflow: the outsourcer’s price a unit, or minutes and hourly rate.')],
      restsOn: restsOn(input, cost?.n ?? null),
      derived: [],
    }
  }
  const [dollars, baseline] = [numberOf(cost), numberAt(report, 'baseline')]
  if (cost && dollars === null) return nothingThere(input)
  if (!cost || dollars === null || baseline === null) return narrateGeneric(input)
  const perItem = numberAt(report, 'saving_per_item')
  const saving = numberAt(report, 'saving')
  const cheaper = perItem === null ? null : perItem >= 0
  const label = findFigure(report, 'baseline')!.label
  const who = /outsourcer/.test(label)
    ? 'the outsourcer charges'
    : /revenue/i.test(label)
      ? 'it brings'
      : 'people would cost'
  const verdict =
    cheaper === null
      ? ''
      : /revenue/i.test(label)
        ? ''
        : cheaper
          ? `: ${formatDollars(perItem!)} saved on each`
          : `: ${formatDollars(-perItem!)} lost on each`
  const losing = report.findings.filter((one) => one.id.startsWith('losing.') && numberOf(one) !== null)
  const without = findFigure(report, 'cost_per_resolved.without_losing')
  return {
    lead: [
      {
        text: `${formatDollars(dollars)} a resolved ${sayOne(input)} ${sayWhen(input)}, all attempts and corrections included; ${who} ${formatDollars(baseline)}${verdict}.`,
        strong: true,
      },
      ...sentences(
        saving !== null &&
          saving !== 0 &&
          `In all that is ${formatDollars(Math.abs(saving))} ${saving > 0 ? 'saved' : 'lost'}.`,
        movedNote(input),
      ),
    ],
    body: [
      sentences(
        losing.length === 0
          ? cheaper
            ? 'No segment costs more than that.'
            : null
          : `${losing.length === 1 ? 'One segment loses' : 'Segments that lose'} money: ${losing
              .slice(0, 3)
              .map(
                (one) =>
                  `${saySegment(one.segment)} (${formatDollars(numberOf(one)!)} lost${one.n === undefined ? '' : `, ${countOf(one.n, unit, plural(unit))}`})`,
              )
              .join(', ')}.`,
        numberOf(without) !== null &&
          `If those went back to people, the average would be ${formatDollars(numberOf(without)!)}.`,
      ),
    ].filter((one) => one.length > 0),
    restsOn: restsOn(input, cost.n ?? null),
    derived: [],
  }
}
