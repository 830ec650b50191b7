import type { Fields, Report } from './report.ts'

const SECTIONS = ['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted']
const LEAVES: Record<string, string[]> = {
  text: ['type', 'text', 'style'],
  link: ['type', 'url', 'text', 'unsafe', 'style'],
  user: ['type', 'user_id', 'style'],
  channel: ['type', 'channel_id', 'style'],
  emoji: ['type', 'name', 'unicode', 'style'],
  date: ['type', 'timestamp', 'format', 'url', 'fallback', 'style'],
  broadcast: ['type', 'range', 'style'],
}

/** A rich_text block; gives the characters in it. */
export function checkRichText(block: Fields, pointer: string, report: Report): number {
  report.object(block, pointer, ['type', 'block_id', 'elements'])
  return checkParts(block.elements, `${pointer}/elements`, SECTIONS, report)
}

function checkParts(value: unknown, pointer: string, allowed: readonly string[], report: Report): number {
  let characters = 0
  report.list(value, pointer, 1000, 0).forEach((part, index) => {
    const at = `${pointer}/${index}`
    const fields = report.object(part, at, Object.keys((part ?? {}) as Fields))
    if (!fields) return
    const type = String(fields.type)
    if (!allowed.includes(type)) {
      report.add(`${at}/type`, `unsupported type: ${type}`)
    } else if (type in LEAVES) {
      report.object(fields, at, LEAVES[type]!)
      characters += String(fields.text ?? fields.url ?? '').length
    } else {
      const inner = type === 'rich_text_list' ? ['rich_text_section'] : Object.keys(LEAVES)
      characters += checkParts(fields.elements, `${at}/elements`, inner, report)
    }
  })
  return characters
}
