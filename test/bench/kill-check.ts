import { setTimeout as pause } from 'node:timers/promises'
import { type Amounts, CORRECTION_RATE, KILL_WORKFLOW } from './kill-load.ts'
import type { SentItem } from './kill-senders.ts'

export interface CheckedItems {
  /** Items that lack something acknowledged. */
  lost: string[]
  /** Items that have something more than once. */
  doubled: string[]
  /** From the last kill until every item was as it should be, or was given up. */
  settledSeconds: number
}

interface Server {
  url: string
  key: string
}

/** Asks for every item until each has all that was acknowledged; what is not there after five minutes is lost. */
export async function checkItems(server: Server, items: readonly SentItem[]): Promise<CheckedItems> {
  const begun = performance.now()
  const elapsed = () => (performance.now() - begun) / 1000
  const doubled = new Set<string>()
  let waiting = [...items]
  while (waiting.length > 0 && elapsed() < 300) {
    const still: SentItem[] = []
    for (const item of waiting) {
      const found = await readItem(server, item.id)
      if (found && exceeds(found, item.possible)) doubled.add(item.id)
      else if (!found ? item.acknowledged.runs + item.acknowledged.outcomes > 0 : exceeds(item.acknowledged, found))
        still.push(item)
    }
    if (still.length === waiting.length) await pause(300)
    waiting = still
  }
  return { lost: waiting.map((item) => item.id), doubled: [...doubled], settledSeconds: elapsed() }
}

const exceeds = (a: Amounts, b: Amounts): boolean =>
  (Object.keys(a) as (keyof Amounts)[]).some((key) => a[key] > b[key])

interface Item {
  cost: { correctionsUsd: number | null; runsUsd: number | null }
  usage: { calls: number; inputTokens: number | null; outputTokens: number | null }
  runs: unknown[]
  outcomes: unknown[]
  overrides: unknown[]
}

async function readItem({ url, key }: Server, id: string): Promise<Amounts | null> {
  const reply = await fetch(`${url}/api/work-items/${KILL_WORKFLOW}/${id}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  if (reply.status === 404) {
    await reply.arrayBuffer()
    return null
  }
  if (!reply.ok) throw new Error(`the server answered ${reply.status}: ${await reply.text()}`)
  const { cost, usage, runs, outcomes, overrides } = (await reply.json()) as Item
  return {
    runs: runs.length,
    calls: usage.calls,
    inputTokens: usage.inputTokens ?? 0,
    outputTokens: usage.outputTokens ?? 0,
    modelMicros: Math.round((cost.runsUsd ?? 0) * 1e6),
    outcomes: outcomes.length,
    overrides: overrides.length,
    correctionMinutes: Math.round(((cost.correctionsUsd ?? 0) / CORRECTION_RATE) * 60),
  }
}
