import type { Report } from '../domain/finding.ts'
import type { AnalysisName, Plan, Standpoint } from '../domain/plan.ts'
import type { Workflow } from '../domain/workflow.ts'
import type { Db } from '../store/client.ts'

/** What every analysis gets besides its plan. */
export interface AnalysisContext {
  db: Db
  standpoint: Standpoint
  /** Prefix of the links that citations carry, without a trailing slash. */
  baseUrl: string
  /** All known workflows, set up or only seen. */
  workflows: Workflow[]
}

/** One entry of the catalogue: loads facts, computes, and returns computed statements only. */
export interface Analysis {
  name: AnalysisName
  title: string
  description: string
  /** A question in plain English that this analysis answers. */
  example: string
  run(context: AnalysisContext, plan: Plan): Promise<Report>
}
