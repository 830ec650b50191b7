import type { Analysis } from '../../analysis/analysis.ts'
import type { AnalysisName } from '../../domain/plan.ts'
import type { Workspace } from '../../domain/workspace.ts'
import { sentences } from '../../narration/narration.ts'
import type { PlannedQuestion } from '../plan/plan-question.ts'
import { suggestQuestions } from '../plan/suggest-questions.ts'
import { type DraftedAnswer, EMPTY_REPORT } from './drafted-answer.ts'

/** What Docket can answer; where a question was not understood, the nearest ones that would be. */
export function answerHelp(
  question: string,
  planned: PlannedQuestion,
  workspace: Workspace,
  catalogue: ReadonlyMap<AnalysisName, Analysis>,
): DraftedAnswer {
  const suggestions = suggestQuestions(question, workspace, planned.plan.workflow)
  const names = workspace.workflows.map((workflow) => workflow.name)
  const known = names.length > 0 ? `I know ${names.join(', ')}.` : 'No agent has sent a trace yet.'
  const lead = planned.understood
    ? sentences('I answer questions about what agents’ work costs, why that changed, and who decided what.', known)
    : planned.unknownSubject
      ? sentences(`“${planned.unknownSubject}” is not among the workflows that I know.`, known)
      : sentences('I did not understand that, so I answered nothing rather than guess.', known)
  const topics = planned.understood ? [...catalogue.values()].map((entry) => `${entry.title}: “${entry.example}”`) : []
  return {
    narration: {
      lead,
      body: [
        ...(topics.length > 0 ? [sentences(`${topics.join('; ')}.`)] : []),
        sentences(
          `${planned.understood ? 'For example' : 'You could ask'}: ${suggestions.map((one) => `“${one}”`).join(', ')}.`,
        ),
      ],
      restsOn: [],
      derived: [],
    },
    report: EMPTY_REPORT,
    citations: [],
    followUps: suggestions,
    names: [question, ...names, ...topics, ...suggestions, planned.unknownSubject ?? ''],
    mayBeRephrased: false,
  }
}
