import { and, asc, desc, eq, sql } from 'drizzle-orm'
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

/** Every version of the rules of a workflow (of all where none is given), in the order of workflow, id and version. */
export async function listRuleVersions(db: Db, workflow?: string, id?: string): Promise<RuleRow[]> {
  return db
    .select()
    .from(rules)
    .where(
      and(
        workflow === undefined ? undefined : eq(rules.workflow, workflow),
        id === undefined ? undefined : eq(sql`lower(${rules.id})`, id.toLowerCase()),
      ),
    )
    .orderBy(asc(rules.workflow), asc(rules.id), asc(rules.version))
}

export async function insertRuleVersion(tx: Db, version: RuleRow): Promise<void> {
  await tx.insert(rules).values(version)
}
