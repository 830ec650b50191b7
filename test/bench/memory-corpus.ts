import { createRandom, type Random } from '../../src/demo/seeded-random.ts'
import type { Override } from '../../src/domain/override.ts'
import type { changeEvents, overrides } from '../../src/store/schema/events.ts'
import type { savedDecisions } from '../../src/store/schema/memory.ts'

/** Sources of memory entries, as their tables hold them, and the work items that the overrides are about. */
export interface CorpusBatch {
  overrides: (Override & typeof overrides.$inferInsert)[]
  decisions: (typeof savedDecisions.$inferInsert)[]
  changes: (typeof changeEvents.$inferInsert)[]
  items: {
    workflow: string
    workItemId: string
    attributes: Record<string, string>
    status: string
    occurredAt: Date
  }[]
}

export interface CorpusQuestion {
  kind: 'keywords' | 'question' | 'typo' | 'id' | 'rule'
  text: string
}

export const YEAR = { from: Date.parse('2026-01-01T00:00:00Z'), days: 365 }
export const WORKFLOWS = [
  'claims',
  'tickets',
  'invoices',
  'returns',
  'onboarding',
  'audits',
  'orders',
  'refunds',
] as const
export const REGIONS = ['TX', 'CA', 'NY', 'FL', 'WA', 'OH', 'GA', 'IL', 'AZ', 'CO']
const PEOPLE = 200
const RULES = 60
const VOCABULARY = 60_000

const THINGS = [
  'hail rider',
  'flood clause',
  'late fee',
  'exception form',
  'purchase order',
  'tax certificate',
  'roof survey',
  'return label',
  'credit limit',
  'two signatures',
  'duplicate invoice',
  'broken seal',
  'priority queue',
  'bank details',
  'proof of delivery',
  'warranty card',
  'service contract',
  'identity check',
  'water damage',
  'cancelled flight',
]
const VERBS = [
  'was not applied',
  'was read as an exclusion',
  'was missing',
  'had expired',
  'was retrieved but not used',
  'contradicts the policy',
  'was sent twice',
  'needs a second look',
]
const OPENINGS = [
  'The agent overlooked that the',
  'We agreed that where the',
  'Customer showed that the',
  'The adjuster wrote that the',
  'For the third time this week the',
]
const DECISIONS = ['approve', 'deny', 'escalate', 'refund', 'hold'] as const
const CHANGES = ['prompt', 'model', 'routing', 'policy', 'price', 'deploy'] as const

/**
 * A company's decisions: sentences of the trade with names, places, amounts and ids, and beside them words drawn by Zipf's
 * law from a vocabulary of 60,000, as free text has them. Number `n` is always the same entry.
 */
