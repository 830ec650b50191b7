import type { ModelUsage, SegmentUsage } from './drivers.ts'
import type { UsageTable } from './usage-table.ts'

/** Adds up rows to one usage, times `scale` (1 ÷ number of weeks gives the mean week). Null where there are none. */
export function sumUsage(table: UsageTable, rows: Int32Array, scale: number): SegmentUsage | null {
  if (rows.length === 0) return null
  let [attempts, calls, tokens, pricedCostMicros, correctionsMicros, unpricedCalls] = [0, 0, 0, 0, 0, 0]
  const modelTokens = new Float64Array(table.models.length)
  const modelMicros = new Float64Array(table.models.length)
  const models = new Set<number>()
  const isUsed = new Uint8Array(table.models.length)
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    attempts += table.attempts[row]!
    calls += table.calls[row]!
    tokens += table.tokens[row]!
    pricedCostMicros += table.runsMicros[row]!
    correctionsMicros += table.correctionsMicros[row]!
    unpricedCalls += table.unpricedCalls[row]!
    for (let use = table.useStart[row]!; use < table.useStart[row + 1]!; use++) {
      const model = table.useModel[use]!
      if (isUsed[model] === 0) {
        isUsed[model] = 1
        models.add(model)
      }
      modelTokens[model]! += table.useTokens[use]!
      modelMicros[model]! += table.useMicros[use]!
    }
  }
  const byModel: ModelUsage[] = Array.from(models, (model) => ({
    model: table.models[model]!,
    tokens: modelTokens[model]! * scale,
    pricedCostMicros: modelMicros[model]! * scale,
  }))
  return {
    items: rows.length * scale,
    attempts: attempts * scale,
    calls: calls * scale,
    tokens: tokens * scale,
    pricedCostMicros: pricedCostMicros * scale,
    correctionsMicros: correctionsMicros * scale,
    unpricedCalls: unpricedCalls * scale,
    models: byModel,
  }
}
