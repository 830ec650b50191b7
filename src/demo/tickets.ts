import { type Bodies, type EndedTrace, noBodies } from './bodies.ts'
import { type DemoCalendar, instantOf, minutesAfter } from './calendar.ts'
import { createOutcomeWriter } from './outcome-writer.ts'
import { SUPPORT_LEADS } from './people.ts'
import { createRandom, dealShares, type Random } from './seeded-random.ts'
import { runTicket, type Ticket, type TicketFate } from './tickets-run.ts'
import { QUESTIONS, TICKET_REASONS } from './tickets-wording.ts'
import { arrivalsOfWeek, arrivalTimes, firstNumberOfWeek, type Volume } from './volume.ts'

export const TICKETS: Volume = {
  workflow: 'tickets',
  perWeek: 166,
  growth: 0.006,
  weekdays: [0.19, 0.18, 0.17, 0.165, 0.155, 0.08, 0.06],
  firstNumber: 20_310,
}

/** From Monday of this week on, triage runs on the small model. */
export const SMALL_TRIAGE_WEEK = 6

/** The same before and after triage moved: that is what the move promised. */
const FATES: readonly (readonly [TicketFate, number])[] = [
  ['first_try', 0.862],
  ['second_try', 0.045],
  ['escalated', 0.06],
  ['overruled', 0.026],
  ['failed', 0.007],
]
const TIERS = [
  ['standard', 0.58],
  ['plus', 0.3],
  ['business', 0.12],
] as const
const LANGUAGES = [
  ['en', 0.78],
  ['es', 0.18],
  ['fr', 0.04],
] as const
const PRODUCTS = [
  ['home', 0.29],
  ['auto', 0.34],
  ['travel', 0.12],
  ['billing', 0.25],
] as const

/** All that one week of tickets sends, whenever it ends. */
export function ticketsOfWeek(calendar: DemoCalendar, week: number): Bodies {
  const random = createRandom(`tickets/${week}`)
  const bodies = noBodies()
  const perDay = arrivalsOfWeek(calendar, TICKETS, week)
  const arrivals = arrivalTimes(random, perDay, { from: 400, to: 1120 })
  const fates = dealShares(random, FATES, arrivals.length)
  const tiers = dealShares(random, TIERS, arrivals.length)
  const languages = dealShares(random, LANGUAGES, arrivals.length)
  const products = dealShares(random, PRODUCTS, arrivals.length)
  const first = firstNumberOfWeek(TICKETS, week)
  for (const [index, { weekday, minutes }] of arrivals.entries()) {
    const product = products[index]!
    const tier = tiers[index]!
    const ticket: Ticket = {
      id: `ticket-${first + index}`,
      attributes: { product, tier, language: languages[index]! },
      question: random.pick(QUESTIONS.filter((question) => question.product === product)),
      triageModel: week >= SMALL_TRIAGE_WEEK ? 'gpt-4.1-mini' : 'gpt-4.1',
      replyModel: tier === 'business' || random.chance(0.3) ? 'claude-sonnet-4-5' : 'gpt-4.1',
    }
    liveTicket(random, bodies, ticket, fates[index]!, instantOf(calendar, week, weekday, minutes))
  }
  return bodies
}

function liveTicket(random: Random, bodies: Bodies, ticket: Ticket, fate: TicketFate, arrivedAt: Date): void {
  const runs = runAttempts(random, ticket, fate, arrivedAt)
  bodies.traces.push(...runs)
  const last = runs.at(-1)!
  const endedAt = new Date(last.endedAt)
  const lead = random.pick(SUPPORT_LEADS)
  const outcome = createOutcomeWriter(bodies, 'tickets', ticket.id)
  const value = Math.round(random.between(4.1, 5.6) * 100) / 100
  const answeredAt = minutesAfter(endedAt, random.between(20, 200))

  if (fate === 'failed') {
    outcome('failed', minutesAfter(endedAt, 3))
  } else if (fate === 'escalated') {
    outcome('escalated', minutesAfter(endedAt, 1), { note: 'Handed to the service team.' })
    if (random.chance(0.4)) outcome('resolved', answeredAt, { resolvedBy: lead, value })
  } else if (fate === 'overruled') {
    const { reason, rule, humanDecision } = random.pick(TICKET_REASONS)
    bodies.overrides.push({
      id: `${ticket.id}-override-1`,
      workflow: 'tickets',
      workItemId: ticket.id,
      traceId: last.traceId,
      agentDecision: 'send_reply',
      humanDecision,
      reason,
      rule,
      actor: lead,
      minutes: random.whole(3, 9),
      occurredAt: answeredAt.toISOString(),
    })
    outcome('resolved', minutesAfter(answeredAt, 2), { resolvedBy: lead, value })
  } else {
    const resolvedAt = minutesAfter(endedAt, random.between(5, 60))
    outcome('resolved', resolvedAt, { resolvedBy: 'service-desk', value })
    if (!random.chance(0.028)) return
    const reopenedAt = minutesAfter(resolvedAt, random.between(300, 3 * 1440))
    outcome('reopened', reopenedAt, { note: 'Customer wrote again.' })
    const startedAt = minutesAfter(reopenedAt, 2)
    const again = runTicket(random, ticket, { attempt: runs.length + 1, startedAt, fate, isLast: true })
    bodies.traces.push(again)
    outcome('resolved', minutesAfter(new Date(again.endedAt), 20), { resolvedBy: 'service-desk', value })
  }
}

function runAttempts(random: Random, ticket: Ticket, fate: TicketFate, arrivedAt: Date): EndedTrace[] {
  const attempts = fate === 'second_try' ? 2 : 1
  const runs: EndedTrace[] = []
  let startedAt = minutesAfter(arrivedAt, random.between(0.2, 3))
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const run = runTicket(random, ticket, { attempt, startedAt, fate, isLast: attempt === attempts })
    runs.push(run)
    startedAt = minutesAfter(new Date(run.endedAt), random.between(2, 12))
  }
  return runs
}
