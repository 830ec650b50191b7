import type { DayFigures } from '../../attribution/item-days/day-figures.ts'
import type { Numbers } from '../../attribution/item-days/numbers.ts'
import { AGENT_DIMENSIONS } from '../economics/item-dimensions.ts'
import type { CodedDimension, UsageTableBuilder } from '../why/usage-table-builder.ts'

/** A packed day's own codes, as those of a table: each value is looked up once for a day and not once for an item. */
export interface DayCodes {
  /** @param own the day's code of a model, from 1 */
  modelCode(own: number): number
  /** What item `item` is and how the agent worked in run `run`; `model`: the day's code of its main model, 0 for none. */
  setDimensions(row: number, item: number, run: number, model: number): void
}

export function createDayCodes(builder: UsageTableBuilder, figures: DayFigures): DayCodes {
  const modelCodes = new Int32Array(figures.models.length + 1).fill(UNSEEN)
  const attributes = [...figures.attributes]
    .filter(([name]) => !AGENTS.has(name))
    .map(([name, { values, codes }]) => ({ codes, set: createSetter(builder, name, values) }))
  const setVersion = createSetter(builder, 'agentVersion', figures.agentVersions)
  const setPrompt = createSetter(builder, 'promptVersion', figures.promptVersions)
  const setModel = createSetter(builder, 'model', figures.models)
  const [versions, prompts]: [Numbers, Numbers] = [figures.runAgentVersion, figures.runPromptVersion]
  return {
    modelCode(own) {
      if (modelCodes[own] === UNSEEN) modelCodes[own] = builder.modelCode(figures.models[own - 1]!)
      return modelCodes[own]!
    },
    setDimensions(row, item, run, model) {
      for (const { codes, set } of attributes) set(row, codes[item]!)
      setVersion(row, versions[run]!)
      setPrompt(row, prompts[run]!)
      setModel(row, model)
    },
  }
}

const AGENTS: ReadonlySet<string> = new Set(AGENT_DIMENSIONS)
const UNSEEN = -1

/** Takes codes of `values` from 1; 0 is not given, which the table has by itself. */
function createSetter(builder: UsageTableBuilder, name: string, values: readonly unknown[]) {
  const translated = new Int32Array(values.length + 1).fill(UNSEEN)
  let dimension: CodedDimension | null = null
  return (row: number, own: number): void => {
    if (own === 0) return
    dimension ??= builder.dimension(name)
    if (translated[own] === UNSEEN) translated[own] = dimension.codeOf(String(values[own - 1]))
    dimension.codes.set(row, translated[own]!)
  }
}
