import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

/** The rooms, top to bottom. A file may import from its own room and from rows below, never sideways or upward. */
const ROWS = [
  ['http', 'slack', 'playground', 'jobs', 'demo'],
  ['answer', 'digest'],
  ['allocation', 'narration'],
  ['analysis'],
  ['ingest', 'attribution', 'memory'],
  ['store', 'llm', 'charts'],
  ['domain'],
]
/** Wiring by hand: the program, its command line, and the parts that they share. */
const isWiring = (file: string) => /^(main|cli|wire-[a-z-]+)\.ts$/.test(file)

const source = resolve(import.meta.dirname, '../src')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('playground/page'))
  .sort()

const rowOf = (room: string): number => ROWS.findIndex((row) => row.includes(room))

function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!)
}

function violationsOf(file: string): string[] {
  const room = file.split('/')[0]!
  if (isWiring(file)) return []
  if (room !== 'runtime' && rowOf(room) < 0) return [`${file}: src/${room} is not a room of ARCHITECTURE.md`]
  return importsOf(file).flatMap((target) => {
    if (!target.startsWith('.')) {
      const allowed = room !== 'domain' || target === 'zod' || target.startsWith('node:')
      return allowed ? [] : [`${file}: domain imports only zod and Node, not ${target}`]
    }
    const targetRoom = relative(source, resolve(source, dirname(file), target)).split('/')[0]!
    if (targetRoom === room || targetRoom.startsWith('..')) return []
    if (room === 'runtime')
      return targetRoom === 'domain' ? [] : [`${file}: runtime imports only domain, not ${targetRoom}`]
    if (targetRoom === 'runtime') return [`${file}: runtime is imported by the wiring alone`]
    return rowOf(targetRoom) > rowOf(room) ? [] : [`${file}: ${room} may not import ${targetRoom}`]
  })
}

it('imports point downward only', () => {
  expect(files.length).toBeGreaterThan(20)
  expect(files.flatMap(violationsOf)).toEqual([])
})

it('sees a forbidden import when there is one', () => {
  expect(rowOf('domain')).toBeGreaterThan(rowOf('store'))
  expect(importsOf('store/client.ts')).toContain('./lock-data-folder.ts')
})

it('process.env is read in one place', () => {
  const readers = files.filter((file) => readFileSync(join(source, file), 'utf8').includes('process.env'))
  expect(readers.filter((file) => file !== 'runtime/config.ts')).toEqual([])
})

it('no file is longer than one can read at once', () => {
  const lengths = files.map((file) => ({ file, lines: readFileSync(join(source, file), 'utf8').split('\n').length }))
  expect(lengths.filter(({ lines }) => lines > 300)).toEqual([])
  const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b)
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100)
})
