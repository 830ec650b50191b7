import type { Db } from '../store/client.ts'
import { listOverridesSince, loadWorkItemAttributes } from '../store/queries/memory-sources.ts'
import { listRules } from '../store/queries/rules.ts'
import { clusterOverrides, type OverrideCluster } from './cluster-overrides.ts'

export interface RuleSuggestion extends OverrideCluster {
  /** The rule is confirmed already: these overrides show that agents do not keep it. */
  confirmed: boolean
}

/** Days back, and like overrides, from which a rule is suggested where nobody says otherwise. */
export const SUGGESTION_DAYS = 21
export const SUGGESTION_MINIMUM = 3

/**
 * Rules that people seem to follow: clusters of at least `minimum` like overrides since an instant, the largest first. A
 * person confirms them (`confirmRule`); nothing is made a rule by itself.
 */
export async function suggestRules(
  db: Db,
  request: { since: Date; minimum: number; workflow?: string | undefined; until?: Date | undefined },
): Promise<RuleSuggestion[]> {
  const overrides = await listOverridesSince(db, request.since, request.until ?? null, request.workflow ?? null)
  if (overrides.length === 0) return []
  const items = new Map(
    overrides.map(({ workflow, workItemId: id }) => [JSON.stringify([workflow, id]), { workflow, id }]),
  )
  const attributes = new Map(
    (await loadWorkItemAttributes(db, [...items.values()])).map((row) => [
      JSON.stringify([row.workflow, row.id]),
      row.attributes,
    ]),
  )
  const inForce = new Set(
    (await listRules(db, request.workflow))
      .filter((rule) => rule.status === 'confirmed')
      .map((rule) => JSON.stringify([rule.workflow, rule.id.toLowerCase()])),
  )
  const inContext = overrides.map(({ erasedAt: _erased, ...override }) => ({
    ...override,
    attributes: attributes.get(JSON.stringify([override.workflow, override.workItemId])) ?? {},
  }))
  return clusterOverrides(inContext, request.minimum).map((cluster) => ({
    ...cluster,
    confirmed: cluster.rule !== null && inForce.has(JSON.stringify([cluster.workflow, cluster.rule.toLowerCase()])),
  }))
}
