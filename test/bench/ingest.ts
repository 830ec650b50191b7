/**
 * `npm run bench:ingest -- --help`: how fast spans are committed, how soon they can be asked about, and whether each
 * arrived once. DATABASE_URL: on Postgres, compared with COPY into the same server.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { quantileOfSorted } from '../../src/analysis/why/statistics.ts'
import { type BenchServer, openBenchServer, type ServerUsage } from './bench-server.ts'
import { BENCH_WORKFLOW, type Load, makeLoad } from './ingest-load.ts'
import { measureCopy } from './measure-copy.ts'
import { createPoster } from './post-body.ts'

const USAGE = `usage: npm run bench:ingest -- [options]
  --traces N    agent runs to send, 2000 where nothing is said
  --spans N     spans of each, its root included: 10
  --clients N   that send at once: 16
  --batch N     spans of a request: 64; OpenTelemetry's batch processor sends every five seconds what there is, at most 512
  --rate N      spans a second, steadily; as fast as they are taken where nothing is said
  --seconds N   with --rate: how long, in place of --traces
  --warm N      agent runs that are sent and settled before, of which only the arrival is checked: 1000. A server runs for
                weeks; its first seconds, in which its code is compiled, tell of its start. 0 measures those too.
  --url URL     a server that runs already, with the key of DOCKET_KEY or of the data folder
DATABASE_URL: measure on that Postgres, and not on a new embedded database.`

const { values } = parseArgs({
  options: {
    traces: { type: 'string', default: '2000' },
    spans: { type: 'string', default: '10' },
    clients: { type: 'string', default: '16' },
    batch: { type: 'string', default: '64' },
    rate: { type: 'string' },
    seconds: { type: 'string' },
    warm: { type: 'string', default: '1000' },
    url: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(USAGE)
  process.exit(0)
}
const numbers = [values.traces, values.spans, values.clients, values.batch, values.rate ?? '1', values.seconds ?? '1']
const [givenTraces, spans, clients, batch, rate, seconds] = numbers.map(Number) as [
  number,
  number,
  number,
  number,
  number,
  number,
]
const isPaced = values.rate !== undefined
const isNumbers = numbers.every((text) => /^[1-9]\d*$/.test(text)) && /^\d+$/.test(values.warm)
if (!isNumbers || (values.seconds !== undefined && !isPaced)) {
  console.error(USAGE)
  process.exit(2)
}
const traces = values.seconds === undefined ? givenTraces : Math.ceil((rate * seconds) / spans)

const startedAt = new Date()
const mark = startedAt.getTime().toString(36)
const load = makeLoad({ traces, spans, batch, mark }, startedAt)
const warmLoad = makeLoad({ traces: Number(values.warm), spans, batch, mark: `warm-${mark}` }, startedAt)
/** Between the beginnings of two requests. */
const pace = isPaced ? (traces * spans * 1000) / rate / load.bodies.length : 0
const server = await openBenchServer(values.url)
try {
  const atStart = await server.usage()
  await sendAll(server, warmLoad.bodies, { clients, pace: 0 })
  const warmed = await settle(server, warmLoad)
  await server.forgetPeak()
  const before = await server.usage()
  const sent = await sendAll(server, load.bodies, { clients, pace })
  const during = await server.usage()
  const settled = await settle(server, load)
  const after = await server.usage()
  await server.stop()
  const copyRows = await copyRowsASecond(load.bodies, values.url !== undefined)
  const spansPerSecond = (traces * spans) / sent.seconds
  console.log(
    JSON.stringify({
      spans: traces * spans,
      spansPerRequest: Math.round((traces * spans) / load.bodies.length),
      spansPerSecond: Math.round(spansPerSecond),
      ackP50Ms: round(quantileOfSorted(sent.acknowledgements, 0.5), 1),
      ackP95Ms: round(quantileOfSorted(sent.acknowledgements, 0.95), 1),
      settledSeconds: round(settled.seconds, 2),
      copyRatio: copyRows === null ? null : round(spansPerSecond / copyRows, 3),
      lost: settled.lost + warmed.lost,
      doubled: settled.doubled + warmed.doubled,
      copyRowsPerSecond: copyRows === null ? null : Math.round(copyRows),
      serverMicrosecondsPerSpan: microsecondsPerSpan(before, during),
      startMemoryMb: mebibytes(atStart?.now),
      warmMemoryMb: mebibytes(before?.now),
      sendingPeakMemoryMb: mebibytes(during?.peak),
      peakMemoryMb: mebibytes(after?.peak),
    }),
  )
} catch (error) {
  await server.stop()
  throw error
}

