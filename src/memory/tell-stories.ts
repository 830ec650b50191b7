import { contentHash } from '../domain/audit-chain.ts'
import type { ModelClient } from '../llm/client.ts'
import { tellStory } from '../llm/tell-story.ts'
import type { Db } from '../store/client.ts'
import { countStoryTokens, listWantedStories, saveToldStory } from '../store/queries/told-stories.ts'
import { inventedFigures } from './invented-figures.ts'

export interface StoryOptions {
  /** Tokens of a UTC day, by an estimate; what is over it waits for the next day. */
  tokensPerDay: number
  clock: () => Date
  /** A run whose text changed within so many seconds waits: it may not be over. */
  quietSeconds?: number
  /** Most stories of one call. */
  limit?: number
}

export interface StoryReport {
  told: number
  /** What the model said held a figure that the rows do not, or was empty or too long: the rows' text stands alone. */
  refused: { entry: string; figures: string[] }[]
}

/**
 * Has a model tell the stories that wait. A figure that does not stand in the rows' text refuses the story, which is not asked for
 * again until the rows say something else. Throws what the model's endpoint throws: the rest waits.
 */
export async function tellStories(db: Db, model: ModelClient, options: StoryOptions): Promise<StoryReport> {
  const { tokensPerDay, clock, quietSeconds = 120, limit = 50 } = options
  const day = new Date(`${clock().toISOString().slice(0, 10)}T00:00:00Z`)
  let left = tokensPerDay - (await countStoryTokens(db, day))
  const report: StoryReport = { told: 0, refused: [] }
  for (const wanted of await listWantedStories(db, { quietSeconds, limit })) {
    if (left <= 0) break
    // The entry is about to be made again, or was: then it is wanted anew.
    if (contentHash(wanted.text) !== wanted.tells) continue
    const { story, tokens } = await tellStory(model, wanted.text)
    left -= tokens
    const figures = story === null ? [] : inventedFigures(story, wanted.text)
    const text = figures.length > 0 ? null : story
    await saveToldStory(db, wanted, { text, model: model.model, tokens, toldAt: clock() })
    if (text === null) report.refused.push({ entry: wanted.entry, figures })
    else report.told += 1
  }
  return report
}
