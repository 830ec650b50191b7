/** Data as it may stand inside mrkdwn: Slack reads `&`, `<` and `>` as control characters, everything else as text. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Text as a person typed it, from the form in which Slack delivers it. Mentions and links keep their angle brackets. */
export function unescapeMrkdwn(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

/**
 * Escaped data whose escaped form has at most `limit` characters. What is left out is shown by "…"; neither an escape
 * nor a surrogate pair is cut in two.
 */
export function escapeWithin(text: string, limit: number): string {
  const whole = escapeMrkdwn(text)
  if (whole.length <= limit) return whole
  let kept = ''
  for (const character of text) {
    const escaped = escapeMrkdwn(character)
    if (kept.length + escaped.length > limit - 1) break
    kept += escaped
  }
  return limit > 0 ? `${kept}…` : ''
}

/** mrkdwn of at most `limit` characters; no entity and no escape is cut in two. What is left out is shown by "…". */
export function cutMrkdwn(text: string, limit: number): string {
  if (text.length <= limit) return text
  const kept = text
    .slice(0, limit - 1)
    .replace(/<[^<>]*$/, '')
    .replace(/&[a-z]{0,3}$/, '')
    .replace(/[\uD800-\uDBFF]$/, '')
  return `${kept}…`
}

/** Plain text of at most `limit` UTF-16 units, as Slack counts; surrogate pairs stay whole. */
export function truncateText(text: string, limit: number): string {
  if (text.length <= limit) return text
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length > limit - 1) break
    kept += character
  }
  return limit > 0 ? `${kept}…` : ''
}

/**
 * A link with a label, both data. The address must be http or https, else only the label remains. A label that itself
 * looks like an address is replaced by the real one, so that no label hides where it leads.
 */
export function mrkdwnLink(url: string, label: string): string {
  const address = httpAddress(url)
  if (address === null) return escapeMrkdwn(label)
  const shown = /^\s*(?:[a-z][a-z0-9+.-]*:\/\/|www\.)/i.test(label) ? address : label
  return `<${escapeMrkdwn(address).replaceAll('|', '%7C')}|${escapeMrkdwn(shown).replaceAll('|', '¦').replaceAll('\n', ' ')}>`
}

/**
 * An instant in the reader's own zone. `format` uses Slack's tokens (`{date_short_pretty}`, `{time}` …); `fallback` is
 * what clients show that cannot.
 */
export function mrkdwnDate(instant: Date, format: string, fallback: string): string {
  return `<!date^${Math.floor(instant.getTime() / 1000)}^${format}|${escapeMrkdwn(fallback).replaceAll('|', '¦')}>`
}

function httpAddress(url: string): string | null {
  try {
    const parsed = new URL(url)
    return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed.href : null
  } catch {
    return null
  }
}
