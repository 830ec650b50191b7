import type { ModelClient } from './client.ts'
import { renderPrompt } from './prompts.ts'

const MOST_TOKENS = 300
/** Characters of the rows' text that a model is shown. */
const LONGEST_TEXT = 12_000
const LONGEST_STORY = 1200

/**
 * A run's story in a model's words, one paragraph, and what it took in tokens, by an estimate (a third of the bytes). Whoever
 * calls this checks the figures in it, and says whose words they are. Null where nothing came back, or far too much.
 */
export async function tellStory(model: ModelClient, text: string): Promise<{ story: string | null; tokens: number }> {
  const request = { system: renderPrompt('tell-story'), user: text.slice(0, LONGEST_TEXT), maxTokens: MOST_TOKENS }
  const answer = (await model.complete(request)).replace(/\s+/g, ' ').trim()
  const bytes = Buffer.byteLength(request.system + request.user + answer)
  return { story: answer === '' || answer.length > LONGEST_STORY ? null : answer, tokens: Math.ceil(bytes / 3) }
}
