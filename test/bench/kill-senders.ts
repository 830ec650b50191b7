import type { RandomSource } from '../../src/analysis/why/seeded-random.ts'
import { type Amounts, addAmounts, type KillItem, type KillRequest, makeKillItem, NOTHING } from './kill-load.ts'

/** What must be there of an item, and what may be: a sender gave up on the rest without learning what became of it. */
export interface SentItem {
  id: string
  acknowledged: Amounts
  possible: Amounts
}

export interface Sending {
  items: SentItem[]
  requests: { acknowledged: number; repeated: number; givenUp: number }
  /** Answers that no sender should get: neither a success nor "try again later". */
  refusals: string[]
}

export interface Senders {
  /** No new item is begun; resolves when what was begun is acknowledged or given up. */
  finish(): Promise<Sending>
}

/** Of ten senders that hear nothing, one gives up. */
const GIVING_UP = 0.1
const PAUSE_MILLISECONDS = 150

/** Clients that send item after item, and repeat what was not acknowledged, as OpenTelemetry's do. */
export function startSenders(
  server: { url: string; key: string },
  { clients, mark, random, pause: between }: { clients: number; mark: string; random: RandomSource; pause: number },
): Senders {
  const sending: Sending = {
    items: [],
    requests: { acknowledged: 0, repeated: 0, givenUp: 0 },
    refusals: [],
  }
  let next = 0
  let isFinishing = false
  const client = async () => {
    while (!isFinishing) {
      sending.items.push(await sendItem(makeKillItem(next++, mark)))
      await pause(between)
    }
  }
  const sendItem = async ({ id, requests }: KillItem): Promise<SentItem> => {
    const sent: SentItem = { id, acknowledged: NOTHING, possible: NOTHING }
    for (const request of requests) {
      sent.possible = addAmounts(sent.possible, request.adds)
      if (!(await sendUntilHeard(request))) return sent
      sent.acknowledged = addAmounts(sent.acknowledged, request.adds)
    }
    return sent
  }
  /** False where the sender gave up. */
  const sendUntilHeard = async (request: KillRequest): Promise<boolean> => {
    for (;;) {
      const answer = await send(server, request)
      if (answer === 'acknowledged') {
        sending.requests.acknowledged += 1
        return true
      }
      if (answer !== 'unheard' && answer !== 'later') sending.refusals.push(answer)
      if (answer !== 'later' && random() < GIVING_UP) {
        sending.requests.givenUp += 1
        return false
      }
      sending.requests.repeated += 1
      await pause(PAUSE_MILLISECONDS)
    }
  }
  const all = Promise.all(Array.from({ length: clients }, client))
  return {
    finish: async () => {
      isFinishing = true
      await all
      return sending
    },
  }
}

/** `unheard`: nothing says whether it arrived. Any other text: the answer, which should not have come. */
async function send(
  { url, key }: { url: string; key: string },
  { path, contentType, body }: KillRequest,
): Promise<'acknowledged' | 'unheard' | 'later' | string> {
  let reply: Response
  let answer: Buffer
  try {
    const headers = { 'content-type': contentType, authorization: `Bearer ${key}` }
    reply = await fetch(url + path, { method: 'POST', headers, body })
    answer = Buffer.from(await reply.arrayBuffer())
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string }
    return code === 'ECONNREFUSED' ? 'later' : 'unheard'
  }
  if (reply.status === 503 || reply.status === 429) return 'later'
  const isWhole = contentType === 'application/json' ? isReceived(answer) : answer.byteLength === 0
  return reply.status === 200 && isWhole
    ? 'acknowledged'
    : `${path}: ${reply.status} ${answer.toString('utf8', 0, 300)}`
}

function isReceived(answer: Buffer): boolean {
  const { accepted, duplicates } = JSON.parse(answer.toString()) as { accepted: number; duplicates: number }
  return accepted + duplicates === 1
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds))
}
