import { resolveDrizzleOnce } from './runtime/resolve-drizzle-once.ts'

resolveDrizzleOnce()
const { runProgram } = await import('./wire-program.ts')
await runProgram()
