import type { KnownWorkflow } from '../../domain/workspace.ts'
import type { Reading, Word } from './read-question.ts'
import { isSameWord, wordsOfName } from './word-forms.ts'

export interface IdentifierMention {
  id: string
  workflow: string | null
  word: Word
}

const NOT_AN_ID =
  /^(?:gpt|claude|gemini|llama|mistral|mixtral|qwen|deepseek|o[1-9]|command|nova|phi|grok|sonnet|haiku|opus|titan)\b|^(?:v|q|h|p|w|kw|cw|top)\d{1,3}$|^\d+(?:st|nd|rd|th)$|^20\d\d[-/]|^\d{1,2}-\d{1,2}$|^'?\d\d$|^\d+[.,]?\d*[%kmx]?$|^\d{1,2}\.\d{1,2}\.20\d\d$|^v?\d+(?:\.\d+)+$/
const HEX = /^(?:[0-9a-f]{32}|[0-9a-f]{16}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/
const NAMER = /^(?:trace|run|item|work|id|number|no|case|ticket|claim|invoice|request|order|task)$/

/** The first id of a work item or a trace in the question: "claim-8841", "INV-2041", "trace t-1", a hex trace id. */
export function recogniseIdentifier(reading: Reading, workflows: readonly KnownWorkflow[]): IdentifierMention | null {
  for (const [index, word] of reading.words.entries()) {
    if (!/\d/.test(word.text)) continue
    const id = word.raw.replace(/^#/, '')
    const lower = id.toLowerCase()
    const owner = ownerOf(lower, workflows)
    const before = reading.words[index - 1]
    const isNamed = before !== undefined && (NAMER.test(before.text) || namesUnit(before, workflows) !== null)
    if (HEX.test(lower)) return { id, workflow: null, word }
    if (isNamed && /^#?[\w-]*\d{3,}$/.test(lower) && !/^20\d\d([-/]|$)/.test(lower)) {
      return { id, workflow: owner ?? namesUnit(before, workflows), word }
    }
    if (isNamed && /^[a-z]+[-_#]\d+$/.test(lower) && !NOT_AN_ID.test(lower)) return { id, workflow: owner, word }
    if (NOT_AN_ID.test(lower)) continue
    if (owner !== null || /^[a-z][a-z_]*[-_#/]?\d{3,}[\w-]*$/.test(lower)) return { id, workflow: owner, word }
  }
  return null
}

/** The workflow whose name or unit the id begins with ("claim-8841" → claims). */
function ownerOf(id: string, workflows: readonly KnownWorkflow[]): string | null {
  const parts = id
    .split(/[-_#/]?\d/)[0]!
    .split(/[-_ ]/)
    .filter(Boolean)
  if (parts.length === 0) return null
  for (const workflow of workflows) {
    for (const phrase of [wordsOfName(workflow.name), wordsOfName(workflow.unit ?? '')]) {
      if (phrase.length === parts.length && phrase.every((word, at) => isSameWord(word, parts[at]!)))
        return workflow.name
    }
  }
  return null
}

function namesUnit(word: Word | undefined, workflows: readonly KnownWorkflow[]): string | null {
  if (!word) return null
  const owner = workflows.find((workflow) =>
    [workflow.name, workflow.unit ?? ''].some((name) => {
      const words = wordsOfName(name)
      return words.length === 1 && isSameWord(words[0]!, word.text)
    }),
  )
  return owner?.name ?? null
}
