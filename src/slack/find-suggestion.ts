import { type RuleSuggestion, SUGGESTION_DAYS, SUGGESTION_MINIMUM, suggestRules } from '../memory/suggest-rules.ts'
import type { Db } from '../store/client.ts'

const DAY_MILLISECONDS = 86_400_000

export const listSuggestions = (db: Db, now: Date, workflow: string | null): Promise<RuleSuggestion[]> =>
  suggestRules(db, {
    since: new Date(now.getTime() - SUGGESTION_DAYS * DAY_MILLISECONDS),
    minimum: SUGGESTION_MINIMUM,
    workflow: workflow ?? undefined,
  })

/** The suggestion that an override belongs to, as it stands now; null where there are too few like it by now. */
export async function findSuggestion(
  db: Db,
  now: Date,
  anchor: { workflow: string; overrideId: string },
): Promise<RuleSuggestion | null> {
  const suggestions = await listSuggestions(db, now, anchor.workflow)
  return suggestions.find(({ overrides }) => overrides.some((override) => override.id === anchor.overrideId)) ?? null
}
