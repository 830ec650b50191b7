import type { Reading, Word } from './read-question.ts'
import type { FilterMention } from './recognise-filters.ts'

const MODEL =
  /^(?:gpt-?\d|gpt-[\w.]|chatgpt|o[1-4](?:-|$)|claude-|gemini-|llama-?\d|mistral-|mixtral-|qwen|deepseek-|command-|nova-|phi-|grok-)[\w.:-]*$/
const VERSION = /^v?\d+(?:\.\d+)*(?:-[\w.]+)?$/

/** Models, prompt versions and agent versions that are named as such, whether or not any run has used them. */
export function recogniseVersions(reading: Reading, taken: ReadonlySet<Word>): FilterMention[] {
  const mentions: FilterMention[] = []
  for (const [index, word] of reading.words.entries()) {
    if (taken.has(word)) continue
    if (MODEL.test(word.text) && /\d/.test(word.text)) {
      mentions.push({ dimension: 'model', value: word.text, words: [word] })
      continue
    }
    if (!VERSION.test(word.text)) continue
    const before = reading.words.slice(Math.max(0, index - 2), index).map((one) => one.text)
    const named = before.at(-1) === 'version' ? before[0] : before.at(-1)
    const dimension = named === 'prompt' ? 'promptVersion' : named === 'agent' ? 'agentVersion' : null
    if (!dimension) continue
    const words = reading.words.slice(index - (before.at(-1) === 'version' ? 2 : 1), index + 1)
    mentions.push({ dimension, value: word.raw, words })
  }
  return mentions
}
