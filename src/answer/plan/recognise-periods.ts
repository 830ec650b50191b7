import { addDays, type CalendarDate } from '../../domain/period.ts'
import { ABSOLUTE_PERIODS } from './absolute-periods.ts'
import type { PeriodMention } from './period-mention.ts'
import { RELATIVE_PERIODS } from './relative-periods.ts'

const RULES = [
  ...ABSOLUTE_PERIODS.map((rule) => ({ ...rule, relative: false })),
  ...RELATIVE_PERIODS.map((rule) => ({ ...rule, relative: true })),
]

/** Every stretch of time that the text names, in order, without overlaps; spans ("from … to …", "since …") are put together. */
export function recognisePeriods(text: string, today: CalendarDate): PeriodMention[] {
  return joinSpans(text, withoutOverlaps(atomicMentions(text, today)), today)
}

function atomicMentions(text: string, today: CalendarDate): PeriodMention[] {
  return RULES.flatMap((rule) =>
    [...text.matchAll(rule.pattern)].flatMap((match) => {
      const reading = rule.read(match, today)
      if (!reading) return []
      const end = match.index + match[0].trimEnd().length
      return [{ ...reading, relative: rule.relative, start: match.index, end }]
    }),
  )
}

/** The longest of mentions that overlap; at equal length the earlier rule. */
function withoutOverlaps(mentions: PeriodMention[]): PeriodMention[] {
  const longestFirst = [...mentions].sort((a, b) => b.end - b.start - (a.end - a.start))
  const kept: PeriodMention[] = []
  for (const mention of longestFirst) {
    if (kept.every((other) => mention.end <= other.start || mention.start >= other.end)) kept.push(mention)
  }
  return kept.sort((a, b) => a.start - b.start)
}

function joinSpans(text: string, mentions: PeriodMention[], today: CalendarDate): PeriodMention[] {
  const joined: PeriodMention[] = []
  for (let index = 0; index < mentions.length; index += 1) {
    const mention = mentions[index]!
    const next = mentions[index + 1]
    if (next && isSpan(text, mention, next)) {
      joined.push({
        period: { from: mention.period.from, to: next.period.to },
        unit: 'range',
        relative: false,
        start: mention.start,
        end: next.end,
      })
      index += 1
    } else {
      const isFirstOfTwo =
        next !== undefined && /^(?:to|until)(?: the)?$/.test(text.slice(mention.end, next.start).trim())
      joined.push(isFirstOfTwo ? mention : openEnded(text, mention, today))
    }
  }
  return joined
}

/** "from A to B", "between A and B", "A until B"; but "from September to October" after a verb of change compares them. */
function isSpan(text: string, first: PeriodMention, second: PeriodMention): boolean {
  const between = text.slice(first.end, second.start).trim()
  const before = text.slice(0, first.start).trimEnd()
  if (first.period.from >= second.period.from) return false
  if (/^(until|till|through|up to|to|up until)( the)?$/.test(between)) {
    return !(comparesWhole(text, first, second) && /\bfrom( the)?$/.test(before))
  }
  return /^and$/.test(between) && /\bbetween( the)?$/.test(before) && !comparesWhole(text, first, second)
}

const CHANGE =
  /\b(why|chang\w*|r[io]se|risen|rising|increas\w*|decreas\w*|dropp?\w*|f[ae]ll\w*|went|go|gone|grow|grew|grown|jump\w*|spik\w*|differ\w*|compare\w*|move\w*|up|down)\b/

/** Two whole units of a kind in a question about a change are the two sides of it. */
export function comparesWhole(text: string, first: PeriodMention, second: PeriodMention): boolean {
  return first.unit === second.unit && first.unit !== 'range' && first.unit !== 'day' && CHANGE.test(text)
}

function openEnded(text: string, mention: PeriodMention, today: CalendarDate): PeriodMention {
  // A weekday's rule may have taken the word "since" in.
  const before = text.slice(0, mention.start + (text.startsWith('since ', mention.start) ? 6 : 0)).trimEnd()
  const opening =
    /\b(?:since|starting|starting from|from|after|as of|beginning)(?: the| on)?(?: (?:beginning|start|end|middle) of)?(?: the)?$/.exec(
      before,
    )
  if (!opening || mention.before || mention.period.from > today) return mention
  // "notes from last quarter" are of that quarter; "from 3 Nov" is a beginning.
  if (/^from/.test(opening[0]) && mention.unit !== 'day') return mention
  const from = /^after/.test(opening[0]) ? mention.period.to : mention.period.from
  const to = addDays(today, 1)
  return from < to ? { ...mention, unit: 'range', period: { from, to } } : mention
}
