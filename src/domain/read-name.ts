import type { NameCondition, NameSource, NamingRules } from './ingest-rules.ts'
import type { AttributeValue } from './span.ts'

type Attributes = Readonly<Record<string, unknown>>

/** Names are keys in the database: as long as the webhooks allow. */
const LONGEST_NAME = 255

/** What a source gives of a span's attributes, as it is: a text without its surroundings, a number, a boolean. Null: nothing. */
export function readName(attributes: Attributes, source: NameSource): AttributeValue | null {
  const { attribute, after, before } = typeof source === 'string' ? { attribute: source } : { ...source }
  const value = valueAt(attributes, attribute)
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value
  if (typeof value !== 'string') return null
  const name = between(value, after, before)?.trim().slice(0, LONGEST_NAME)
  return name || null
}

function between(text: string, after: string | undefined, before: string | undefined): string | null {
  const start = after === undefined ? 0 : text.indexOf(after)
  if (start < 0) return null
  const rest = text.slice(start + (after?.length ?? 0))
  const end = before === undefined ? rest.length : rest.indexOf(before)
  return end < 0 ? null : rest.slice(0, end)
}

export function meetsCondition(attributes: Attributes, condition: NameCondition): boolean {
  const value = valueAt(attributes, condition.attribute)
  if (value === null || value === undefined || typeof value === 'object') return false
  const text = String(value)
  return condition.equals === undefined ? text.startsWith(condition.startsWith ?? '') : text === condition.equals
}

/** The workflow whose rules claim a span with these attributes; of several the first by name. */
export function workflowOfAttributes(attributes: Attributes, naming: ReadonlyMap<string, NamingRules>): string | null {
  let found: string | null = null
  for (const [workflow, { traces }] of naming) {
    if ((found === null || workflow < found) && traces?.some((condition) => meetsCondition(attributes, condition))) {
      found = workflow
    }
  }
  return found
}

/** An attribute by its name, or a member of one that holds an object or its JSON: `metadata.claimId` in `metadata`. */
function valueAt(attributes: Attributes, name: string): unknown {
  if (Object.hasOwn(attributes, name)) return attributes[name]
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const head = name.slice(0, dot)
    if (Object.hasOwn(attributes, head)) return memberAt(attributes[head], name.slice(dot + 1))
  }
  return undefined
}

function memberAt(holder: unknown, path: string): unknown {
  let place = typeof holder === 'string' && /^\s*\{/.test(holder) ? parsed(holder) : holder
  for (const part of path.split('.')) {
    if (place === null || typeof place !== 'object' || !Object.hasOwn(place, part)) return undefined
    place = (place as Record<string, unknown>)[part]
  }
  return place
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
