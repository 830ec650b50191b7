import { type Bodies, type EndedTrace, noBodies } from './bodies.ts'
import { type DemoCalendar, instantOf, minutesAfter } from './calendar.ts'
import { money } from './filled-text.ts'
import { type Invoice, type InvoiceFate, runInvoice } from './invoices-run.ts'
import {
  INVOICE_REASONS,
  type InvoiceReason,
  SERVICES,
  SURCHARGE_DECISION,
  VENDORS,
  type VendorType,
} from './invoices-wording.ts'
import { createOutcomeWriter } from './outcome-writer.ts'
import { PAYABLES_CLERKS, PAYABLES_LEAD } from './people.ts'
import { createRandom, dealShares, type Random } from './seeded-random.ts'
import { arrivalsOfWeek, arrivalTimes, firstNumberOfWeek, type Volume } from './volume.ts'

export const INVOICES: Volume = {
  workflow: 'invoices',
  perWeek: 72,
  growth: 0.004,
  weekdays: [0.22, 0.2, 0.2, 0.2, 0.18, 0, 0],
  firstNumber: 3_120,
}

/** The third invoice of that Wednesday is the one with the storm surcharge. */
export const SURCHARGE_WEEK = 4
const SURCHARGE_WEEKDAY = 2

const FATES: readonly (readonly [InvoiceFate, number])[] = [
  ['first_try', 0.88],
  ['second_try', 0.04],
  ['escalated', 0.035],
  ['overruled', 0.035],
  ['failed', 0.01],
]
const VENDOR_TYPES = [
  ['contractor', 0.36],
  ['auto_shop', 0.28],
  ['rental', 0.16],
  ['legal', 0.11],
  ['engineer', 0.09],
] as const
const CURRENCIES = [
  ['USD', 0.84],
  ['CAD', 0.11],
  ['EUR', 0.05],
] as const
const MATCHES = [
  ['exact', 0.64],
  ['within_tolerance', 0.2],
  ['mismatch', 0.1],
  ['no_order', 0.06],
] as const

interface Arrival {
  fate: InvoiceFate
  correction: InvoiceReason
  clerk: string
  arrivedAt: Date
}

/** All that one week of invoices sends, whenever it ends. */
export function invoicesOfWeek(calendar: DemoCalendar, week: number): Bodies {
  const random = createRandom(`invoices/${week}`)
  const bodies = noBodies()
  const perDay = arrivalsOfWeek(calendar, INVOICES, week)
  const times = arrivalTimes(random, perDay, { from: 480, to: 980 })
  const fates = dealShares(random, FATES, times.length)
  const vendorTypes = dealShares(random, VENDOR_TYPES, times.length)
  const currencies = dealShares(random, CURRENCIES, times.length)
  const matches = dealShares(random, MATCHES, times.length)
  const first = firstNumberOfWeek(INVOICES, week)
  for (const [index, { weekday, minutes }] of times.entries()) {
    const vendorType: VendorType = vendorTypes[index]!
    const currency = currencies[index]!
    const invoice: Invoice = {
      id: `invoice-${first + index}`,
      attributes: { vendorType, currency, poMatch: matches[index]! },
      vendor: random.pick(VENDORS[vendorType]),
      service: random.pick(SERVICES[vendorType]),
      amount: amountIn(currency, random.around(2_600, 0.8)),
      readModel: random.chance(0.22) ? 'gpt-4.1' : 'gpt-4.1-mini',
    }
    const arrival: Arrival = {
      fate: fates[index]!,
      correction: random.pick(INVOICE_REASONS),
      clerk: random.pick(PAYABLES_CLERKS),
      arrivedAt: instantOf(calendar, week, weekday, minutes),
    }
    if (week === SURCHARGE_WEEK && index === times.findIndex((time) => time.weekday === SURCHARGE_WEEKDAY) + 2)
      plantSurcharge(invoice, arrival)
    liveInvoice(random, bodies, invoice, arrival)
  }
  return bodies
}

function plantSurcharge(invoice: Invoice, arrival: Arrival): void {
  invoice.attributes = { vendorType: 'contractor', currency: 'CAD', poMatch: 'mismatch' }
  invoice.vendor = 'Brightwater Restoration'
  invoice.service = 'roof replacement after hail, with storm surcharge'
  invoice.amount = 'CAD 18,656'
  arrival.fate = 'overruled'
  arrival.correction = SURCHARGE_DECISION
  arrival.clerk = PAYABLES_LEAD
}

function liveInvoice(random: Random, bodies: Bodies, invoice: Invoice, arrival: Arrival): void {
  const { fate, correction, clerk } = arrival
  const runs = runAttempts(random, invoice, arrival)
  bodies.traces.push(...runs)
  const last = runs.at(-1)!
  const endedAt = new Date(last.endedAt)
  const decidedAt = minutesAfter(endedAt, random.between(40, 240))
  const value = Math.round(random.between(6.1, 9.4) * 100) / 100
  const outcome = createOutcomeWriter(bodies, 'invoices', invoice.id)
  if (fate === 'failed') {
    outcome('failed', minutesAfter(endedAt, 2))
  } else if (fate === 'escalated') {
    outcome('escalated', minutesAfter(endedAt, 1))
    if (random.chance(0.6)) outcome('resolved', decidedAt, { resolvedBy: clerk, value })
  } else if (fate === 'overruled') {
    bodies.overrides.push({
      id: `${invoice.id}-override-1`,
      workflow: 'invoices',
      workItemId: invoice.id,
      traceId: last.traceId,
      ...correction,
      actor: clerk,
      minutes: correction === SURCHARGE_DECISION ? 14 : random.whole(4, 11),
      occurredAt: decidedAt.toISOString(),
    })
    outcome('resolved', minutesAfter(decidedAt, 2), { resolvedBy: clerk, value })
  } else {
    outcome('resolved', minutesAfter(endedAt, random.between(2, 30)), { resolvedBy: 'payables', value })
  }
}

function runAttempts(random: Random, invoice: Invoice, { fate, correction, arrivedAt }: Arrival): EndedTrace[] {
  const attempts = fate === 'second_try' ? 2 : 1
  const choice = choiceOf(invoice, fate, correction)
  const runs: EndedTrace[] = []
  let startedAt = minutesAfter(arrivedAt, random.between(1, 9))
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const run = runInvoice(random, invoice, { attempt, startedAt, choice, fate, isLast: attempt === attempts })
    runs.push(run)
    startedAt = minutesAfter(new Date(run.endedAt), random.between(5, 25))
  }
  return runs
}

function choiceOf(invoice: Invoice, fate: InvoiceFate, correction: InvoiceReason): 'pay' | 'hold' {
  if (fate === 'overruled') return correction.agentDecision
  return invoice.attributes.poMatch === 'mismatch' || fate === 'escalated' ? 'hold' : 'pay'
}

function amountIn(currency: string, amount: number): string {
  return currency === 'USD' ? money(amount) : money(amount).replace('$', `${currency} `)
}
