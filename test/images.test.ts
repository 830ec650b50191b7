import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'

const project = resolve(import.meta.dirname, '..')
const read = (path: string) => readFileSync(resolve(project, path), 'utf8')

interface Service {
  image?: string
  build?: string
  command?: string[]
  depends_on?: Record<string, { condition: string }>
  environment?: Record<string, string>
  healthcheck?: { test: string[] }
  volumes?: string[]
  ports?: string[]
}
const compose = parse(read('docker-compose.yml')) as {
  services: Record<string, Service>
  volumes: Record<string, unknown>
}

it('composes the app with a Postgres that has pgvector, migrated by its owner before the app starts as another user', () => {
  const { app, migrate, database } = compose.services
  expect(database!.image).toBe('pgvector/pgvector:pg17')
  expect(database!.healthcheck).toBeDefined()
  expect(migrate!.build).toBe('.')
  expect(migrate!.command).toEqual(['node', 'src/cli.ts', 'migrate'])
  expect(migrate!.depends_on).toEqual({ database: { condition: 'service_healthy' } })
  expect(app!.build).toBe('.')
  expect(app!.depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' } })
  const { POSTGRES_USER: owner, POSTGRES_DB: name } = database!.environment!
  expect(migrate!.environment!.DATABASE_OWNER_URL).toMatch(new RegExp(`^postgres://${owner}:.*@database:5432/${name}$`))
  expect(app!.environment!.DATABASE_URL).toMatch(new RegExp(`^postgres://${owner}_app:.*@database:5432/${name}$`))
  expect(migrate!.environment!.DATABASE_URL).toBe(app!.environment!.DATABASE_URL)
  expect(app!.environment!.DATABASE_OWNER_URL).toBeUndefined()
})

it('publishes the playground on loopback only', () => {
  expect(compose.services.app!.ports).toHaveLength(1)
  expect(compose.services.app!.ports![0]).toMatch(/^127\.0\.0\.1:.*:3000$/)
})

it('declares every named volume', () => {
  const used = Object.values(compose.services).flatMap((service) => service.volumes ?? [])
  expect(used.map((volume) => volume.split(':')[0]).sort()).toEqual(Object.keys(compose.volumes).sort())
})

it('copies into the image what the program reads, and nothing that is not there', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) =>
    match[1]!.split(' '),
  )
  expect(copied.filter((path) => !existsSync(resolve(project, path)))).toEqual([])
  for (const path of ['src', 'drizzle', 'prompts', 'package.json', 'slack-manifest.json'])
    expect(copied).toContain(path)
})
