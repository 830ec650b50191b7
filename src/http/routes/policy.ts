import type { FastifyPluginAsync } from 'fastify'
import { type PolicyInput, policyFor } from '../../allocation/policy-for.ts'
import type { Db } from '../../store/client.ts'
import { getWorkflow } from '../../store/queries/get-workflow.ts'
import { listApprovedDecisions } from '../../store/queries/list-approved-decisions.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'

export interface PolicyDependencies {
  db: Db
  requireScope: RequireScope
  /** What is left of the workflow's budget in its current period; null where it has none or what was spent is unknown. */
  remainingBudget(workflow: string): Promise<PolicyInput['remainingBudget']>
}

/** `GET /api/policy/WORKFLOW?ATTRIBUTE=VALUE`: what an agent must keep to for an item with these attributes. */
export function policyRoutes(dependencies: PolicyDependencies): FastifyPluginAsync {
  const { db, requireScope, remainingBudget } = dependencies
  return async (app) => {
    app.get<{ Params: { workflow: string }; Querystring: Record<string, string | string[]> }>(
      '/api/policy/:workflow',
      { preHandler: requireScope('read') },
      async ({ params, query }) => {
        if (!(await getWorkflow(db, params.workflow))) {
          throw new HttpError(
            404,
            'unknown_workflow',
            `There is no workflow "${params.workflow}".`,
            'GET /api/workflows lists those that are known.',
          )
        }
        return policyFor({
          workflow: params.workflow,
          attributes: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value].flat().at(-1)!])),
          decisions: await listApprovedDecisions(db, params.workflow),
          remainingBudget: await remainingBudget(params.workflow),
        })
      },
    )
  }
}
