import type { Block } from '../../domain/answer.ts'
import type { ContractPrice } from '../../domain/contract-price.ts'
import { dateIn } from '../../domain/period.ts'
import { tableBlock } from '../../narration/blocks/table-block.ts'
import { escapeWithin } from '../../narration/escape-mrkdwn.ts'
import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { ACTIONS } from '../ids.ts'
import { actions, type ButtonSpec, context, type Message, section } from '../message.ts'
import { exactDollars, lastDayOf, sayDay, sayDays, sayModel, sayPriceSubject, sayRates } from './say-price.ts'

/** Which prices are shown: all, or those that a workflow's calls or a model's may fall under. */
export interface PriceSubject {
  workflow: string | null
  model: string | null
}

export interface PriceClock {
  now: Date
  timeZone: string
}

/** What the buttons under prices name. */
export interface PriceButton {
  /** A price to change. */
  id?: string
  workflow?: string
  model?: string
  /** First day of the runs to price again. */
  from?: string
}

/** Contract prices as a table, and the buttons that set them. Prices that have ended are left out. */
export function pricesMessage(prices: ContractPrice[], about: PriceSubject, clock: PriceClock): Message {
  const current = prices.filter((price) => price.validUntil === null || price.validUntil > clock.now)
  const whose = about.workflow ?? about.model
  const of = whose === null ? '' : ` for ${escapeWithin(whose, 200)}`
  const title = `Contract prices${of}`
  const none = `No contract price is set${of}.`
  const ended = prices.length - current.length
  const rule =
    'A workflow’s own price goes before one for all workflows, and a later one before an earlier. Where none is set, the cost that the agent reports holds, then the public list price.'
  const table = tableBlock({ title, columns: COLUMNS, rows: current.map((price) => rowOf(price, clock)) })
  const only = current.length === 1 ? current[0]! : null
  const named: PriceButton = {
    ...(about.workflow !== null && { workflow: about.workflow }),
    ...(about.model !== null && { model: about.model }),
  }
  return {
    text: current.length === 0 ? none : title,
    blocks: [
      section(current.length === 0 ? `*${none}*` : `*${title}*, in dollars per million tokens`),
      ...(table ? [table] : []),
      context(`${ended > 0 ? `${ended} that ended ${ended === 1 ? 'is' : 'are'} not shown. ` : ''}${rule}`),
      ...priceActions(
        [
          ...(only ? [{ label: 'Change it', named: { id: only.id } }] : []),
          { label: only ? 'Set another' : 'Set a price', named },
        ],
        named,
      ),
    ],
  }
}

const COLUMNS = [
  { label: 'Model', unit: 'text' as const },
  { label: 'Workflow', unit: 'text' as const },
  { label: 'Input', unit: 'none' as const },
  { label: 'Cached', unit: 'none' as const },
  { label: 'Output', unit: 'none' as const },
  { label: 'Days', unit: 'text' as const },
  { label: 'Set by', unit: 'text' as const },
]

function rowOf(price: ContractPrice, { timeZone }: PriceClock): (string | null)[] {
  const amount = (perMillion: number | null) => (perMillion === null ? null : exactDollars(perMillion))
  const first = sayDay(dateIn(price.validFrom, timeZone))
  return [
    sayModel(price),
    price.workflow ?? 'all workflows',
    amount(price.inputPerMillion),
    amount(price.cachedInputPerMillion ?? price.inputPerMillion),
    amount(price.outputPerMillion),
    price.validUntil === null ? `from ${first}` : `${first} – ${sayDay(lastDayOf(price.validUntil, timeZone))}`,
    price.recordedBy,
  ]
}

/** A price that was just set, and the one whose place it took. */
export function priceSetMessage(
  price: ContractPrice,
  replaced: ContractPrice | null,
  clock: PriceClock,
  asked: { runs: number } | null,
): Message {
  const days = sayDays(price.validFrom, price.validUntil, clock.timeZone)
  const said = `${sayPriceSubject(price)}: ${sayRates(price)}, ${days}.`
  const before = replaced === null ? '' : ` It takes the place of ${sayRates(replaced)}.`
  const isPast = price.validFrom < clock.now
  const calls = asked
    ? sayRuns(asked.runs)
    : isPast
      ? 'Calls that were priced before keep their price; “Price runs again” gives them this one.'
      : 'Calls from then on get it.'
  const named: PriceButton = {
    ...(price.workflow !== null && { workflow: price.workflow }),
    from: dateIn(price.validFrom, clock.timeZone),
  }
  return {
    text: `Set. ${said}`,
    blocks: [
      section(`Set. ${said}${before}`),
      context(calls),
      ...priceActions([{ label: 'Change it', named: { id: price.id } }], isPast && !asked ? named : null),
    ],
  }
}

export function sayRuns(runs: number): string {
  if (runs === 0) return 'No run of that time is known, so nothing is to be priced again.'
  return `${runs.toLocaleString('en-US')} ${runs === 1 ? 'run is' : 'runs are'} being priced again. I say here what came of it when the last is done.`
}

/** `again`: what the button that prices runs again names; null where there is none. */
function priceActions(buttons: { label: string; named: PriceButton }[], again: PriceButton | null): Block[] {
  const specs: ButtonSpec[] = [
    ...buttons.map(({ label, named }) => ({ label, actionId: ACTIONS.openPriceForm, value: JSON.stringify(named) })),
    ...(again
      ? [{ label: 'Price runs again', actionId: ACTIONS.openRepricingForm, value: JSON.stringify(again) }]
      : []),
  ]
  // Ids of one block must differ: further buttons of a kind have a number.
  const seen = new Map<string, number>()
  return actions(
    'price_actions',
    specs
      .filter((spec) => spec.value.length <= SLACK_LIMITS.buttonValue)
      .map((spec) => {
        const times = seen.get(spec.actionId) ?? 0
        seen.set(spec.actionId, times + 1)
        return times === 0 ? spec : { ...spec, actionId: `${spec.actionId}_${times}` }
      }),
  )
}
