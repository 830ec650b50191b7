import type { FastifyPluginAsync } from 'fastify'
import { segmentNames } from '../../analysis/economics/find-dimensions.ts'
import { findWorkflowDimensions } from '../../analysis/economics/find-workflow-dimensions.ts'
import { WorkflowSettings } from '../../domain/workflow.ts'
import type { Db } from '../../store/client.ts'
import { getWorkflow } from '../../store/queries/get-workflow.ts'
import { listWorkflows } from '../../store/queries/list-workflows.ts'
import { putWorkflow } from '../../store/queries/put-workflow.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'
import { parseStorable } from '../parse-or-refuse.ts'

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
  const known = async (name: string) => {
    const workflow = await getWorkflow(db, name)
    if (workflow) return workflow
    const names = (await listWorkflows(db)).map((one) => one.name)
    throw new HttpError(
      404,
      'unknown_workflow',
      `There is no workflow "${name}".`,
      names.length > 0 ? `Known: ${names.join(', ')}.` : 'A workflow is known as soon as a trace names it.',
    )
  }
  return async (app) => {
    app.get('/api/workflows', { preHandler: requireScope('read') }, async () => ({
      workflows: await listWorkflows(db),
    }))
    app.get<{ Params: { name: string } }>(
      '/api/workflows/:name',
      { preHandler: requireScope('read') },
      async ({ params }) => known(params.name),
    )
    app.get<{ Params: { name: string } }>(
      '/api/workflows/:name/dimensions',
      { preHandler: requireScope('read') },
      async ({ params }) => {
        const workflow = await known(params.name)
        const { items, dimensions } = await findWorkflowDimensions(db, params.name)
        const names = workflow.dimensions?.length ? workflow.dimensions : null
        return { workflow: params.name, items, set: names, used: names ?? segmentNames(dimensions), dimensions }
      },
    )
    app.put<{ Params: { name: string } }>(
      '/api/workflows/:name',
      { preHandler: requireScope('admin') },
      async ({ params, body }) => {
        const settings = parseStorable(WorkflowSettings, body, NEXT_STEP)
        await putWorkflow(db, params.name, settings, clock())
        await dependencies.afterChange(params.name)
        return { name: params.name, ...settings }
      },
    )
  }
}
