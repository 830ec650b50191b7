import { enableCompileCache } from 'node:module'
import { resolveDrizzleOnce } from './runtime/resolve-drizzle-once.ts'

// As in start.js: a command should answer at once.
enableCompileCache()
resolveDrizzleOnce()
const { runCommands } = await import('./wire-commands.ts')
await runCommands()
