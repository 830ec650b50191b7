import { hash } from 'node:crypto'

export function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}

/** 128 bits in hex: equal for equal content, whatever the order of keys, and whether unknowns are null or absent. */
export function contentHash(value: unknown): string {
  return sha256(canonicalText(value)).slice(0, 32)
}

/** Different for different content. Texts carry their length instead of escapes, for this runs over every span. */
function canonicalText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `"${value.length}:${value}`
    case 'number':
    case 'boolean':
      return `${value};`
    case 'object': {
      if (value === null) return '~'
      if (value instanceof Date) return `@${value.getTime()};`
      if (Array.isArray(value)) return `[${value.map(canonicalText).join('')}]`
      let text = '{'
      for (const key of Object.keys(value).sort()) {
        const member = (value as Record<string, unknown>)[key]
        if (member !== null && member !== undefined) text += canonicalText(key) + canonicalText(member)
      }
      return `${text}}`
    }
    default:
      return '~'
  }
}
