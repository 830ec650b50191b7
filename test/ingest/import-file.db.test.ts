import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'drizzle-orm'
import { countTokens } from 'gpt-tokenizer/model/gpt-4o'
import { expect, it } from 'vitest'
import { importInto } from '../../src/ingest/create-import-receiver.ts'
import { importFile } from '../../src/ingest/import-file.ts'
import { selectRows } from '../../src/store/client.ts'
import { outcomes } from '../../src/store/schema/events.ts'
import { describeWithDatabase } from '../support/database.ts'
import { storedSpans } from '../support/stored-spans.ts'

const AIRLINE = resolve(import.meta.dirname, '../../../shared/data/airline-support/gpt-4o-airline.json')
const NOW = new Date('2026-11-20T12:00:00Z')

async function fileOf(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'docket-import-')), 'file.json')
  await writeFile(path, text)
  return path
}

const RUN = {
  task_id: 12,
  trial: 0,
  reward: 1,
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Where is my bag? Mail me: ann@example.com' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'find_bag', arguments: '{"tag":"HAT1"}' } }],
    },
    { role: 'tool', tool_call_id: 'c1', name: 'find_bag', content: 'Error: no such tag' },
    { role: 'assistant', content: 'I could not find it.' },
  ],
}

describeWithDatabase('importing files', (database) => {
  const load = (path: string, options = {}) =>
    importFile(
      importInto(database().db, () => new Date('2026-11-23T09:00:00Z')),
      {
        path,
        workflow: 'airline',
        model: 'gpt-4o',
        start: '2024-10-07',
        clock: () => NOW,
        ...options,
      },
    )

  it('makes a model call of each assistant message and a tool span of each call', async () => {
    const summary = await load(await fileOf(JSON.stringify([RUN])))
    expect(summary).toMatchObject({ format: 'transcripts', read: 1, total: 1, accepted: 1, rejected: 0 })
    const rows = await storedSpans(database().db)
    expect(rows.map((row) => [row.spanId, row.kind, row.name, row.status])).toEqual([
      ['3', 'llm', 'assistant', 'ok'],
      ['3.1', 'tool', 'find_bag', 'error'],
      ['5', 'llm', 'assistant', 'ok'],
      ['docket:run', 'workflow', 'airline', 'ok'],
    ])
    const tokens = (text: string) => countTokens(text)
    const system = 3 + tokens('system') + tokens('Be brief.')
    const user = 3 + tokens('user') + tokens('Where is my bag? Mail me: ann@example.com')
    const call = tokens('find_bag') + tokens('{"tag":"HAT1"}')
    const result = 3 + tokens('tool') + tokens('find_bag') + tokens('Error: no such tag')
    expect(rows[0]).toMatchObject({
      usage: { inputTokens: system + user + 3, outputTokens: call },
      usageEstimated: true,
    })
    expect(rows[2]).toMatchObject({
      usage: {
        inputTokens: system + user + 3 + tokens('assistant') + call + result + 3,
        outputTokens: tokens('I could not find it.'),
      },
    })
    expect(rows[0]!.input).toContain('[email]')
    expect(rows[0]!.context.workItemId).toBeUndefined()
    expect(rows[3]!.context).toMatchObject({
      workflow: 'airline',
      workItemId: 'task-12-1',
      workItemAttributes: { request: 'task-12' },
    })
  })

  it('lays repeats in their weeks and keeps attempts at one item', async () => {
    const runs = [RUN, { ...RUN, trial: 1 }, { ...RUN, trial: 2, reward: 0 }]
    await load(await fileOf(runs.map((run) => JSON.stringify(run)).join('\n')))
    const rows = await database().db.select().from(outcomes).orderBy(outcomes.workItemId)
    expect(rows.map((row) => [row.workItemId, row.status])).toEqual([
      ['task-12-1', 'resolved'],
      ['task-12-2', 'resolved'],
      ['task-12-3', 'failed'],
    ])
    const [first, second] = rows.map((row) => row.occurredAt.getTime())
    expect(second! - first!).toBe(7 * 86_400_000)
    const { trial: _trial, ...single } = RUN
    await load(
      await fileOf(
        JSON.stringify([
          { ...single, attempt: 1, reward: 0 },
          { ...single, attempt: 2 },
        ]),
      ),
    )
    const stored = await storedSpans(database().db)
    expect(stored.filter((span) => span.synthetic && span.context.workItemId === 'task-12')).toHaveLength(2)
  })

  it("keeps a work item's own id as it is, a number too", async () => {
    const { task_id: _task, trial: _trial, ...run } = RUN
    await load(await fileOf(JSON.stringify({ ...run, workItemId: '8841' })))
    const [outcome] = await database().db.select().from(outcomes)
    expect(outcome?.workItemId).toBe('8841')
  })

  it('adds nothing when it is run again, and names what it cannot read', async () => {
    const path = await fileOf(
      `${JSON.stringify(RUN)}\nnonsense\n{"messages": []}\n${JSON.stringify({ ...RUN, trial: 1 })}`,
    )
    expect(await load(path)).toMatchObject({ read: 4, accepted: 2, duplicates: 0, rejected: 2 })
    const again = await load(path)
    expect(again).toMatchObject({ accepted: 0, duplicates: 2 })
    expect(again.problems.map((problem) => problem.index)).toEqual([1, 2])
    await expect(load('/nowhere/at/all.json')).rejects.toThrow('Cannot read')
  })

  it('takes traces and outcomes too', async () => {
    const trace = { traceId: 'a', startedAt: '2026-11-17T09:00:00Z', steps: [] }
    expect(await load(await fileOf(JSON.stringify(trace)))).toMatchObject({ format: 'traces', accepted: 1 })
    const outcome = { workItemId: 'a', status: 'resolved', occurredAt: '2026-11-17T09:00:00Z' }
    expect(await load(await fileOf(JSON.stringify([outcome])))).toMatchObject({ format: 'outcomes', accepted: 1 })
  })

  it.skipIf(!existsSync(AIRLINE))('loads the airline runs as they are in the file', async () => {
    const summary = await load(AIRLINE)
    expect(summary).toMatchObject({ read: 200, accepted: 200, duplicates: 0, rejected: 0 })
    const [found] = await selectRows<Record<string, number>>(
      database().db,
      sql`select count(*) filter (where status = 'resolved')::float8 as resolved,
            count(distinct work_item_id)::float8 as items
          from outcomes`,
    )
    expect(found).toEqual({ resolved: 84, items: 200 })
    const stored = await storedSpans(database().db)
    const sum = (field: 'inputTokens' | 'outputTokens') =>
      stored.reduce((total, span) => total + (span.usage?.[field] ?? 0), 0)
    expect({
      calls: stored.filter((span) => span.kind === 'llm').length,
      tools: stored.filter((span) => span.kind === 'tool').length,
      input: sum('inputTokens'),
      output: sum('outputTokens'),
    }).toEqual(countAgain())
    const whole = stored.filter((span) => span.synthetic)
    expect(new Set(whole.map((span) => span.context.workItemAttributes?.request)).size).toBe(50)
    expect(whole.every((span) => span.startedAt >= new Date('2024-10-07'))).toBe(true)
    expect(stored.every((span) => span.endedAt !== null && span.endedAt < new Date('2024-11-02'))).toBe(true)
    expect(await load(AIRLINE)).toMatchObject({ accepted: 0, duplicates: 200 })
  })
})

/** The same sums straight from the file, by the rule in count-tokens.ts. */
function countAgain() {
  const runs: {
    traj: {
      role: string
      name?: string
      content: string | null
      tool_calls?: { function: { name: string; arguments: string } }[]
    }[]
  }[] = JSON.parse(readFileSync(AIRLINE, 'utf8'))
  const totals = { calls: 0, tools: 0, input: 0, output: 0 }
  for (const { traj } of runs) {
    let before = 0
    for (const message of traj) {
      const calls = message.tool_calls ?? []
      const written =
        countTokens(message.content ?? '') +
        calls.reduce((sum, { function: fn }) => sum + countTokens(fn.name) + countTokens(fn.arguments), 0)
      if (message.role === 'assistant') {
        totals.calls += 1
        totals.tools += calls.length
        totals.input += before + 3
        totals.output += written
      }
      before += 3 + countTokens(message.role) + (message.name ? countTokens(message.name) : 0) + written
    }
  }
  return totals
}
