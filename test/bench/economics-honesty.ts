/**
 * Whether the economics' intervals and claims hold what they state: `node test/bench/economics-honesty.ts [--worlds N]
 * [--items N]`. One line a figure, and the sum as JSON on the last.
 */
import { parseArgs } from 'node:util'
import { measureClaims } from '../support/economics-claims.ts'
import { measureCoverage } from '../support/economics-coverage.ts'

const { values } = parseArgs({
  options: { worlds: { type: 'string', default: '1000' }, items: { type: 'string', default: '400' } },
})
const [worlds, items] = [Number(values.worlds), Number(values.items)]

// What only few worlds state (such as which of two models is the cheaper one) is no interval that every world states.
const coverage = [...measureCoverage(worlds, items)]
  .filter(([, one]) => one.worlds >= worlds / 2)
  .map(([figure, { worlds, covered, level }]) => ({
    figure,
    worlds,
    level: Math.round(level * 1e4) / 1e4,
    coverage: Math.round((covered / worlds) * 1e3) / 1e3,
  }))
for (const line of coverage) console.log(JSON.stringify(line))
const claims = measureClaims(worlds, items)
for (const line of claims) console.log(JSON.stringify(line))
const stated = coverage.filter((line) => line.level === 0.9)
console.log(
  JSON.stringify({
    worlds,
    items,
    figures: coverage.length,
    lowest: Math.min(...stated.map((line) => line.coverage)),
    highest: Math.max(...stated.map((line) => line.coverage)),
    outside: stated.filter((line) => line.coverage < 0.88 || line.coverage > 0.92).map((line) => line.figure),
    claims: Object.fromEntries(claims.map(({ claim, share }) => [claim, share])),
  }),
)
