import type { Report } from './report.ts'

const ENTITY =
  /^(?:@[UW][A-Z0-9]+(?:\|[^|]*)?|#C[A-Z0-9]+(?:\|[^|]*)?|!subteam\^S[A-Z0-9]+(?:\|[^|]*)?|!(?:here|channel|everyone)(?:\|[^|]*)?|!date\^\d+\^[^^|]+(?:\^https?:\/\/[^|]+)?\|[^|]+)$/
const LINK = /^(https?:\/\/[^\s|<>]+|mailto:[^\s|<>]+)(?:\|([^|]+))?$/

/**
 * mrkdwn whose angle brackets are whole entities and whose ampersands are escapes. Slack would show the rest as it
 * stands, or worse: text that we did not mean as a mention would become one. So it is refused here.
 */
export function checkMrkdwn(text: string, pointer: string, report: Report): void {
  if (/&(?!(?:amp|lt|gt);)/.test(text)) report.add(pointer, 'unescaped & in mrkdwn')
  const outside = text.replace(/<([^<>]*)>/g, (_, inside: string) => {
    if (!ENTITY.test(inside)) checkLink(inside, pointer, report)
    return ''
  })
  if (/[<>]/.test(outside.replace(/^>(?:>>)?/gm, ''))) report.add(pointer, 'unescaped < or > in mrkdwn')
}

function checkLink(inside: string, pointer: string, report: Report): void {
  const link = LINK.exec(inside)
  if (!link) {
    report.add(pointer, `not an entity: <${inside.slice(0, 60)}>`)
    return
  }
  const [, address = '', label] = link
  if (label !== undefined && /^\s*(?:https?:\/\/|www\.)/i.test(label) && !sameHost(address, label)) {
    report.add(pointer, `the label hides where the link leads: ${address.slice(0, 60)}`)
  }
}

function sameHost(address: string, label: string): boolean {
  try {
    const shown = label.trim().replaceAll('&amp;', '&')
    return new URL(/^www\./i.test(shown) ? `https://${shown}` : shown).host === new URL(address).host
  } catch {
    return false
  }
}
