import type { MemoryHit, MemoryKind } from '../domain/memory-entry.ts'
import { Problem } from '../domain/problem.ts'
import { fullestByKey } from '../domain/span-copy.ts'
import type { Embedder } from '../llm/embedder.ts'
import type { Db } from '../store/client.ts'
import { loadTraceSpans } from '../store/queries/load-trace-spans.ts'
import {
  listTracesOfItems,
  loadCurrentRunFacts,
  loadOverrides,
  loadWorkItemAttributes,
} from '../store/queries/memory-sources.ts'
import { tellSteps } from './entries/run-steps.ts'
import { sayAttributes } from './entries/say.ts'
import { comparePrecedents, type Precedent, type PrecedentReport } from './precedent.ts'
import { searchMemory } from './search-memory.ts'

export interface PrecedentRequest {
  workflow?: string | undefined
  /** Of the workflow: the item for which precedents are sought. Its own entries are none. */
  workItemId?: string | undefined
  /** Attributes that a case must have. */
  segment?: Record<string, string> | undefined
  /** The situation in words. */
  situation?: string | undefined
  limit: number
  asOf?: Date | undefined
  knownAt?: Date | undefined
  embed?: Embedder | null | undefined
}

/** Where people spoke comes first; agents' runs fill what is left. */
const SPOKEN: readonly MemoryKind[] = ['override', 'decision', 'thread', 'rule']

/**
 * The earlier cases most like a work item, a segment or a described situation: what the agent proposed, what people
 * decided, why, what came of it, and whether they agree. Throws a Problem where nothing says what is sought.
 */
export async function findPrecedents(db: Db, request: PrecedentRequest): Promise<PrecedentReport> {
  const { said, hits } = await findLikeCases(db, request)
  return compareHits(db, said, hits)
}

/** The entries of memory that tell of the most similar earlier cases, and what was sought in words. Throws as `findPrecedents`. */
export async function findLikeCases(db: Db, request: PrecedentRequest): Promise<{ said: string; hits: MemoryHit[] }> {
  const situation = await describe(db, request)
  const own = (hit: MemoryHit) =>
    request.workItemId !== undefined &&
    hit.entry.workItemId === request.workItemId &&
    hit.entry.workflow === request.workflow
  const search = async (kind: readonly MemoryKind[]) => {
    const hits = await searchMemory(db, {
      text: situation.words,
      kind,
      workflow: request.workflow,
      attributes: request.segment,
      // Its own entries are left out afterwards, and runs of one item count once.
      limit: request.limit * 3 + 10,
      asOf: request.asOf,
      knownAt: request.knownAt,
      embed: request.embed,
    })
    return hits.filter((hit) => !own(hit))
  }
  const spoken = (await search(SPOKEN)).slice(0, request.limit)
  const known = new Set(spoken.map(({ entry }) => JSON.stringify([entry.workflow, entry.workItemId])))
  const runs = spoken.length < request.limit ? await search(['run']) : []
  const others = runs.filter(({ entry }) => {
    const item = JSON.stringify([entry.workflow, entry.workItemId])
    return !known.has(item) && known.add(item)
  })
  return { said: situation.said, hits: [...spoken, ...others].slice(0, request.limit) }
}

/** Hits of a search as precedents, set beside each other. */
export async function compareHits(db: Db, situation: string, hits: readonly MemoryHit[]): Promise<PrecedentReport> {
  return comparePrecedents(situation, await toPrecedents(db, hits))
}

async function describe(db: Db, request: PrecedentRequest): Promise<{ said: string; words: string }> {
  const { workflow, workItemId, segment, situation } = request
  const segmentWords = segment && Object.keys(segment).length > 0 ? sayAttributes(segment) : ''
  if (workItemId === undefined) {
    const words = [situation ?? '', segmentWords].filter((part) => part.trim() !== '').join(', ')
    if (words === '') {
      throw new Problem(
        'nothing_sought',
        'Say for what precedents are sought: a work item, a segment, or the situation.',
        {
          nextStep: 'For example {workflow: "claims", situation: "hail damage, rider not applied"}.',
        },
      )
    }
    return { said: words, words }
  }
  if (workflow === undefined) {
    throw new Problem('workflow_missing', 'A work item is named by its workflow and its id; the workflow is missing.')
  }
  const item = { workflow, id: workItemId }
  const [stored] = await loadWorkItemAttributes(db, [item])
  const traces = (await listTracesOfItems(db, [item])).map((row) => row.traceId)
  const { asOf, knownAt } = request
  const runs = (traces.length > 0 ? await loadCurrentRunFacts(db, traces) : []).filter(
    (run) => (!asOf || run.startedAt <= asOf) && (!knownAt || run.knownFrom <= knownAt),
  )
  if (!stored && runs.length === 0 && !situation) {
    throw new Problem('unknown_work_item', `"${workItemId}" is not among the work items of ${workflow} that I know.`, {
      nextStep: 'Check the id, or describe the situation in words.',
    })
  }
  const latest = runs.toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime()).at(-1)
  const attributes = sayAttributes({ ...latest?.workItemAttributes, ...stored?.attributes })
  const parts = [situation, attributes, latest?.decision, latest?.rules.join(' '), segmentWords].filter(Boolean)
  const story = latest ? tellSteps([...fullestByKey(await loadTraceSpans(db, [latest.traceId])).values()]) : null
  const seen = story ? [...story.lines, ...story.decisions.map((decision) => decision.rationale ?? '')] : []
  const documents = latest?.documents.map((document) => document.id) ?? []
  return { said: [workItemId, ...parts].join(', '), words: [...parts, ...documents, ...seen].join(' ') || workItemId }
}

async function toPrecedents(db: Db, hits: readonly MemoryHit[]): Promise<Precedent[]> {
  const idOf = (hit: MemoryHit, kind: 'override' | 'trace') =>
    hit.entry.sources.find((source) => source.kind === kind)?.id ?? ''
  const ofOverrides = hits.filter((hit) => hit.entry.kind === 'override')
  const keys = ofOverrides.map((hit) => ({ workflow: hit.entry.workflow ?? '', id: idOf(hit, 'override') }))
  const overrides = keys.length > 0 ? await loadOverrides(db, keys) : []
  const traces = hits.filter((hit) => hit.entry.kind === 'run').map((hit) => idOf(hit, 'trace'))
  const runs = traces.length > 0 ? await loadCurrentRunFacts(db, traces) : []
  return hits.map((hit) => {
    const { entry } = hit
    const override =
      entry.kind === 'override'
        ? overrides.find((row) => row.workflow === entry.workflow && row.id === idOf(hit, 'override'))
        : undefined
    const run = entry.kind === 'run' ? runs.find((row) => row.traceId === idOf(hit, 'trace')) : undefined
    return {
      id: entry.id,
      kind: entry.kind,
      workflow: entry.workflow,
      workItemId: entry.workItemId,
      title: entry.title,
      snippet: hit.snippet,
      score: hit.score,
      occurredAt: entry.occurredAt,
      proposed: override?.agentDecision ?? run?.decision ?? null,
      overruled: entry.kind === 'run' && entry.sources.some((source) => source.kind === 'override'),
      decided: override?.humanDecision ?? null,
      why: override?.reason ?? (entry.kind === 'run' ? null : entry.text),
      rule: entry.rule,
      decidedBy: entry.actor,
      outcome: entry.outcome,
      contradictedBy: [],
      sources: entry.sources,
    }
  })
}
