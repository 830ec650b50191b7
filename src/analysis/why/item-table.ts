import { type CodedTable, codeDimensions } from './coded-table.ts'

/** Items of several weeks with integer-coded dimensions; what the search over items works on. */
export type ItemTable = {
  readonly table: CodedTable
  /** Week of each item: 0 … historyWeeks − 1 are the closed history, historyWeeks is the current one. */
  readonly week: Int32Array
  readonly historyWeeks: number
  /** Which dimensions describe how the agent worked (model, prompt version …) rather than the work itself. */
  readonly isAgentSide: readonly boolean[]
}

export type ItemDimensions = {
  readonly dimensions: Readonly<Record<string, string | null>>
  readonly week: number
}

/** The names of all dimensions that any item has, in their order. */
export function dimensionNames(items: Iterable<Pick<ItemDimensions, 'dimensions'>>): string[] {
  const names = new Set<string>()
  for (const { dimensions } of items) for (const name in dimensions) names.add(name)
  return [...names].sort()
}

/** Codes the items' dimensions; a dimension that an item does not have is null there. Dimensions with one value are left out. */
export function buildItemTable(
  items: readonly ItemDimensions[],
  historyWeeks: number,
  agentDimensions: readonly string[],
): ItemTable {
  const names = dimensionNames(items)
  const columns = names.map((name) => ({ name, values: items.map((item) => item.dimensions[name] ?? null) }))
  const varying = columns.filter((column) => column.values.some((value) => value !== column.values[0]))
  return {
    table: codeDimensions(varying),
    week: Int32Array.from(items, (item) => item.week),
    historyWeeks,
    isAgentSide: varying.map((column) => agentDimensions.includes(column.name)),
  }
}
