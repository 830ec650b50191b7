import { type DayReading, detailOf } from '../../attribution/item-days/day-reading.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { RunFact, WorkItemFact } from '../../domain/facts.ts'

/** A packed day's names as codes of the reader's features; -1: not looked up yet. */
interface DayFeatures {
  steps: Int32Array
  documents: Int32Array
  tools: Map<readonly string[], ToolFeature[]>
}

/** A tool, and the step of that name, which it must not be. */
interface ToolFeature {
  tool: number
  step: number
}

/**
 * What the attempt that an item's outcome rests on (the last) consisted of: steps by name, documents that were retrieved
 * (used ones where it is known), tools that are no step of that name. Each is a code into `names`, visited once an item.
 */
export function createFeatureReader() {
  const names: string[] = []
  const codes = new Map<string, number>()
  /** By feature: the last item that was seen to have it. */
  const seen: number[] = []
  let stamp = 0
  let reading: DayReading | null = null
  let day: DayFeatures | null = null

  const codeOf = (name: string): number => {
    let code = codes.get(name)
    if (code === undefined) {
      code = names.push(name) - 1
      codes.set(name, code)
      seen.push(0)
    }
    return code
  }
  const toolFeatures = (tools: readonly string[]): ToolFeature[] =>
    tools.map((tool) => ({ tool: codeOf(`tool:${tool}`), step: codeOf(`step:${tool}`) }))
  const mark = (code: number, visit: (feature: number) => void): void => {
    if (seen[code] === stamp) return
    seen[code] = stamp
    visit(code)
  }
  const markTools = (tools: readonly ToolFeature[], visit: (feature: number) => void): void => {
    for (const { tool, step } of tools) if (seen[step] !== stamp) mark(tool, visit)
  }

  function visitRun(run: RunFact, visit: (feature: number) => void): void {
    for (const step of run.steps) mark(codeOf(`step:${step.name}`), visit)
    for (const { id, used } of run.documents) if (used !== false) mark(codeOf(`document:${id}`), visit)
    markTools(toolFeatures(run.tools), visit)
  }

  function visitView(item: ItemView, visit: (feature: number) => void): void {
    const run = item.endOfRuns - 1
    const { columns: steps } = detailOf(item.reading, 'steps')
    const { columns: documents } = detailOf(item.reading, 'documents')
    if (item.reading !== reading || day === null) {
      reading = item.reading
      const unknown = (size: number) => new Int32Array(size).fill(-1)
      day = { steps: unknown(steps.names.length), documents: unknown(documents.ids.length), tools: new Map() }
    }
    for (let index = steps.run[run]!; index < steps.run[run + 1]!; index++) {
      const own = steps.name[index]! - 1
      if (day.steps[own] === -1) day.steps[own] = codeOf(`step:${steps.names[own]!}`)
      mark(day.steps[own]!, visit)
    }
    for (let index = documents.run[run]!; index < documents.run[run + 1]!; index++) {
      if (nullableAt(documents.used, index) === 0) continue
      const own = documents.id[index]! - 1
      if (day.documents[own] === -1) day.documents[own] = codeOf(`document:${documents.ids[own]!}`)
      mark(day.documents[own]!, visit)
    }
    const list = detailOf(item.reading, 'tools').at(run)
    let tools = day.tools.get(list)
    if (!tools) {
      tools = toolFeatures(list)
      day.tools.set(list, tools)
    }
    markTools(tools, visit)
  }

  return {
    names,
    /** The item has a run. */
    visit(item: WorkItemFact, visit: (feature: number) => void): void {
      stamp++
      if (item instanceof ItemView) visitView(item, visit)
      else visitRun(item.runs.at(-1)!, visit)
    },
  }
}
