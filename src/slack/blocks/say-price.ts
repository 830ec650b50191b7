import type { ContractPrice } from '../../domain/contract-price.ts'
import { addDays, type CalendarDate, dateIn } from '../../domain/period.ts'
import { escapeWithin } from '../../narration/escape-mrkdwn.ts'
import { formatShortDay } from '../../narration/format-dates.ts'

/** An agreed price as it was agreed, never rounded: `$2.00`, `$0.075`. */
export function exactDollars(perMillion: number): string {
  return perMillion.toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 12,
  })
}

/** "$2.00 for input ($0.50 cached) and $8.00 for output per million tokens". */
export function sayRates(price: ContractPrice): string {
  const special = (label: string, amount: number | null) =>
    amount === null ? [] : [`${exactDollars(amount)} ${label}`]
  const side = (name: string, amount: number | null, specials: string[]) => {
    if (amount === null && specials.length === 0) return []
    const main = amount === null ? `no price for ${name}` : `${exactDollars(amount)} for ${name}`
    return [specials.length > 0 ? `${main} (${specials.join(', ')})` : main]
  }
  const input = side('input', price.inputPerMillion, [
    ...special('cached', price.cachedInputPerMillion),
    ...special('cache writes', price.cacheWritePerMillion),
  ])
  const output = side('output', price.outputPerMillion, special('reasoning', price.reasoningPerMillion))
  return `${[...input, ...output].join(' and ')} per million tokens`
}

/** "gpt-4.1 by azure (batch)": plain text, not escaped. */
export function sayModel({ model, provider, serviceTier }: Pick<ContractPrice, 'model' | 'provider' | 'serviceTier'>) {
  return `${model}${provider === null ? '' : ` by ${provider}`}${serviceTier === null ? '' : ` (${serviceTier})`}`
}

/** "*gpt-4.1* in claims": escaped mrkdwn. */
export function sayPriceSubject(price: ContractPrice): string {
  const where = price.workflow === null ? 'all workflows' : escapeWithin(price.workflow, 200)
  return `*${escapeWithin(sayModel(price), 500)}* in ${where}`
}

/** "from 1 Nov 2026", "from 1 Nov to 31 Dec 2026": days of `timeZone`, the last one included. */
export function sayDays(from: Date, until: Date | null, timeZone: string): string {
  const first = dateIn(from, timeZone)
  if (until === null) return `from ${sayDay(first)}`
  return `from ${sayDay(first)} to ${sayDay(lastDayOf(until, timeZone))}`
}

/** "1 Nov 2026": with its year always, for contracts outlive one. */
export function sayDay(date: CalendarDate): string {
  return `${formatShortDay(date)} ${date.slice(0, 4)}`
}

/** The last day that lies before an instant. */
export function lastDayOf(until: Date, timeZone: string): CalendarDate {
  const day = dateIn(until, timeZone)
  const isMidnight = dateIn(new Date(until.getTime() - 1), timeZone) !== day
  return isMidnight ? addDays(day, -1) : day
}
