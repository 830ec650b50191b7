import { findOverride, listSimilarOverrides } from '../../../store/queries/list-similar-overrides.ts'
import { onClick, STALE } from '../../action-context.ts'
import { similarOverrides } from '../../blocks/override-messages.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { findSuggestion } from '../../find-suggestion.ts'
import { SIMILAR_DAYS } from '../../requests/record-and-confirm.ts'

const SHOWN = 100
const DAY_MILLISECONDS = 86_400_000

export const onShowSimilar = (deps: SlackDependencies) =>
  onClick(deps, 'list the other overrides', async (click) => {
    const [workflow, id, scope] = readIds(click.value)
    const override = await findOverride(deps.db, workflow, id)
    if (!override) return click.tell(STALE)
    const now = deps.clock()
    const suggestion = scope === 'all' ? await findSuggestion(deps.db, now, { workflow, overrideId: id }) : null
    if (suggestion) return click.tell(similarOverrides(suggestion.overrides.toReversed(), deps.baseUrl))
    const since = new Date(now.getTime() - SIMILAR_DAYS * DAY_MILLISECONDS)
    const all = await listSimilarOverrides(deps.db, override, { since, until: now }, SHOWN)
    await click.tell(
      similarOverrides(
        all.filter((other) => other.id !== override.id),
        deps.baseUrl,
      ),
    )
  })

function readIds(value: string): [string, string, string] {
  const parts: unknown = JSON.parse(value)
  return Array.isArray(parts) ? [String(parts[0]), String(parts[1]), String(parts[2] ?? '')] : ['', '', '']
}
