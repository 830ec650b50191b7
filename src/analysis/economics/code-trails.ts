import { detailOf } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { scratch } from '../../domain/scratch.ts'
import { eachDay } from './each-day.ts'

/** A step and the model that it ran on. */
export interface StepOnModel {
  step: string
  model: string
}

/** The steps of items' first runs that ran on one model, in order: few trails are taken by many items. */
export interface CodedTrails {
  /** By item, into `trails`. */
  codes: Uint32Array
  trails: readonly StepOnModel[][]
}

interface Trail {
  code: number
  next: Map<number, Trail>
  /** The one that was followed last, and how it goes on: most often the next item goes there too. */
  lastPair: number
  last: Trail | null
}

/** Items without a run have the empty trail. */
export function codeTrails(items: ItemList): CodedTrails {
  const trails: StepOnModel[][] = [[]]
  const start = newTrail(0)
  const pairs = createPairs()
  const codes = scratch(Uint32Array, items.length)
  const follow = (trail: Trail, pair: number): Trail => {
    if (trail.last !== null && trail.lastPair === pair) return trail.last
    let next = trail.next.get(pair)
    if (!next) {
      next = newTrail(trails.push([...trails[trail.code]!, pairs.list[pair]!]) - 1)
      trail.next.set(pair, next)
    }
    trail.lastPair = pair
    trail.last = next
    return next
  }
  eachDay(items, {
    rows(rows, from, to, reading) {
      const { run: starts, code, name, names, model, models } = detailOf(reading, 'steps').columns
      const { run } = reading.figures
      const pairOf = new Int32Array(name.length).fill(-1)
      for (let place = from; place < to; place++) {
        const row = rows[place]!
        const first = run[row]!
        if (first === run[row + 1]) continue
        let trail = start
        for (let index = starts[first]!; index < starts[first + 1]!; index++) {
          const own = code[index]!
          if (model[own] === 0) continue
          if (pairOf[own] === -1) pairOf[own] = pairs.codeOf(names[name[own]! - 1]!, models[model[own]! - 1]!)
          trail = follow(trail, pairOf[own]!)
        }
        codes[place] = trail.code
      }
    },
    fact({ runs: [first] }, place) {
      let trail = start
      for (const { name, model } of first?.steps ?? []) {
        if (model !== null) trail = follow(trail, pairs.codeOf(name, model))
      }
      codes[place] = trail.code
    },
  })
  return { codes, trails }
}

function newTrail(code: number): Trail {
  return { code, next: new Map(), lastPair: -1, last: null }
}

function createPairs() {
  const list: StepOnModel[] = []
  const byStep = new Map<string, Map<string, number>>()
  return {
    list,
    codeOf(step: string, model: string): number {
      const models = byStep.get(step) ?? new Map<string, number>()
      byStep.set(step, models)
      const known = models.get(model)
      if (known !== undefined) return known
      models.set(model, list.length)
      return list.push({ step, model }) - 1
    },
  }
}
