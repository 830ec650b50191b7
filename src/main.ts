import { enableCompileCache } from 'node:module'
import { resolveDrizzleOnce } from './runtime/resolve-drizzle-once.ts'

// Stripping types from several hundred files and compiling them takes a second or two; the next start finds that done.
enableCompileCache()
resolveDrizzleOnce()
const { runProgram } = await import('./wire-program.ts')
await runProgram()
