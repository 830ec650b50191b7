import type { Answer } from '../../domain/answer.ts'
import type { Finding } from '../../domain/finding.ts'
import { type CalendarDate, dateIn } from '../../domain/period.ts'
import type { Plan, Standpoint } from '../../domain/plan.ts'
import { phraseFindings } from '../../llm/phrase-findings.ts'
import { buildBlocks } from '../../narration/blocks/build-blocks.ts'
import { checkFigures, type FigureSources } from '../../narration/check-figures.ts'
import { escapeWithin } from '../../narration/escape-mrkdwn.ts'
import { figureSources } from '../../narration/figure-sources.ts'
import { type Sentence, sentences, textOfNarration } from '../../narration/narration.ts'
import { sayStatement } from '../../narration/narrators/generic.ts'
import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import type { DraftedAnswer } from './drafted-answer.ts'
import type { AnswererOptions } from './services.ts'

const MOST_PLAIN_FIGURES = 5

interface Finishing {
  question: string
  plan: Plan
  standpoint: Standpoint
  drafted: DraftedAnswer
  movedTo: CalendarDate | null
  /** False where what arrived last has no facts yet. */
  isSettled: boolean
}

/** Checks the words figure by figure, lets a model phrase them where one is configured, and lays the answer out. */
export async function finishAnswer(options: AnswererOptions, finishing: Finishing): Promise<Answer> {
  const { plan, standpoint, drafted } = finishing
  const findings: Finding[] = [...drafted.report.findings, ...drafted.report.caveats]
  const sources = figureSources({
    findings,
    plan,
    today: dateIn(standpoint.asOf, standpoint.timeZone),
    timeZone: standpoint.timeZone,
    days: finishing.movedTo ? [finishing.movedTo] : [],
    names: drafted.names,
  })
  const { narration } = drafted
  const own = checkedParagraphs([narration.lead, ...narration.body], drafted, sources, (unknown) =>
    options.onDroppedSentence?.(plan.analysis, unknown),
  )
  const late = finishing.isSettled ? [] : ['what arrived in the last moments is not in yet']
  const restsOn = [...narration.restsOn.filter((one) => checkFigures(one, sources).ok), ...late]
  const phrased = drafted.mayBeRephrased ? await phrase(options, finishing.question, own, findings, sources) : null
  const paragraphs = phrased ?? own
  const narratedBy = phrased ? ('model' as const) : ('template' as const)
  const text = textOfNarration({ lead: paragraphs[0] ?? [], body: paragraphs.slice(1), restsOn, derived: [] })
  return {
    text: escapeWithin(text, SLACK_LIMITS.messageText),
    plan,
    findings,
    citations: drafted.citations,
    blocks: buildBlocks({ paragraphs, restsOn, report: drafted.report, citations: drafted.citations, narratedBy }),
    narratedBy,
    followUps: drafted.followUps,
  }
}

/** Sentences with a number that no finding accounts for are not said; where that takes the lead, the figures speak for themselves. */
function checkedParagraphs(
  paragraphs: readonly Sentence[][],
  drafted: DraftedAnswer,
  sources: FigureSources,
  onDropped: (unknown: readonly string[]) => void,
): Sentence[][] {
  const isTrue = (sentence: Sentence) => {
    const check = checkFigures(sentence.text, sources)
    if (!check.ok) onDropped(check.unknown)
    return check.ok
  }
  const [lead = [], ...body] = paragraphs.map((paragraph) => paragraph.filter(isTrue))
  const figures = drafted.report.findings.filter((one) => one.kind === 'figure').slice(0, MOST_PLAIN_FIGURES)
  const first = lead.length > 0 ? lead : sentences(...figures.map((one) => `${sayStatement(one)}.`))
  return [first, ...body].filter((paragraph) => paragraph.length > 0)
}

async function phrase(
  { model, onModelFailure }: AnswererOptions,
  question: string,
  paragraphs: readonly (readonly Sentence[])[],
  findings: readonly Finding[],
  sources: FigureSources,
): Promise<Sentence[][] | null> {
  if (!model) return null
  try {
    const words = await phraseFindings(model, {
      question,
      draft: paragraphs.map((paragraph) => paragraph.map((one) => one.text).join(' ')).join('\n'),
      findings,
    })
    const check = checkFigures(words, sources)
    if (words.trim() === '' || !check.ok) {
      onModelFailure?.(
        new Error(`the model wrote figures that no finding has: ${check.unknown.join(', ') || 'no words'}`),
      )
      return null
    }
    return words
      .split(/\n+/)
      .filter((line) => line.trim())
      .map((line) => sentences(line.trim()))
  } catch (error) {
    onModelFailure?.(error)
    return null
  }
}
