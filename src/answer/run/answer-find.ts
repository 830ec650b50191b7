import type { Finding } from '../../domain/finding.ts'
import { HIGHLIGHT, type MemoryHit } from '../../domain/memory-entry.ts'
import { addDays, boundsOf, dateIn, type Period } from '../../domain/period.ts'
import type { Plan, Standpoint } from '../../domain/plan.ts'
import { truncateText } from '../../narration/escape-mrkdwn.ts'
import { formatDay, sayPeriod } from '../../narration/format-dates.ts'
import { sentences } from '../../narration/narration.ts'
import { citeMemory } from './cite-memory.ts'
import { type DraftedAnswer, EMPTY_REPORT } from './drafted-answer.ts'
import type { AnswererOptions } from './services.ts'

const MOST_HITS = 5
const TITLE_LENGTH = 220

/** "Have we seen this, who decided it, and why?": the nearest entries of memory, each with who, when and what came of it. */
export async function answerFind(options: AnswererOptions, plan: Plan, standpoint: Standpoint): Promise<DraftedAnswer> {
  const { asOf, knownAt, timeZone } = standpoint
  const today = dateIn(asOf, timeZone)
  const bounds = plan.period ? boundsOf(plan.period, timeZone) : null
  const hits = await options.searchMemory(options.db, {
    text: plan.text ?? '',
    workflow: plan.workflow,
    from: bounds?.from,
    to: bounds?.to,
    asOf,
    knownAt: knownAt ?? undefined,
    limit: MOST_HITS,
  })
  const period = plan.period ?? { from: today, to: addDays(today, 1) }
  const when = plan.period ? ` ${sayPeriod(plan.period, today)}` : ''
  const where = plan.workflow ? ` in ${plan.workflow}` : ''
  const lead =
    hits.length === 0
      ? `Nothing in memory answers “${plan.text}”${where}${when}.`
      : `${hits.length === 1 ? 'One entry' : 'The nearest entries'} for “${plan.text}”${where}${when}:`
  return {
    narration: {
      lead: sentences(lead),
      body: hits.map((hit, index) => sentences(`${index + 1}. ${sayHit(hit, timeZone, today)}`)),
      restsOn: hits.length === 0 ? ['overrides, decisions, changes and run stories that were recorded by then'] : [],
      derived: [],
    },
    report: { ...EMPTY_REPORT, findings: hits.map((hit, index) => hitFinding(hit, index, period)) },
    citations: hits.map((hit) => citeMemory(hit.entry, options.baseUrl)),
    followUps: [],
    names: [plan.text ?? '', ...hits.flatMap((hit, index) => [`${index + 1}.`, sayHit(hit, timeZone, today)])],
    mayBeRephrased: false,
  }
}

function sayHit({ entry, snippet }: MemoryHit, timeZone: string, today: string): string {
  const plain = snippet.replaceAll(HIGHLIGHT.start, '').replaceAll(HIGHLIGHT.end, '').replace(/\s+/g, ' ').trim()
  const details = [
    formatDay(dateIn(entry.occurredAt, timeZone), today),
    entry.actor ?? '',
    entry.rule ? `rule ${entry.rule}` : '',
    entry.outcome ? `came to: ${entry.outcome}` : '',
  ].filter(Boolean)
  // A story that begins with its title is told once.
  const title = truncateText(entry.title, TITLE_LENGTH)
  const body = plain.includes(entry.title.slice(-20)) && entry.title.length > 60 ? '' : ` ${plain}`
  return `${title} (${details.join(', ')}).${body}`
}

function hitFinding({ entry, score }: MemoryHit, index: number, period: Period): Finding {
  return {
    id: `memory.${index + 1}`,
    kind: 'event',
    label: entry.title,
    value: entry.id,
    unit: 'none',
    period,
    source: `memory: ${entry.kind} of ${entry.occurredAt.toISOString()}, score ${score}`,
  }
}
