import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { openPostgres } from '../../src/store/client.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'

/** On the server of TEST_DATABASE_URL, where it is set: a migrated database that suites get copies of. */
export default async function provideTemplate(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const serverUrl = process.env.TEST_DATABASE_URL
  if (!serverUrl) return
  const name = `docket_template_${randomBytes(6).toString('hex')}`
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} })
  await server.unsafe(`create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const database = await openPostgres(url.toString())
  await migrateDatabase(database)
  await database.close()
  project.provide('databaseTemplate', name)
  return async () => {
    await server.unsafe(`drop database ${name} with (force)`)
    await server.end()
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    databaseTemplate: string
  }
}
