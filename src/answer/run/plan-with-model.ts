import type { Standpoint } from '../../domain/plan.ts'
import type { Workspace } from '../../domain/workspace.ts'
import { proposePlan } from '../../llm/propose-plan.ts'
import { completePlan } from '../plan/complete-plan.ts'
import type { PlannedQuestion } from '../plan/plan-question.ts'
import type { AnswererOptions } from './services.ts'

/** What a model makes of a question that the rules did not understand; the rules' own word where it proposes nothing valid. */
export async function planWithModel(
  { model, onModelFailure }: Pick<AnswererOptions, 'model' | 'onModelFailure'>,
  question: string,
  workspace: Workspace,
  standpoint: Pick<Standpoint, 'asOf' | 'timeZone'>,
  byRules: PlannedQuestion,
): Promise<PlannedQuestion> {
  if (!model || byRules.unknownSubject !== null) return byRules
  try {
    const proposed = await proposePlan(model, question, workspace, standpoint)
    if (!proposed || proposed.analysis === 'help') return byRules
    return {
      plan: completePlan(proposed, standpoint),
      understood: true,
      unknownSubject: null,
      notUsed: [],
      premise: null,
      movedTo: null,
    }
  } catch (error) {
    onModelFailure?.(error)
    return byRules
  }
}
