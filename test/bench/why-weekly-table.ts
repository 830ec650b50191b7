/**
 * `node test/bench/why-weekly-table.ts FILE…`: sums the lines that why-weekly.ts wrote for any ranges of seeds, and prints one
 * line a cell: quiet weeks by kind and size; planted causes by size and effect, the four drivers of the cost of an item (attempts,
 * calls, tokens, price) apart from items and corrections.
 */
import { readFileSync } from 'node:fs'

type Line = { readonly part: string; readonly itemsPerWeek: number; readonly firstSeed: number } & Readonly<
  Record<string, unknown>
>

const lines = process.argv.slice(2).flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line),
)

const cells = new Map<string, Map<string, number>>()
for (const { firstSeed: _, ...line } of lines) {
  const key =
    line.part === 'quiet'
      ? `quiet ${line.itemsPerWeek} ${line.kind}`
      : `${line.part} ${line.itemsPerWeek} +${Math.round(100 * Number(line.effect))}% ${driverGroup(String(line.driver))}`
  const sums = cells.get(key) ?? new Map<string, number>()
  cells.set(key, sums)
  for (const [name, value] of Object.entries(line)) {
    if (typeof value === 'number' && name !== 'itemsPerWeek' && name !== 'effect')
      sums.set(name, (sums.get(name) ?? 0) + value)
  }
}
for (const [key, sums] of cells) console.log(`${key}: ${describe(sums)}`)

function driverGroup(driver: string): string {
  return driver === 'items' || driver === 'corrections' ? driver : 'cost per item'
}

function describe(sums: ReadonlyMap<string, number>): string {
  const of = (name: string) => sums.get(name) ?? 0
  if (!sums.has('named')) {
    const share = ((100 * of('weeksNamed')) / of('runs')).toFixed(1)
    return `${of('weeksNamed')}/${of('runs')} named (${share} %), ${of('broad')} broad`
  }
  const precision = of('named') === 0 ? '–' : (of('right') / of('named')).toFixed(3)
  return (
    `top right ${of('topRight')}, named ${of('weeksNamed')}, of ${of('runs')}; precision ${precision} ` +
    `(${of('right')}/${of('named')}); above 4 sigma ${of('largeTopRight')}/${of('large')}`
  )
}
