import type { EndedTrace } from './bodies.ts'
import { createRun } from './run-builder.ts'
import type { Random } from './seeded-random.ts'
import { QUESTIONS, type Question } from './tickets-wording.ts'

/** What is to become of a ticket. */
export type TicketFate = 'first_try' | 'second_try' | 'escalated' | 'overruled' | 'failed'

export interface Ticket {
  id: string
  attributes: { product: string; tier: string; language: string }
  question: Question
  triageModel: string
  replyModel: string
}

/** One attempt of the service desk agent at a ticket: triage over the customer's history, then a reply. */
export function runTicket(
  random: Random,
  ticket: Ticket,
  { attempt, startedAt, fate, isLast }: { attempt: number; startedAt: Date; fate: TicketFate; isLast: boolean },
): EndedTrace {
  const traceId = `${ticket.id}-run-${attempt}`
  const { question, attributes } = ticket
  const run = createRun(
    random,
    {
      traceId,
      workflow: 'tickets',
      attempt,
      retryOf: attempt > 1 ? `${ticket.id}-run-${attempt - 1}` : null,
      workItem: { id: ticket.id, attributes },
      agent: { name: 'service-desk', version: '1.14.2' },
      promptVersion: 's7',
    },
    startedAt,
  )
  run.callModel({
    name: 'triage',
    model: ticket.triageModel,
    inputTokens: 46_000,
    outputTokens: 260,
    cachedShare: 0.15,
    input: question.text,
    output: `${attributes.product}: ${question.topic}`,
  })
  run.retrieve('search_articles', question.topic, articlesFor(random, question))
  // Some searches are made again, word for word: a loop that costs time, not insight.
  if (random.chance(0.04)) run.retrieve('search_articles', question.topic, articlesFor(random, question))
  const reply = {
    name: 'draft_reply',
    model: ticket.replyModel,
    inputTokens: 17_000 * (attempt > 1 ? 1.2 : 1),
    outputTokens: 420,
    cachedShare: 0.45,
    input: question.text,
    output: question.answer,
  }
  if (fate === 'failed') {
    run.failCall(reply, '500 upstream error')
    return run.finish('error')
  }
  if (random.chance(0.012)) run.failCall(reply, '429 rate limit reached, retry after 4 s')
  run.callModel(reply)
  const handsOver = fate === 'escalated'
  const bounced = isLast ? undefined : 'Reply bounced: the customer asked for something else.'
  run.decide(
    {
      choice: handsOver ? 'hand_over' : 'send_reply',
      alternatives: [handsOver ? 'send_reply' : 'hand_over'],
      rationale: handsOver
        ? 'Needs a change that only a person may make.'
        : `Article "${question.article.title}" answers it.`,
      confidence: Math.round(random.between(handsOver ? 0.35 : 0.7, handsOver ? 0.6 : 0.97) * 100) / 100,
    },
    bounced,
  )
  if (handsOver) run.escalate('To the service team.')
  return run.finish(bounced ? 'error' : 'ok')
}

function articlesFor(random: Random, question: Question) {
  const others = random.shuffle(QUESTIONS.filter(({ article }) => article.id !== question.article.id)).slice(0, 2)
  return [question, ...others].map(({ article }, index) => ({
    ...article,
    score: Math.round((0.9 - 0.11 * index - random.between(0, 0.05)) * 1000) / 1000,
    used: index === 0,
  }))
}
