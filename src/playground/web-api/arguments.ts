import { SlackRefusal } from '../slack-refusal.ts'

export type Arguments = Record<string, unknown>

/** Fields that the Web client sends as JSON inside the form. */
const JSON_FIELDS = new Set(['blocks', 'view', 'prompts', 'loading_messages', 'metadata', 'files', 'attachments'])

/** Arguments of a call, from the form-encoded body that Slack's client sends. */
export function readArguments(body: unknown): Arguments {
  if (typeof body !== 'string') return {}
  const read: Arguments = {}
  for (const [name, value] of new URLSearchParams(body)) {
    if (!JSON_FIELDS.has(name)) {
      read[name] = value
      continue
    }
    try {
      read[name] = JSON.parse(value)
    } catch {
      throw new SlackRefusal(name === 'blocks' ? 'invalid_blocks_format' : 'invalid_arguments', [
        `[ERROR] ${name} is not JSON`,
      ])
    }
  }
  return read
}

/** A required string argument. */
export function requireArgument(args: Arguments, name: string): string {
  const value = args[name]
  if (typeof value !== 'string' || value === '') {
    throw new SlackRefusal('invalid_arguments', [`[ERROR] missing required field: ${name}`])
  }
  return value
}
