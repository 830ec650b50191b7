import type { Finding } from '../../domain/finding.ts'
import { HIGHLIGHT, type MemoryHit } from '../../domain/memory-entry.ts'
import { addDays, boundsOf, dateIn, type Period } from '../../domain/period.ts'
import type { Plan, Standpoint } from '../../domain/plan.ts'
import { compareHits, findLikeCases } from '../../memory/find-precedents.ts'
import { truncateText } from '../../narration/escape-mrkdwn.ts'
import { formatDay, sayPeriod } from '../../narration/format-dates.ts'
import { sentences } from '../../narration/narration.ts'
import { findNearestWorkItems } from '../../store/queries/find-nearest-work-items.ts'
import type { WorkItemKey } from '../../store/queries/work-item-keys.ts'
import { citeMemory } from './cite-memory.ts'
import { type DraftedAnswer, EMPTY_REPORT } from './drafted-answer.ts'
import { sayAgreement } from './say-agreement.ts'
import type { AnswererOptions } from './services.ts'

/** Cases like one are sought, not the one itself. */
const SEEKS_LIKE = /\b(?:like|similar|precedents?|comparable|resembl\w+|before)\b/i
const MOST_HITS = 5
const TITLE_LENGTH = 220

/** "Have we seen this, who decided it, and why?": the nearest entries of memory, each with who, when and what came of it. */
export async function answerFind(
  options: AnswererOptions,
  plan: Plan,
  standpoint: Standpoint,
  question: string,
): Promise<DraftedAnswer> {
  const { asOf, knownAt, timeZone } = standpoint
  const today = dateIn(asOf, timeZone)
  const bounds = plan.period ? boundsOf(plan.period, timeZone) : null
  const item = SEEKS_LIKE.test(question) ? await findNamedItem(options, plan) : null
  const found = item && (await likeCases(options, item, standpoint))
  const hits =
    found?.hits ??
    (await options.searchMemory(options.db, {
      text: plan.text ?? '',
      workflow: plan.workflow,
      from: bounds?.from,
      to: bounds?.to,
      asOf,
      knownAt: knownAt ?? undefined,
      limit: MOST_HITS,
    }))
  const period = plan.period ?? { from: today, to: addDays(today, 1) }
  const when = plan.period ? ` ${sayPeriod(plan.period, today)}` : ''
  const where = plan.workflow ? ` in ${plan.workflow}` : ''
  const report = await compareHits(options.db, found?.said ?? plan.text ?? '', hits)
  const agreement = sayAgreement(report)
  const lead = item
    ? `${hits.length === 0 ? 'I remember no case' : `The cases most`} like ${item.workItemId}${where}${hits.length === 0 ? '.' : ':'}`
    : hits.length === 0
      ? `Nothing in memory answers “${plan.text}”${where}${when}.`
      : `${hits.length === 1 ? 'One entry' : 'The nearest entries'} for “${plan.text}”${where}${when}:`
  return {
    narration: {
      lead: sentences(lead),
      body: [
        ...hits.map((hit, index) => sentences(`${index + 1}. ${sayHit(hit, timeZone, today)}`)),
        ...(agreement === '' ? [] : [sentences(agreement)]),
      ],
      restsOn: hits.length === 0 ? ['overrides, decisions, changes and run stories that were recorded by then'] : [],
      derived: [],
    },
    report: { ...EMPTY_REPORT, findings: hits.map((hit, index) => hitFinding(hit, index, period)) },
    citations: hits.map((hit) => citeMemory(hit.entry, options.baseUrl)),
    followUps: [],
    names: [
      plan.text ?? '',
      agreement,
      item?.workItemId ?? '',
      ...hits.flatMap((hit, index) => [`${index + 1}.`, sayHit(hit, timeZone, today)]),
    ],
    mayBeRephrased: false,
  }
}

/** The work item that the text names; null where it names none, or one that is not known. */
async function findNamedItem({ db }: AnswererOptions, plan: Plan): Promise<WorkItemKey | null> {
  for (const word of (plan.text ?? '').split(/\s+/)) {
    if (!/\d/.test(word)) continue
    const [nearest] = await findNearestWorkItems(db, word, { workflow: plan.workflow, limit: 1 })
    if (nearest?.workItemId.toLowerCase() === word.toLowerCase()) return nearest
  }
  return null
}

/** Cases like an item, without its own entries, as the entries of memory that tell of them. */
const likeCases = ({ db, embed }: AnswererOptions, item: WorkItemKey, { asOf, knownAt }: Standpoint) =>
  findLikeCases(db, { ...item, asOf, knownAt: knownAt ?? undefined, limit: MOST_HITS, embed })

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
