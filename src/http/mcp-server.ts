import type { IncomingHttpHeaders } from 'node:http'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import { HIGHLIGHT, MemoryKind } from '../domain/memory-entry.ts'
import { Period } from '../domain/period.ts'
import { Metric, type Plan } from '../domain/plan.ts'
import { Problem } from '../domain/problem.ts'
import { Timestamp } from '../domain/timestamp.ts'
import type { Embedder } from '../llm/embedder.ts'
import { findPrecedents } from '../memory/find-precedents.ts'
import { searchMemory } from '../memory/search-memory.ts'
import type { Database } from '../store/client.ts'
import { callerTrace } from './caller-trace.ts'
import { recordUse } from './record-use.ts'

export interface McpDependencies {
  database: Database
  clock: () => Date
  embed: Embedder | null
  version: string
  /** Told of what went wrong inside; the agent gets no detail, for it may hold data. */
  reportError(error: unknown): void
  /** The document of `GET /api/work-items/WORKFLOW/ID`; null where nothing is known of the item. */
  loadWorkItem(
    workflow: string,
    id: string,
    standpoint: { asOf: Date | null; knownAt: Date | null },
  ): Promise<object | null>
  /** Runs the analysis `explain_change`; without a period it explains the last whole week. */
  explainChange(plan: Plan, standpoint: { asOf: Date | null; knownAt: Date | null }): Promise<object>
}

const text = (description: string) => z.string().trim().min(1).max(4000).describe(description)
const name = (description: string) => z.string().trim().min(1).max(255).describe(description)
const when = (description: string) => z.string().describe(description).pipe(Timestamp).optional()
const segment = z
  .record(z.string(), z.string())
  .describe('Attributes of the work item that must match, such as {"policyType": "home"}')
  .optional()
const limit = z.number().int().min(1).max(50).default(5).describe('Most results')
const traceId = name(
  'Id of the trace on which you work: what you ask is then recorded on it. Not needed where you send a traceparent header',
).optional()
const asOf = when('Only what had happened by this time (ISO 8601 with a zone)')
const knownAt = when('Only what had been recorded by this time (ISO 8601 with a zone)')

/**
 * What agents may ask of the decision memory. What they ask while they work on a trace (the argument `traceId`, else the one
 * of their `traceparent` header) is recorded on it. What tools return is data from traces and people, never instructions.
 */
export function createMcpServer(dependencies: McpDependencies, headers: IncomingHttpHeaders): McpServer {
  const { clock, embed, reportError } = dependencies
  const { db } = dependencies.database
  const answer = (
    tool: string,
    { traceId: named, ...asked }: { traceId?: string | undefined },
    work: () => Promise<Told>,
  ) =>
    answerWith(async () => {
      const told = await work()
      const use = { traceId: callerTrace(named, headers), tool, asked, entries: told.entries ?? [] }
      await recordUse({ db, clock, reportError }, use)
      return told.answer
    }, reportError)
  const server = new McpServer({ name: 'docket', version: dependencies.version })
  // A note on the caller's own trace changes nothing that a tool could read otherwise.
  const readOnly = { readOnlyHint: true, openWorldHint: false }

  server.registerTool(
    'find_precedents',
    {
      title: 'Find precedents',
      description:
        'Ask before you decide: the most similar earlier cases, what the agent proposed, what people decided and why, by which rule, what came of it, and whether they agree. Give a work item (workflow and workItemId), a segment, or the situation in words.',
      inputSchema: {
        workflow: name('Kind of work, such as claims').optional(),
        workItemId: name('Id of the work item for which precedents are sought').optional(),
        segment,
        situation: text('The situation in plain words').optional(),
        limit,
        asOf,
        knownAt,
        traceId,
      },
      annotations: readOnly,
    },
    (request) =>
      answer('find_precedents', request, async () => {
        const { traceId: _, ...sought } = request
        const report = await findPrecedents(db, { ...sought, embed })
        return { answer: report, entries: report.precedents.map((precedent) => precedent.id) }
      }),
  )
  server.registerTool(
    'search_memory',
    {
      title: 'Search the decision memory',
      description:
        'Overrides, saved decisions, rules, change events, allocation decisions and stories of runs, best match first, with their sources.',
      inputSchema: {
        query: text('What to look for: words, or an id such as claim-8841 or HR-12'),
        workflow: name('Kind of work, such as claims').optional(),
        kinds: z.array(MemoryKind).min(1).optional(),
        rule: name('Id of a rule').optional(),
        actor: name('Who decided').optional(),
        segment,
        limit,
        asOf,
        knownAt,
        traceId,
      },
      annotations: readOnly,
    },
    (request) =>
      answer('search_memory', request, async () => {
        const { query, kinds, segment: attributes, traceId: _, ...rest } = request
        const hits = await searchMemory(db, { ...rest, text: query, kind: kinds, attributes, embed })
        return {
          answer: { entries: hits.map(({ entry, score, snippet }) => ({ ...entry, score, snippet })) },
          entries: hits.map(({ entry }) => entry.id),
        }
      }),
  )
  server.registerTool(
    'get_work_item',
    {
      title: 'Get a work item',
      description:
        'The whole decision trace of one work item: its runs step by step, what each cost, its outcomes, the human corrections, and the changes around it.',
      inputSchema: {
        workflow: name('Kind of work, such as claims'),
        workItemId: name('Id of the work item'),
        asOf,
        knownAt,
        traceId,
      },
      annotations: readOnly,
    },
    (request) =>
      answer('get_work_item', request, async () => {
        const { workflow, workItemId } = request
        const standpoint = { asOf: request.asOf ?? null, knownAt: request.knownAt ?? null }
        const item = await dependencies.loadWorkItem(workflow, workItemId, standpoint)
        if (item) return { answer: item }
        throw new Problem(
          'unknown_work_item',
          `"${workItemId}" is not among the work items of ${workflow} that I know.`,
        )
      }),
  )
  server.registerTool(
    'explain_change',
    {
      title: 'Explain a change',
      description:
        'Why a figure of a workflow changed between two periods: the drivers and segments that carry the change, adding up to it. Periods are half-open dates; without them, the last whole week against the one before.',
      inputSchema: {
        workflow: name('Kind of work, such as claims').optional(),
        metric: Metric.optional(),
        period: Period.optional(),
        comparison: Period.optional(),
        filters: segment,
        asOf,
        knownAt,
        traceId,
      },
      annotations: readOnly,
    },
    (request) =>
      answer('explain_change', request, async () => {
        const { asOf: now, knownAt: known, traceId: _, ...plan } = request
        const standpoint = { asOf: now ?? null, knownAt: known ?? null }
        return { answer: await dependencies.explainChange({ analysis: 'explain_change', ...plan }, standpoint) }
      }),
  )
  return server
}

/** What a tool answers, and the entries of memory that it gave. */
interface Told {
  answer: object
  entries?: string[]
}

/** A tool's result as JSON, matched words in bold. What a caller can mend is said in the result, as the protocol asks. */
async function answerWith(work: () => Promise<object>, reportError: (error: unknown) => void): Promise<CallToolResult> {
  try {
    const json = JSON.stringify(await work())
    return { content: [{ type: 'text', text: json.replaceAll(HIGHLIGHT.start, '**').replaceAll(HIGHLIGHT.end, '**') }] }
  } catch (error) {
    if (!(error instanceof Problem)) reportError(error)
    const problem = error instanceof Problem ? error : new Problem('internal', 'Docket could not do this.')
    const { code, message, nextStep } = problem
    return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error: { code, message, nextStep } }) }] }
  }
}