/** `pace`: milliseconds between the beginnings of two requests; a request that could not begin in time counts as waiting. */
async function sendAll(
  { url, key }: BenchServer,
  bodies: readonly Buffer[],
  { clients: clientCount, pace: between }: { clients: number; pace: number },
) {
  const times: number[] = []
  let next = 0
  const post = createPoster(`${url}/v1/traces`, {
    'content-type': 'application/x-protobuf',
    authorization: `Bearer ${key}`,
  })
  const begun = performance.now()
  const send = async () => {
    for (let place = next++; place < bodies.length; place = next++) {
      const body = bodies[place]!
      const due = begun + place * between
      if (due > performance.now()) await pause(due - performance.now())
      const sentAt = between > 0 ? due : performance.now()
      for (;;) {
        const { status, bytes, retryAfter } = await post(body)
        if (status === 200 && bytes === 0) break
        if (status !== 503 && status !== 429) throw new Error(`the server answered ${status}`)
        await pause(retryAfter * 1000)
      }
      times.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: clientCount }, send))
  return { seconds: (performance.now() - begun) / 1000, acknowledgements: Float64Array.from(times).sort() }
}

/** Waits until the last traces can be asked about, then asks about every one; what is not there after a minute is lost. */
async function settle(from: BenchServer, { expected }: Load) {
  const begun = performance.now()
  const elapsed = () => (performance.now() - begun) / 1000
  let waiting = [...expected.keys()]
  const doubled = new Set<string>()
  const check = async (ids: readonly string[]): Promise<string[]> => {
    const open: string[] = []
    for (const id of ids) {
      const state = await compareItem(from, id, expected.get(id)!)
      if (state === 'doubled') doubled.add(id)
      if (state === 'missing') open.push(id)
    }
    return open
  }
  let last = waiting.slice(-20)
  while (last.length > 0 && elapsed() < 60) {
    last = await check(last)
    if (last.length > 0) await pause(50)
  }
  let seconds = elapsed()
  while (waiting.length > 0 && elapsed() < 120 + expected.size / 100) {
    const before = waiting.length
    waiting = await check(waiting)
    if (waiting.length > 0) {
      seconds = elapsed()
      if (waiting.length === before) await pause(200)
    }
  }
  return { seconds, lost: waiting.length, doubled: doubled.size }
}

async function compareItem(
  { url, key }: BenchServer,
  id: string,
  want: { inputTokens: number; outputTokens: number; calls: number },
) {
  const reply = await fetch(`${url}/api/work-items/${BENCH_WORKFLOW}/${id}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  if (reply.status === 404) {
    await reply.arrayBuffer()
    return 'missing'
  }
  if (!reply.ok) throw new Error(`the server answered ${reply.status}: ${await reply.text()}`)
  const item = (await reply.json()) as { usage: typeof want; runs: unknown[] }
  if (item.runs.length > 1 || item.usage.calls > want.calls || item.usage.inputTokens > want.inputTokens)
    return 'doubled'
  const isWhole =
    item.usage.calls === want.calls &&
    (want.calls === 0 || (item.usage.inputTokens === want.inputTokens && item.usage.outputTokens === want.outputTokens))
  return isWhole ? 'whole' : 'missing'
}

/** Null where the server is elsewhere and its database is not known. */
async function copyRowsASecond(bodies: readonly Buffer[], isElsewhere: boolean): Promise<number | null> {
  const { DATABASE_URL } = process.env
  if (DATABASE_URL) return measureCopy(bodies, { url: DATABASE_URL })
  if (isElsewhere) return null
  const folder = await mkdtemp(join(tmpdir(), 'docket-bench-copy-'))
  try {
    return await measureCopy(bodies, { folder })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Processor time of the server while it was sent to, facts that it made meanwhile included: says more than seconds where others use the machine. */
function microsecondsPerSpan(before: ServerUsage | null, after: ServerUsage | null): number | null {
  if (!before || !after) return null
  return round(((after.processorSeconds - before.processorSeconds) * 1e6) / (traces * spans), 1)
}

function mebibytes(bytes: number | undefined): number | null {
  return bytes === undefined ? null : Math.round(bytes / 1024 ** 2)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds))
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
