/** `node test/bench/why-contributions.ts [RUNS] [SEED]`: contributions equal the change to the micro-dollar in all of RUNS. */
import fc from 'fast-check'
import { contributionsEqualChange } from '../analysis/why/contributions-property.ts'

const runs = Number(process.argv[2] ?? 10_000)
const seed = Number(process.argv[3] ?? 1)
const startedAt = performance.now()
const { failed, numRuns, counterexample } = fc.check(contributionsEqualChange, { numRuns: runs, seed })
console.log(
  JSON.stringify({ runs: numRuns, seed, failed, counterexample, ms: Math.round(performance.now() - startedAt) }),
)
if (failed) process.exitCode = 1
