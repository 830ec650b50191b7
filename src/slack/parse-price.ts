import { z } from 'zod'
import type { CalendarDate } from '../domain/period.ts'
import { readAmount, type WrittenPrice } from './written-price.ts'

/** `/docket price` in its forms: what is agreed (of everything, or of one workflow or model), or a price to set. */
export type PriceRequest =
  | { form: 'list'; about: string }
  | { form: 'set'; price: WrittenPrice }
  | { form: 'unreadable'; problem: string }

export const PRICE_EXAMPLE = '/docket price gpt-4.1 input 2.00 output 8.00 from 2026-11-01 workflow claims'

type Amount =
  | 'inputPerMillion'
  | 'cachedInputPerMillion'
  | 'cacheWritePerMillion'
  | 'outputPerMillion'
  | 'reasoningPerMillion'

const AMOUNTS: Record<string, Amount> = {
  input: 'inputPerMillion',
  cached: 'cachedInputPerMillion',
  'cache-write': 'cacheWritePerMillion',
  output: 'outputPerMillion',
  reasoning: 'reasoningPerMillion',
}
const NAMES: Record<string, 'workflow' | 'provider' | 'serviceTier'> = {
  workflow: 'workflow',
  provider: 'provider',
  tier: 'serviceTier',
}
const DAYS: Record<string, 'firstDay' | 'lastDay'> = { from: 'firstDay', until: 'lastDay' }
const KEYWORDS = [...Object.keys(AMOUNTS), ...Object.keys(DAYS), ...Object.keys(NAMES)]

/** A name with spaces is written between quotation marks. `today`: where no first day is written. */
export function parsePriceLine(line: string, today: CalendarDate): PriceRequest {
  const words = [...line.matchAll(/["“”]([^"“”]+)["“”]|(\S+)/g)].map((match) => match[1] ?? match[2]!)
  const [model, ...rest] = words
  if (model === undefined || rest.length === 0) return { form: 'list', about: model ?? '' }
  const price: WrittenPrice = {
    ...{ model, workflow: null, provider: null, serviceTier: null, firstDay: today, lastDay: null },
    ...{ inputPerMillion: null, cachedInputPerMillion: null, cacheWritePerMillion: null },
    ...{ outputPerMillion: null, reasoningPerMillion: null },
  }
  const unreadable = (problem: string): PriceRequest => ({ form: 'unreadable', problem })
  for (let at = 0; at < rest.length; at += 2) {
    const [keyword, value] = [rest[at]!.toLowerCase(), rest[at + 1]]
    const [amount, day, name] = [AMOUNTS[keyword], DAYS[keyword], NAMES[keyword]]
    if (!amount && !day && !name)
      return unreadable(`I do not know “${rest[at]}” in a price; I know ${KEYWORDS.join(', ')}.`)
    if (value === undefined) return unreadable(`Nothing follows “${keyword}”.`)
    if (amount) {
      const dollars = readAmount(value)
      if (dollars === null)
        return unreadable(`“${value}” is not an amount in dollars per million tokens, such as 2.50.`)
      price[amount] = dollars
    } else if (day) {
      if (!z.iso.date().safeParse(value).success) return unreadable(`“${value}” is not a day, such as 2026-11-01.`)
      price[day] = value
    } else if (name) price[name] = value
  }
  return { form: 'set', price }
}
