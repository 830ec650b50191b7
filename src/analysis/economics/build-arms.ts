import { scratch } from '../../domain/scratch.ts'
import { type CodedTrails, codeTrails } from './code-trails.ts'
import { readFirstModels } from './first-runs.ts'
import { type CodedGroups, codeGroups } from './group-items.ts'
import { listOf, newPlaceList, type PlaceList } from './number-list.ts'
import type { CohortColumns } from './read-cohort.ts'

/** What the segment is called where there is one only. */
export const EVERYTHING = 'all items'

/** The items of one segment and step, by the model that they were first given to. */
export interface ModelArm {
  segment: string
  step: string | null
  /** The items' places in the cohort, in order. The model with most of them first, then by name. */
  byModel: Map<string, Uint32Array>
}

/**
 * Arms of each value of the dimension by the model of the item's first attempt, and for every step that ran on several models
 * there by the step's own.
 */
export function buildArms(cohort: CohortColumns, dimension: string | null, timeZone: string): ModelArm[] {
  const groups = dimension === null ? oneGroup(cohort) : codeGroups(cohort.items, dimension, timeZone)
  const trails = codeTrails(cohort.items)
  const steps = stepsOfSeveral(groups, trails)
  const { codes, models } = readFirstModels(cohort.items)
  const whole = groups.names.map(() => models.map((model) => [model, newPlaceList()] as const))
  for (let place = 0; place < codes.length; place++) {
    const group = groups.groupOf[place]!
    if (codes[place] !== 0) whole[group]![codes[place]! - 1]![1].push(place)
    const lists = steps[group]!.listsOf(trails.codes[place]!)
    for (let index = 0; index < lists.length; index++) lists[index]!.push(place)
  }
  return groups.names.flatMap((segment, group) => [
    armOf(segment, null, whole[group]!),
    ...[...steps[group]!.byStep]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([step, byModel]) => armOf(segment, step, byModel)),
  ])
}

function oneGroup({ items }: CohortColumns): CodedGroups {
  return { names: [EVERYTHING], sizes: [items.length], groupOf: scratch(Uint32Array, items.length) }
}

function armOf(segment: string, step: string | null, lists: Iterable<readonly [model: string, PlaceList]>): ModelArm {
  const taken = [...lists].filter(([, { length }]) => length > 0)
  const ranked = taken.sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
  return { segment, step, byModel: new Map(ranked.map(([model, list]) => [model, list.values])) }
}

/** Steps of one group that ran on several models: few do, and only their items are kept. */
interface StepLists {
  byStep: Map<string, Map<string, PlaceList>>
  /** Those that an item with this trail belongs to. */
  listsOf(trail: number): readonly PlaceList[]
}

function stepsOfSeveral({ names, groupOf }: CodedGroups, { codes, trails }: CodedTrails): StepLists[] {
  const taken = names.map(() => new Set<number>())
  let [group, code] = [-1, -1]
  for (let place = 0; place < codes.length; place++) {
    if (groupOf[place] === group && codes[place] === code) continue
    group = groupOf[place]!
    code = codes[place]!
    taken[group]!.add(code)
  }
  return taken.map((own) => {
    const byStep = new Map<string, Map<string, PlaceList>>()
    for (const trail of own) {
      for (const { step, model } of trails[trail]!) {
        const models = byStep.get(step) ?? new Map<string, PlaceList>()
        listOf(models, model)
        byStep.set(step, models)
      }
    }
    for (const [step, models] of byStep) if (models.size < 2) byStep.delete(step)
    const lists: PlaceList[][] = []
    for (const trail of own) {
      lists[trail] = trails[trail]!.flatMap(({ step, model }) => byStep.get(step)?.get(model) ?? [])
    }
    return { byStep, listsOf: (trail) => lists[trail]! }
  })
}
