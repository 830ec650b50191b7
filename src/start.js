import { enableCompileCache } from 'node:module'

// Stripping types from several hundred files and compiling them takes a second or two; the next start finds that done. This file is
// JavaScript, and first, so that what strips types is not even loaded then. Where nothing can be written, each start is a first one.
enableCompileCache()
await import('./main.ts')
