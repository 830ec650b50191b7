import type { EndedTrace } from './bodies.ts'
import { createRun } from './run-builder.ts'
import type { Random } from './seeded-random.ts'

export interface Invoice {
  id: string
  attributes: { vendorType: string; currency: string; poMatch: string }
  vendor: string
  service: string
  /** With its currency: `CAD 12,480`. */
  amount: string
  readModel: string
}

export type InvoiceFate = 'first_try' | 'second_try' | 'escalated' | 'overruled' | 'failed'

export interface InvoiceAttempt {
  attempt: number
  startedAt: Date
  choice: 'pay' | 'hold'
  fate: InvoiceFate
  isLast: boolean
}

/** One attempt of the payables agent: read the invoice, match it with its purchase order, decide on payment. */
export function runInvoice(
  random: Random,
  invoice: Invoice,
  { attempt, startedAt, choice, fate, isLast }: InvoiceAttempt,
): EndedTrace {
  const traceId = `${invoice.id}-run-${attempt}`
  const run = createRun(
    random,
    {
      traceId,
      workflow: 'invoices',
      attempt,
      retryOf: attempt > 1 ? `${invoice.id}-run-${attempt - 1}` : null,
      workItem: { id: invoice.id, attributes: invoice.attributes },
      agent: { name: 'payables', version: '0.9.6' },
      promptVersion: 'p3',
    },
    startedAt,
  )
  const read = {
    name: 'read_invoice',
    model: invoice.readModel,
    inputTokens: 16_000,
    outputTokens: 540,
    cachedShare: 0.1,
    input: `Invoice from ${invoice.vendor}, scanned: ${invoice.service}.`,
    output: `${invoice.vendor}, ${invoice.service}, ${invoice.amount}.`,
  }
  if (fate === 'failed') {
    run.failCall(read, 'Scan could not be read after 3 tries')
    return run.finish('error')
  }
  run.callModel(read)
  const match = { vendor: invoice.vendor, amount: invoice.amount }
  run.callTool('match_purchase_order', match, { match: invoice.attributes.poMatch })
  // The same look-up again, with the same arguments and the same result.
  if (random.chance(0.06)) run.callTool('match_purchase_order', match, { match: invoice.attributes.poMatch })
  const rationale =
    choice === 'pay'
      ? `Order and invoice agree for ${invoice.service}; due within terms.`
      : `Invoice and purchase order differ (${invoice.attributes.poMatch}); wait for payables.`
  run.callModel({
    name: 'decide_payment',
    model: 'gpt-4.1',
    inputTokens: 24_000 * (attempt > 1 ? 1.2 : 1),
    outputTokens: 480,
    cachedShare: 0.35,
    input: `${invoice.vendor}: ${invoice.amount}, purchase order ${invoice.attributes.poMatch}.`,
    output: rationale,
  })
  const refused = isLast ? undefined : 'Ledger refused the booking: cost centre missing.'
  run.decide(
    {
      choice,
      alternatives: [choice === 'pay' ? 'hold' : 'pay'],
      rationale,
      rules: ['AP-1'],
      confidence: Math.round(random.between(0.62, 0.97) * 100) / 100,
    },
    refused,
  )
  if (fate === 'escalated') run.escalate('To payables: above the limit that the agent may release.')
  return run.finish(refused ? 'error' : 'ok')
}
