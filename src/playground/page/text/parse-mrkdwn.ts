/** mrkdwn as a tree. Text leaves are plain text: entities are undone here, and rendered as text nodes. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; url: string; label: string }
  | { kind: 'user' | 'channel'; id: string }
  | { kind: 'broadcast'; range: string }
  | { kind: 'date'; seconds: number; format: string; url: string | null; fallback: string }

export type Paragraph =
  | { kind: 'lines'; lines: Inline[][] }
  | { kind: 'quote'; lines: Inline[][] }
  | { kind: 'pre'; text: string }

const MARKS = { '*': 'bold', _: 'italic', '~': 'strike' } as const

export function parseMrkdwn(source: string): Paragraph[] {
  const paragraphs: Paragraph[] = []
  source.split(/```/).forEach((part, index, parts) => {
    // Every second part stands between fences; a fence that is never closed is text.
    if (index % 2 === 1 && index < parts.length - 1) {
      paragraphs.push({ kind: 'pre', text: undoEntities(part.replace(/^\n/, '').replace(/\n$/, '')) })
      return
    }
    const text = index % 2 === 1 ? `\`\`\`${part}` : part
    if (text.trim() === '' && parts.length > 1) return
    for (const line of trimNewlines(text, parts.length > 1).split('\n')) {
      const quoted = /^(?:&gt;|>)\s?(.*)$/.exec(line)
      const kind = quoted ? 'quote' : 'lines'
      const last = paragraphs.at(-1)
      const inline = parseInline(quoted ? quoted[1]! : line)
      if (last?.kind === kind) last.lines.push(inline)
      else paragraphs.push({ kind, lines: [inline] })
    }
  })
  return paragraphs
}

export function parseInline(source: string): Inline[] {
  const found: Inline[] = []
  let plain = ''
  const flush = () => {
    if (plain !== '') found.push({ kind: 'text', text: undoEntities(plain) })
    plain = ''
  }
  let at = 0
  while (at < source.length) {
    const rest = source.slice(at)
    const entity = /^<([^<>]+)>/.exec(rest)
    const code = /^`([^`\n]+)`/.exec(rest)
    const mark = MARKS[rest[0] as keyof typeof MARKS]
    const marked = mark && isBoundary(source[at - 1]) ? markedText(rest) : null
    if (entity) {
      flush()
      found.push(parseEntity(entity[1]!))
      at += entity[0].length
    } else if (code) {
      flush()
      found.push({ kind: 'code', text: undoEntities(code[1]!) })
      at += code[0].length
    } else if (mark && marked !== null) {
      flush()
      found.push({ kind: mark, children: parseInline(marked) })
      at += marked.length + 2
    } else {
      plain += rest[0]
      at++
    }
  }
  flush()
  return found
}

/** What stands between a mark and its closing twin: no space inside at either end, and a boundary after it. */
function markedText(rest: string): string | null {
  const mark = rest[0]!
  for (let end = rest.indexOf(mark, 1); end > 0; end = rest.indexOf(mark, end + 1)) {
    const inside = rest.slice(1, end)
    if (inside !== '' && !/^\s|\s$/.test(inside) && !inside.includes('\n') && isBoundary(rest[end + 1])) return inside
  }
  return null
}

function isBoundary(character: string | undefined): boolean {
  return character === undefined || /[^\p{L}\p{N}]/u.test(character)
}

function parseEntity(inside: string): Inline {
  const [target = '', label] = inside.split('|') as [string, string?]
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1) }
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1) }
  if (target.startsWith('!date^')) {
    const [, seconds = '0', format = '', url] = target.split('^')
    return { kind: 'date', seconds: Number(seconds), format, url: url ?? null, fallback: undoEntities(label ?? '') }
  }
  if (target.startsWith('!')) return { kind: 'broadcast', range: target.slice(1) }
  if (/^(?:https?:|mailto:)/i.test(target))
    return { kind: 'link', url: undoEntities(target), label: undoEntities(label ?? target) }
  return { kind: 'text', text: undoEntities(`<${inside}>`) }
}

function undoEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

function trimNewlines(text: string, besideFence: boolean): string {
  return besideFence ? text.replace(/^\n|\n$/g, '') : text
}
