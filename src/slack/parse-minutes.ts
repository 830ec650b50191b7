const DURATION =
  /^(?:(\d+(?:\.\d+)?)\s*(?:h|hr|hrs|hour|hours)\b\.?)?\s*(?:(?:and\s+)?(\d+(?:\.\d+)?)\s*(?:m|min|mins|minute|minutes)\b\.?)?$/i

/** Minutes from `12m`, `12 min`, `1h 5m`, `1.5 hours` or a bare number; null where it is none of these. */
export function parseMinutes(text: string): number | null {
  const trimmed = text.trim()
  if (/^\d+(?:\.\d+)?$/.test(trimmed)) return Number(trimmed)
  // "1h5m" has no word boundary between the two parts.
  const match = DURATION.exec(trimmed.replace(/(\d\s*h(?:rs?|ours?)?)(?=\d)/i, '$1 '))
  if (!match || (match[1] === undefined && match[2] === undefined)) return null
  const minutes = Number(match[1] ?? 0) * 60 + Number(match[2] ?? 0)
  return Math.round(minutes * 100) / 100
}
