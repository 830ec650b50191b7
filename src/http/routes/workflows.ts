import type { FastifyPluginAsync } from 'fastify'
import { WorkflowSettings } from '../../domain/workflow.ts'
import type { Db } from '../../store/client.ts'
import { getWorkflow } from '../../store/queries/get-workflow.ts'
import { listWorkflows } from '../../store/queries/list-workflows.ts'
import { putWorkflow } from '../../store/queries/put-workflow.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'
import { parseOrRefuse } from '../parse-or-refuse.ts'

const NEXT_STEP =
  'Send {"unit": "claim", "baseline": {"kind": "bpo", "costPerUnit": 4.5}, "correctionHourlyRate": 48}; only unit is required.'

export interface WorkflowDependencies {
  db: Db
  requireScope: RequireScope
  clock: () => Date
  /** Rates and baselines are read when a question is asked; what is stored beside them must be projected again. */
  afterChange(workflow: string): Promise<void>
}

/** Workflows and their settings: read by any reader, set by an admin. */
export function workflowRoutes(dependencies: WorkflowDependencies): FastifyPluginAsync {
  const { db, requireScope, clock } = dependencies
  return async (app) => {
    app.get('/api/workflows', { preHandler: requireScope('read') }, async () => ({
      workflows: await listWorkflows(db),
    }))
    app.get<{ Params: { name: string } }>(
      '/api/workflows/:name',
      { preHandler: requireScope('read') },
      async ({ params }) => {
        const workflow = await getWorkflow(db, params.name)
        if (workflow) return workflow
        const known = (await listWorkflows(db)).map(({ name }) => name)
        throw new HttpError(
          404,
          'unknown_workflow',
          `There is no workflow "${params.name}".`,
          known.length > 0 ? `Known: ${known.join(', ')}.` : 'A workflow is known as soon as a trace names it.',
        )
      },
    )
    app.put<{ Params: { name: string } }>(
      '/api/workflows/:name',
      { preHandler: requireScope('admin') },
      async ({ params, body }) => {
        const settings = parseOrRefuse(WorkflowSettings, body, NEXT_STEP)
        await putWorkflow(db, params.name, settings, clock())
        await dependencies.afterChange(params.name)
        return { name: params.name, ...settings }
      },
    )
  }
}
