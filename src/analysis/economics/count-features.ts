import { type DayReading, detailOf } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { RunFact } from '../../domain/facts.ts'
import { eachDay } from './each-day.ts'
import type { SegmentNamer } from './name-segments.ts'
import { RESOLVED } from './read-cohort.ts'
import type { Share } from './statistics/newcombe-interval.ts'

/** The items of one segment, and those of them that have each feature that any of them has. Successes are resolved items. */
export interface SegmentFeatures {
  whole: Share
  having: Map<string, Share>
}

/**
 * Counts, in each segment, items and what the attempt that their outcome rests on (the last) consisted of: steps by name,
 * documents that were retrieved (used ones where it is known), tools that are no step of that name; each once an item, as
 * `step:` and so on with its name. Segments in order of first appearance. Every item has a run.
 */
export function countFeatures(items: ItemList, segments: SegmentNamer): SegmentFeatures[] {
  const features = new Map<string, SegmentFeatures>()
  const segmentNamed = (name: string): SegmentFeatures => {
    let segment = features.get(name)
    if (!segment) {
      segment = { whole: { successes: 0, total: 0 }, having: new Map() }
      features.set(name, segment)
    }
    return segment
  }
  eachDay(items, {
    rows(rows, from, to, reading) {
      const { run, status } = reading.figures
      const { names, featuresOf } = createDayReader(reading)
      const segmentOf = segments.onDay(reading)
      const counts = new Map<string, DayCounts>()
      for (let place = from; place < to; place++) {
        const row = rows[place]!
        const name = segmentOf(row)
        let count = counts.get(name)
        if (!count) {
          count = new DayCounts(names.length)
          counts.set(name, count)
        }
        count.add(featuresOf(run[row + 1]! - 1), status[row] === RESOLVED ? 1 : 0)
      }
      for (const [name, count] of counts) count.addTo(segmentNamed(name), names)
    },
    fact(item) {
      const segment = segmentNamed(segments.of(item))
      const one = { successes: item.status === 'resolved' ? 1 : 0, total: 1 }
      addShare(segment.whole, one)
      for (const feature of featuresOfRun(item.runs.at(-1)!)) addFeature(segment, feature, one)
    },
  })
  return [...features.values()]
}

function featuresOfRun({ steps, documents, tools }: RunFact): Set<string> {
  const names = new Set(steps.map((step) => step.name))
  return new Set([
    ...[...names].map((name) => `step:${name}`),
    ...documents.filter((document) => document.used !== false).map((document) => `document:${document.id}`),
    ...tools.filter((tool) => !names.has(tool)).map((tool) => `tool:${tool}`),
  ])
}

/** Features that have been read, the first so many of them. */
interface ReadFeatures {
  codes: Uint32Array
  length: number
}

/** Features of a day's runs as codes into `names`: steps, then documents, then tools. Good until the next run is asked for. */
function createDayReader(reading: DayReading): { names: string[]; featuresOf(run: number): ReadFeatures } {
  const { columns: steps } = detailOf(reading, 'steps')
  const { columns: documents } = detailOf(reading, 'documents')
  const { lists, list } = detailOf(reading, 'tools')
  const [firstDocument, firstTool] = [steps.names.length, steps.names.length + documents.ids.length]
  const tools = [...new Set(lists.flat())]
  const stepNamed = new Map(steps.names.map((name, code) => [name, code]))
  /** By list: each tool, and the step of that name, which it must not be; −1: there is none. */
  const toolsOf = lists.map((names) =>
    names.map((name) => ({ tool: firstTool + tools.indexOf(name), step: stepNamed.get(name) ?? -1 })),
  )
  const names = [
    ...steps.names.map((name) => `step:${name}`),
    ...documents.ids.map((id) => `document:${id}`),
    ...tools.map((name) => `tool:${name}`),
  ]
  const read: ReadFeatures = { codes: new Uint32Array(names.length), length: 0 }
  /** By feature: one more than the last run that was seen to have it. */
  const seen = new Uint32Array(names.length)
  const add = (code: number, stamp: number): void => {
    if (seen[code] === stamp) return
    seen[code] = stamp
    read.codes[read.length++] = code
  }
  return {
    names,
    featuresOf(run) {
      const stamp = run + 1
      read.length = 0
      for (let index = steps.run[run]!; index < steps.run[run + 1]!; index++)
        add(steps.name[steps.code[index]!]! - 1, stamp)
      for (let index = documents.run[run]!; index < documents.run[run + 1]!; index++) {
        if (nullableAt(documents.used, index) !== 0) add(firstDocument + documents.id[index]! - 1, stamp)
      }
      for (const { tool, step } of toolsOf[list[run]! - 1]!) if (step < 0 || seen[step] !== stamp) add(tool, stamp)
      return read
    },
  }
}

/** The items of one segment on one packed day, by the day's codes of features. */
class DayCounts {
  readonly whole: Share = { successes: 0, total: 0 }
  readonly #successes: Uint32Array
  readonly #totals: Uint32Array

  constructor(features: number) {
    this.#successes = new Uint32Array(features)
    this.#totals = new Uint32Array(features)
  }

  add({ codes, length }: ReadFeatures, success: number): void {
    this.whole.total++
    this.whole.successes += success
    for (let index = 0; index < length; index++) {
      this.#totals[codes[index]!]!++
      this.#successes[codes[index]!]! += success
    }
  }

  addTo(segment: SegmentFeatures, names: readonly string[]): void {
    addShare(segment.whole, this.whole)
    for (const [code, name] of names.entries()) {
      if (this.#totals[code] === 0) continue
      addFeature(segment, name, { successes: this.#successes[code]!, total: this.#totals[code]! })
    }
  }
}

function addFeature({ having }: SegmentFeatures, feature: string, part: Share): void {
  const share = having.get(feature)
  if (share) addShare(share, part)
  else having.set(feature, { ...part })
}

function addShare(sum: Share, part: Share): void {
  sum.total += part.total
  sum.successes += part.successes
}
