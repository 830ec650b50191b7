/** The asking process of `bench:ask`, started as `start.js` starts the server. */
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { resolveDrizzleOnce } = await import('../../src/runtime/resolve-drizzle-once.ts')
resolveDrizzleOnce()
await import('./ask-questions.ts')
