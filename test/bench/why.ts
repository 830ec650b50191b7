/** `npm run bench:why -- DIR`: exact-match precision, recall and F1 of the localisation, and its time a case. */
import { localise } from '../../src/analysis/why/localise.ts'
import { formatSegment } from '../../src/analysis/why/segment.ts'
import { quantileOfSorted } from '../../src/analysis/why/statistics.ts'
import { canonicalCause, listWhyCases } from './why-cases.ts'

const directory = process.argv[2]
if (directory === undefined) {
  console.error('usage: npm run bench:why -- DIR')
  process.exit(2)
}

let right = 0
let wrong = 0
let missed = 0
const times: number[] = []
const cases = listWhyCases(directory)
for (const { name, expected, load } of cases) {
  const data = load()
  const startedAt = performance.now()
  const found = localise(data).segments.map(formatSegment)
  const ms = performance.now() - startedAt
  times.push(ms)
  const planted = new Set(expected.map(canonicalCause))
  const hits = found.filter((cause) => planted.has(canonicalCause(cause))).length
  right += hits
  wrong += found.length - hits
  missed += planted.size - hits
  console.log(JSON.stringify({ case: name, found, ms: round(ms, 1) }))
}

const sortedTimes = Float64Array.from(times).sort()
console.log(
  JSON.stringify({
    cases: cases.length,
    precision: ratio(right, right + wrong),
    recall: ratio(right, right + missed),
    f1: ratio(2 * right, 2 * right + wrong + missed),
    p50Ms: times.length === 0 ? null : round(quantileOfSorted(sortedTimes, 0.5), 1),
    p95Ms: times.length === 0 ? null : round(quantileOfSorted(sortedTimes, 0.95), 1),
  }),
)

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : round(part / whole, 4)
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
