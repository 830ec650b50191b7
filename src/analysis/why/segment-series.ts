/** Cuts a series into runs of constant mean at the least squared error plus a price for every cut. */
export type SeriesSegmentation = {
  /** Index of the first point of every run but the first, rising. */
  readonly starts: readonly number[]
  /** The mean of each point's run. */
  readonly levels: Float64Array
  /** Squared error plus penalties. */
  readonly cost: number
}

/** Running sums from which the squared error of any run is had at once. */
export function createRunError(values: Float64Array): (from: number, to: number) => number {
  const sums = new Float64Array(values.length + 1)
  const squares = new Float64Array(values.length + 1)
  for (let index = 0; index < values.length; index++) {
    sums[index + 1] = sums[index]! + values[index]!
    squares[index + 1] = squares[index]! + values[index]! ** 2
  }
  return (from, to) => {
    const sum = sums[to]! - sums[from]!
    return Math.max(0, squares[to]! - squares[from]! - (sum * sum) / (to - from))
  }
}

/** Exact dynamic programming, O(n²): meant for n up to about 400. Every run has at least `minimumRun` points. */
export function segmentSeries(values: Float64Array, penalty: number, minimumRun: number): SeriesSegmentation {
  const count = values.length
  const errorOf = createRunError(values)
  const best = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY)
  const previous = new Int32Array(count + 1)
  best[0] = -penalty
  for (let end = Math.min(minimumRun, count); end <= count; end++) {
    for (let start = 0; start <= end - Math.min(minimumRun, count); start++) {
      const cost = best[start]! + penalty + errorOf(start, end)
      if (cost < best[end]!) {
        best[end] = cost
        previous[end] = start
      }
    }
  }
  const starts: number[] = []
  for (let end = count; end > 0; end = previous[end]!) if (previous[end]! > 0) starts.unshift(previous[end]!)
  return { starts, levels: levelsOf(values, starts), cost: best[count]! }
}

/** The mean of the run that each point is in, for given cuts. */
export function levelsOf(values: Float64Array, starts: readonly number[]): Float64Array {
  const levels = new Float64Array(values.length)
  const edges = [0, ...starts, values.length]
  for (let run = 0; run + 1 < edges.length; run++) {
    const part = values.subarray(edges[run]!, edges[run + 1]!)
    levels.fill(part.reduce((sum, value) => sum + value, 0) / part.length, edges[run]!, edges[run + 1]!)
  }
  return levels
}