export function createCorpus(): {
  batch(from: number, to: number): CorpusBatch
  questions(entries: number, count: number): CorpusQuestion[]
} {
  const vocabulary = makeVocabulary()
  const zipf = createZipf(VOCABULARY, 1.07)
  const prose = (random: Random, words: number) =>
    Array.from({ length: words }, () => vocabulary[zipf(random.uniform())]!).join(' ')
  const sentence = (random: Random) =>
    `${random.pick(OPENINGS)} ${random.pick(THINGS)} ${random.pick(VERBS)} in ${random.pick(REGIONS)} for $${random.whole(20, 20_000)}; ${prose(random, random.whole(8, 40))}`
  const entry = (number: number) => {
    const random = createRandom(`entry-${number}`)
    const workflow = WORKFLOWS[Math.min(Math.floor(random.uniform() ** 1.6 * WORKFLOWS.length), WORKFLOWS.length - 1)]!
    const occurredAt = new Date(YEAR.from + random.whole(0, YEAR.days * 1440 - 1) * 60_000)
    const rule = random.chance(0.6) ? `R-${Math.floor(random.uniform() ** 2 * RULES)}` : null
    const actor = `Person ${Math.floor(random.uniform() ** 2 * PEOPLE)}`
    return {
      random,
      workflow,
      occurredAt,
      rule,
      actor,
      workItemId: `${workflow}-${Math.floor(number / 2)}`,
      text: sentence(random),
    }
  }
  return {
    batch: (from, to) => {
      const made: CorpusBatch = { overrides: [], decisions: [], changes: [], items: [] }
      for (let number = from; number < to; number++) {
        const { random, workflow, occurredAt, rule, actor, workItemId, text } = entry(number)
        const known = {
          workflow,
          occurredAt,
          recordedAt: new Date(occurredAt.getTime() + random.whole(1, 2880) * 60_000),
        }
        const kind = random.uniform()
        if (kind < 0.55) {
          made.overrides.push({
            ...known,
            id: `o-${number}`,
            workItemId,
            traceId: `trace-${number}`,
            stepId: null,
            agentDecision: random.pick(DECISIONS),
            humanDecision: random.pick(DECISIONS),
            reason: text,
            rule,
            actor,
            minutes: random.whole(1, 60),
          })
          made.items.push({
            workflow,
            workItemId,
            occurredAt,
            attributes: { region: random.pick(REGIONS), tier: random.pick(['gold', 'silver', 'plain']) },
            status: random.pick(['resolved', 'resolved', 'resolved', 'failed', 'escalated']),
          })
        } else if (kind < 0.9) {
          made.decisions.push({
            ...known,
            id: `d-${number}`,
            workItemId,
            rule,
            actor,
            title: `${random.pick(THINGS)} ${random.pick(VERBS)}`,
            text,
            channel: 'C1',
            messageTs: String(number),
            messages: [],
          })
        } else
          made.changes.push({
            ...known,
            id: `c-${number}`,
            kind: random.pick(CHANGES),
            description: text,
            attributes: {},
          })
      }
      return made
    },
    questions: (entries, count) => {
      const random = createRandom('questions')
      return Array.from({ length: count }, (_, index): CorpusQuestion => {
        const about = entry(random.whole(0, entries - 1))
        const words = random.shuffle(
          about.text
            .replace(/[^a-z ]/gi, '')
            .split(/\s+/)
            .filter((word) => word.length > 4),
        )
        const kind = (['keywords', 'question', 'typo', 'id', 'rule'] as const)[index % 5]!
        if (kind === 'keywords') return { kind, text: words.slice(0, random.whole(1, 3)).join(' ') }
        if (kind === 'question') {
          return {
            kind,
            text: `Why did we ${random.pick(DECISIONS)} when the ${random.pick(THINGS)} ${random.pick(VERBS)} in ${random.pick(REGIONS)}, and who decided about ${words.slice(0, 3).join(' ')}?`,
          }
        }
        if (kind === 'typo') return { kind, text: `${misspell(words[0] ?? 'damage')} ${words[1] ?? ''}` }
        if (kind === 'id')
          return { kind, text: random.chance(0.5) ? about.workItemId : `what happened to ${about.workItemId}?` }
        return { kind, text: `${about.rule ?? 'R-1'} ${random.pick(THINGS)}` }
      })
    },
  }
}

/** Two letters in the middle change places. */
function misspell(word: string): string {
  const middle = word.length >> 1
  return word.slice(0, middle - 1) + word.charAt(middle) + word.charAt(middle - 1) + word.slice(middle + 1)
}

/** Words that can be said, distinct: no dictionary has sixty thousand that we may ship. */
function makeVocabulary(): string[] {
  const random = createRandom('vocabulary')
  const onsets = [
    'b',
    'c',
    'd',
    'f',
    'g',
    'h',
    'l',
    'm',
    'n',
    'p',
    'r',
    's',
    't',
    'v',
    'w',
    'st',
    'tr',
    'pl',
    'gr',
    'ch',
  ]
  const middles = ['a', 'e', 'i', 'o', 'u', 'ea', 'ou', 'ai']
  const ends = ['', 'n', 'r', 's', 't', 'l', 'm', 'nd', 'ck']
  const suffixes = ['', '', '', 'ing', 'ed', 'tion', 'er', 's', 'ly', 'ment']
  const words = new Set<string>()
  while (words.size < VOCABULARY) {
    const syllables = Array.from(
      { length: random.whole(1, 3) },
      () => random.pick(onsets) + random.pick(middles) + random.pick(ends),
    )
    words.add(syllables.join('') + random.pick(suffixes))
  }
  return [...words]
}

/** Ranks by Zipf's law: rank r is drawn in proportion to 1 / r^exponent. */
function createZipf(ranks: number, exponent: number): (uniform: number) => number {
  const cumulative = new Float64Array(ranks)
  let sum = 0
  for (let rank = 0; rank < ranks; rank++) cumulative[rank] = sum += 1 / (rank + 1) ** exponent
  return (uniform) => {
    const wanted = uniform * sum
    let low = 0
    let high = ranks - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (cumulative[middle]! < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}
