import { and, desc, eq } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { rules } from '../schema/memory.ts'

export type RuleRow = typeof rules.$inferSelect

/** The newest version of a rule; null where there is none. */
export async function findNewestRuleVersion(db: Db, workflow: string, id: string): Promise<RuleRow | null> {
  const [row] = await db
    .select()
    .from(rules)
    .where(and(eq(rules.workflow, workflow), eq(rules.id, id)))
    .orderBy(desc(rules.version))
    .limit(1)
  return row ?? null
}

/** The newest version of every rule, in the order of workflow and id. */
export async function listRules(db: Db, workflow?: string): Promise<RuleRow[]> {
  return db
    .selectDistinctOn([rules.workflow, rules.id])
    .from(rules)
    .where(workflow === undefined ? undefined : eq(rules.workflow, workflow))
    .orderBy(rules.workflow, rules.id, desc(rules.version))
}

export async function insertRuleVersion(tx: Db, version: RuleRow): Promise<void> {
  await tx.insert(rules).values(version)
}
