import { toDollars } from '../../domain/money.ts'
import type { RepricingResult } from '../../domain/repricing.ts'
import { escapeWithin } from '../../narration/escape-mrkdwn.ts'
import { formatDollars } from '../../narration/format-money.ts'
import { countOf } from '../../narration/format-number.ts'
import type { Reattribution } from '../../store/queries/reattributions.ts'
import { context, type Message, section } from '../message.ts'
import { sayDays } from './say-price.ts'

/** What came of pricing runs again: how many calls have another price, and what they cost before and now. */
export function repricingMessage(request: Reattribution & { result: RepricingResult }, timeZone: string): Message {
  const { workflow, from, to, runs, result } = request
  const which = `${workflow === null ? 'all workflows' : escapeWithin(workflow, 200)}, ${sayDays(from, to, timeZone)}`
  const done = `${countOf(runs, 'run was', 'runs were')} priced again (${which})`
  const text = result.calls === 0 ? `${done}: every call costs what it did.` : `${done}: *${sayChange(result)}*.`
  const notes = [
    result.unknownBefore > 0 && `${countOf(result.unknownBefore, 'call', 'calls')} had no known price before.`,
    result.unknownNow > 0 && `${countOf(result.unknownNow, 'call has', 'calls have')} none now.`,
    'Answers use these prices from now on; what was known before stays askable.',
  ]
  return { text: text.replaceAll('*', ''), blocks: [section(text), context(notes.filter(Boolean).join(' '))] }
}

/** "1,204 calls cost $11.36 instead of $14.20". */
function sayChange({ calls, beforeMicros, nowMicros }: RepricingResult): string {
  const [before, now] = [formatDollars(toDollars(beforeMicros)), formatDollars(toDollars(nowMicros))]
  return `${countOf(calls, 'call costs', 'calls cost')} ${now} instead of ${before}`
}
