import { parseMinutes } from './parse-minutes.ts'

export const OVERRIDE_EXAMPLE = '/override claim-8841 deny -> approve because hail rider applies rule HR-12 took 12m'

/** What a line after `/override` says. `at` is the place (in characters) at which it could no longer be read. */
export type ParsedOverride =
  | { form: 'empty' }
  | { form: 'item'; workItem: string }
  | {
      form: 'complete'
      workItem: string
      agentDecision: string
      humanDecision: string
      reason: string
      rule: string | null
      minutes: number | null
    }
  | { form: 'unreadable'; at: number; message: string }

const ARROW = /->|→|=>/
/** Words before "rule X" that make it part of a sentence ("because of the rule change") and not the rule's name. */
const DETERMINER =
  /\b(?:a|an|the|this|that|these|those|our|their|its|his|her|my|no|any|each|every|which|what|another|one)\s*$/i
/** Words before "took 3 calls" that make it part of a sentence. */
const SUBJECT = /\b(?:it|this|that|which|he|she|they|we|agent|run|lookup)\s*$/i

/** Reads `ITEM FROM -> TO because REASON [rule R] [took 12m]`, `ITEM`, or nothing. Quotes hold words together. */
export function parseOverride(line: string): ParsedOverride {
  const text = line.trim()
  const lead = line.length - line.trimStart().length
  if (text === '') return { form: 'empty' }
  const item = /^(?:"([^"]+)"|“([^”]+)”|(\S+))\s*/.exec(text)
  if (!item) return unreadable(lead, 'The work item comes first; its quotation mark is not closed.')
  const workItem = (item[1] ?? item[2] ?? item[3])!.trim()
  if (ARROW.test(item[3] ?? '')) return unreadable(lead, 'The work item is missing before the two decisions.')
  const rest = text.slice(item[0].length)
  if (rest === '') return { form: 'item', workItem }
  const restAt = lead + item[0].length

  const arrow = ARROW.exec(rest)
  if (!arrow) {
    const because = /\bbecause\b/i.exec(rest)
    return unreadable(
      restAt + (because?.index ?? rest.length),
      `I found no arrow between the agent's decision and yours after “${shorten(rest)}”.`,
    )
  }
  const agentDecision = unquote(rest.slice(0, arrow.index))
  if (agentDecision === '') return unreadable(restAt + arrow.index, 'The agent’s decision is missing before the arrow.')
  const afterArrow = rest.slice(arrow.index + arrow[0].length)
  const afterArrowAt = restAt + arrow.index + arrow[0].length

  const because = /(?:^|\s)because(?=\s|$)/i.exec(afterArrow)
  const humanDecision = unquote(because ? afterArrow.slice(0, because.index) : afterArrow)
  if (humanDecision === '') return unreadable(afterArrowAt, 'Your decision is missing after the arrow.')
  if (!because) {
    return unreadable(
      afterArrowAt + afterArrow.trimEnd().length,
      `The reason is missing: write “because …” after “${shorten(humanDecision)}”.`,
    )
  }
  const reasonAt = because.index + because[0].length
  const tail = splitTail(afterArrow.slice(reasonAt))
  if ('message' in tail) return unreadable(afterArrowAt + reasonAt + tail.at, tail.message)
  if (tail.reason === '') return unreadable(afterArrowAt + reasonAt, 'The reason after “because” is empty.')
  return { form: 'complete', workItem, agentDecision, humanDecision, ...tail }
}

/** Takes `rule R` and `took 12m` off the end of the reason, in either order, each once. */
function splitTail(
  text: string,
): { reason: string; rule: string | null; minutes: number | null } | { at: number; message: string } {
  let reason = text.trimEnd()
  let rule: string | null = null
  let minutes: number | null = null
  for (let step = 0; step < 2; step++) {
    const took = minutes === null ? lastTook(reason) : null
    if (took) {
      minutes = parseMinutes(took.duration)
      if (minutes === null) {
        const message = `I cannot read the time “${shorten(took.duration)}”; write 12m, 12 min or 1h 5m.`
        return { at: took.at, message }
      }
      reason = reason.slice(0, took.at).trimEnd()
      continue
    }
    const named: RegExpExecArray | null =
      rule === null ? /(?:^|[\s,;])rule:?\s+(?:"([^"]+)"|“([^”]+)”|(\S+))$/i.exec(reason) : null
    if (named) {
      const name = (named[1] ?? named[2] ?? named[3])!.trim()
      const before = reason.slice(0, named.index).trimEnd()
      // "because of the rule HR-12" names the rule and stays a sentence; "because of the rule change" names none.
      if (!DETERMINER.test(before)) reason = before
      else if (!/\d/.test(name)) continue
      rule = name
    }
  }
  return { reason: reason.replace(/[,;]$/, '').trim(), rule, minutes }
}

/** The last "took 12m" of a text, unless it is part of a sentence ("it took 3 calls") or a rule follows it. */
function lastTook(text: string): { at: number; duration: string } | null {
  const match = [...text.matchAll(/(?<=^|[\s,;])took\s+(?=[\d.])/gi)].at(-1)
  if (!match) return null
  const duration = text.slice(match.index + match[0].length)
  const inSentence = SUBJECT.test(text.slice(0, match.index)) && parseMinutes(duration) === null
  return inSentence || /\srule:?\s/i.test(duration) ? null : { at: match.index, duration }
}

function unreadable(at: number, message: string): ParsedOverride {
  return { form: 'unreadable', at, message }
}

function unquote(text: string): string {
  const trimmed = text.trim()
  const quoted = /^(?:"([^"]*)"|“([^”]*)”)$/.exec(trimmed)
  return (quoted?.[1] ?? quoted?.[2] ?? trimmed).trim()
}

function shorten(text: string): string {
  const trimmed = text.trim()
  return trimmed.length <= 40 ? trimmed : `${trimmed.slice(0, 39)}…`
}
