import type { z } from 'zod'
import { sayIssue } from '../domain/say-issue.ts'
import type { Member } from './read-members.ts'
import { isTooDeep, storable } from './storable.ts'

export type ParsedMember<Value> =
  | { ok: true; value: Value; warnings: { path: string; message: string }[] }
  | { ok: false; path: string; message: string }

/** Unknown fields may hide further ones below them; this many rounds reach every level of our schemas. */
const ROUNDS = 8

/**
 * Checks one member against a schema of the domain. Unknown fields are left out and named as warnings, so that a typing
 * error is seen and a newer sender still accepted.
 */
export function parseMember<Value>(schema: z.ZodType<Value>, member: Member): ParsedMember<Value> {
  if ('unreadable' in member) return { ok: false, path: '', message: member.unreadable }
  if (member.value === null || typeof member.value !== 'object' || Array.isArray(member.value)) {
    return { ok: false, path: '', message: 'expected an object' }
  }
  if (isTooDeep(member.value)) return { ok: false, path: '', message: 'nested more than 64 levels deep' }
  const raw = storable(member.value)
  const warnings: { path: string; message: string }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const parsed = schema.safeParse(raw)
    if (parsed.success) return { ok: true, value: parsed.data, warnings }
    const unknown = parsed.error.issues.filter((issue) => issue.code === 'unrecognized_keys')
    const other = parsed.error.issues.find((issue) => issue.code !== 'unrecognized_keys')
    if (other) return { ok: false, path: pathText(other.path), message: sayIssue(other) }
    for (const { path, keys } of unknown) {
      const holder = memberAt(raw, path)
      for (const key of keys) {
        delete holder[key]
        warnings.push({ path: pathText([...path, key]), message: 'unknown field, left out' })
      }
    }
  }
  return { ok: false, path: '', message: 'unknown fields nested too deep' }
}

/** `steps[1].usage.inputTokens` */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, position) =>
      typeof part === 'number' ? `[${part}]` : position === 0 ? String(part) : `.${String(part)}`,
    )
    .join('')
}

function memberAt(value: unknown, path: readonly PropertyKey[]): Record<PropertyKey, unknown> {
  let place = value as Record<PropertyKey, unknown>
  for (const part of path) place = place[part] as Record<PropertyKey, unknown>
  return place
}
