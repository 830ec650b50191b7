import { enableCompileCache } from 'node:module'

// Stripping types from several hundred files and compiling them takes a second or two; the next start finds that done.
enableCompileCache()
const { runProgram } = await import('./wire-program.ts')
await runProgram()
