/** What a person asked for, after `/docket` or a mention. */
export type Request =
  | { name: 'ask'; question: string }
  | { name: 'digest'; week: string }
  | { name: 'find'; text: string }
  | { name: 'workflow'; workflow: string }
  | { name: 'budget'; workflow: string }
  | { name: 'rules'; about: string }
  | { name: 'annotations'; about: string }
  | { name: 'price'; line: string }
  | { name: 'override'; line: string }
  | { name: 'help' }

/** Anything that does not begin with a command's name is a question. */
export function parseCommand(text: string): Request {
  const trimmed = text.trim()
  const match =
    /^\/?(ask|digest|find|workflow|workflows|budget|rules|prices?|annotations|override|help)\b[:]?\s*([\s\S]*)$/i.exec(
      trimmed,
    )
  const rest = match?.[2]?.trim() ?? ''
  switch (match?.[1]?.toLowerCase()) {
    case 'ask':
      return rest === '' ? { name: 'help' } : { name: 'ask', question: rest }
    case 'digest':
      return isName(rest) ? { name: 'digest', week: rest } : { name: 'ask', question: trimmed }
    case 'find':
      if (/^out\b/i.test(rest)) return { name: 'ask', question: trimmed }
      return rest === '' ? { name: 'help' } : { name: 'find', text: rest }
    case 'workflow':
    case 'workflows':
      return isName(rest) ? { name: 'workflow', workflow: rest } : { name: 'ask', question: trimmed }
    case 'budget':
      return isName(rest) ? { name: 'budget', workflow: rest } : { name: 'ask', question: trimmed }
    case 'rules':
      return isName(rest) ? { name: 'rules', about: rest } : { name: 'ask', question: trimmed }
    case 'annotations':
      return rest.includes('?') ? { name: 'ask', question: trimmed } : { name: 'annotations', about: rest }
    case 'price':
    case 'prices':
      return isName(rest) || setsPrice(rest) ? { name: 'price', line: rest } : { name: 'ask', question: trimmed }
    case 'override':
      return { name: 'override', line: rest }
    case 'help':
      return rest === '' ? { name: 'help' } : { name: 'ask', question: trimmed }
    default:
      return trimmed === '' ? { name: 'help' } : { name: 'ask', question: trimmed }
  }
}

/** Nothing, or one word: longer text after "workflow" or "budget" is a question about it. */
function isName(text: string): boolean {
  return !/\s|\?/.test(text)
}

/** A model with an amount for its input or its output. Longer text without one is a question about prices. */
function setsPrice(text: string): boolean {
  return !text.includes('?') && /^\S+\s(?:[\s\S]*\s)?(?:input|output)\s+\$?\d/i.test(text)
}
