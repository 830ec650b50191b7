/** Round steps for an axis that holds all values and zero: 1, 2 or 5 times a power of ten, four or so of them. */
export function axisTicks(values: readonly number[], steps = 4): number[] {
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values)
  const span = high - low || 1
  const power = 10 ** Math.floor(Math.log10(span / steps))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => span / size <= steps)!
  const first = Math.floor(low / step)
  const last = Math.ceil(high / step)
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 })

export function formatTick(value: number): string {
  return compact.format(value)
}
