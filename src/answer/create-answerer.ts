import type { AnalysisContext } from '../analysis/analysis.ts'
import type { Answer, AskRequest } from '../domain/answer.ts'
import { Plan, type Standpoint } from '../domain/plan.ts'
import type { Db } from '../store/client.ts'
import { findThreadPlan, saveThreadPlan } from '../store/queries/thread-plans.ts'
import { planQuestion } from './plan/plan-question.ts'
import { prepareWords } from './prepare-words.ts'
import { answerAnalysis } from './run/answer-analysis.ts'
import { answerFind } from './run/answer-find.ts'
import { answerHelp } from './run/answer-help.ts'
import { answerWorkItem } from './run/answer-work-item.ts'
import type { DraftedAnswer } from './run/drafted-answer.ts'
import { finishAnswer } from './run/finish-answer.ts'
import { loadWorkspace } from './run/load-workspace.ts'
import { planWithModel } from './run/plan-with-model.ts'
import type { AnswererOptions } from './run/services.ts'

export interface Answerer {
  ask(request: AskRequest): Promise<Answer>
}

/**
 * Answers questions: plan, run, findings, words, check, blocks. The same question from the same standpoint on the same data
 * gives the same answer to the byte where no model is configured.
 */
export function createAnswerer(options: AnswererOptions): Answerer {
  const { db, clock } = options
  prepareWords()
  return {
    async ask(request) {
      const standpoint: Standpoint = {
        asOf: request.asOf ?? clock(),
        knownAt: request.knownAt ?? null,
        timeZone: request.timezone ?? options.timeZone,
      }
      const isSettled = await options.settle()
      const { workspace, workflows } = await loadWorkspace(db, standpoint)
      const previous = request.threadId ? await lastPlanOf(db, request.threadId) : null
      const byRules = planQuestion(request.question, workspace, { ...standpoint, previous })
      const planned = byRules.understood
        ? byRules
        : await planWithModel(options, request.question, workspace, standpoint, byRules)
      const { plan } = planned
      const context: AnalysisContext = { db, standpoint, baseUrl: options.baseUrl, workflows }
      let drafted: DraftedAnswer
      if (plan.analysis === 'find') drafted = await answerFind(options, plan, standpoint, request.question)
      else if (plan.analysis === 'work_item')
        drafted = await answerWorkItem(options, plan, standpoint, request.question)
      else if (plan.analysis === 'help' || !options.catalogue.has(plan.analysis)) {
        drafted = answerHelp(request.question, planned, workspace, options.catalogue)
      } else drafted = await answerAnalysis(options, context, planned)
      const answer = await finishAnswer(options, {
        question: request.question,
        plan,
        standpoint,
        drafted,
        movedTo: planned.movedTo,
        isSettled,
      })
      if (request.threadId && plan.analysis !== 'help') await remember(request.threadId, plan, request.asOf ?? null)
      return answer
    },
  }

  async function remember(threadId: string, plan: Plan, asOf: Date | null): Promise<void> {
    await saveThreadPlan(db, { threadId, plan, asOf, updatedAt: clock() })
  }
}

/** What the thread asked before; null where it asked nothing, or in a form that plans no longer have. */
async function lastPlanOf(db: Db, threadId: string): Promise<Plan | null> {
  const thread = await findThreadPlan(db, threadId)
  const parsed = Plan.safeParse(thread?.plan)
  return parsed.success ? parsed.data : null
}
