import { and, asc, eq } from 'drizzle-orm'
import type { AllocationDecision } from '../../domain/allocation-decision.ts'
import type { Db } from '../client.ts'
import { allocationDecisions } from '../schema/decisions.ts'

/** Allocation decisions of a workflow that a person approved and nobody withdrew, oldest first. */
export async function listApprovedDecisions(db: Db, workflow: string): Promise<AllocationDecision[]> {
  return db
    .select()
    .from(allocationDecisions)
    .where(and(eq(allocationDecisions.workflow, workflow), eq(allocationDecisions.status, 'approved')))
    .orderBy(asc(allocationDecisions.decidedAt), asc(allocationDecisions.id))
}
