import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEmbedded } from '../src/store/client.ts'
import { copyDataDirectory } from './support/copy-data-directory.ts'
import { runToEnd, type StartedDocket, startDocket } from './support/start-docket.ts'

const override = (id: string, actor: string, reason: string) => ({
  id,
  workflow: 'claims',
  workItemId: `claim-${id}`,
  agentDecision: 'deny',
  humanDecision: 'approve',
  reason,
  actor,
  occurredAt: '2026-11-10T10:00:00Z',
})

interface Verification {
  length: number
  head: string
  firstBreak: { position: number | null; reason: string } | null
}

describe('commands on the embedded database', () => {
  let docket: StartedDocket
  const run = (...words: string[]) => runToEnd(['src/cli.ts', ...words], { DOCKET_DATA_DIR: docket.dataDirectory })
  const verify = async (...words: string[]) => {
    const { code, printed } = await run('audit', 'verify', ...words)
    return { code, found: JSON.parse(printed) as Verification }
  }
  const found = async (question: string) =>
    JSON.stringify(await docket.call('GET', `/api/memory/search?q=${encodeURIComponent(question)}`))

  beforeAll(async () => {
    docket = await startDocket({ arguments: ['--empty'], dataDirectory: await copyDataDirectory() })
    await docket.call('POST', '/webhooks/overrides', [
      override('1', 'Dana Okafor', 'The conservatory roof is covered'),
      override('2', 'Kim Sato', 'Groundwater is covered'),
    ])
  })
  afterAll(() => docket?.remove())

  it('erase: nothing without --yes; with it the name and the words are gone, through the server that runs', async () => {
    expect(await found('conservatory')).toContain('Dana Okafor')
    const unsure = await run('erase', 'Dana Okafor')
    expect(unsure.code).toBe(1)
    expect(unsure.printed).toContain('Nothing was erased')
    expect(unsure.printed).toContain('npm run docket -- erase "Dana Okafor" --yes')
    expect(await found('conservatory')).toContain('Dana Okafor')

    const sure = await run('erase', 'Dana Okafor', '--yes')
    expect(sure).toMatchObject({ code: 0, printed: expect.stringContaining('Erased in 1 overrides') })
    expect(await found('conservatory')).not.toMatch(/Dana|conservatory roof/)
    expect(await found('groundwater')).toContain('Kim Sato')
  })

  it('audit verify: ends with 0 where the chain holds, with 1 where a noted head is not in it', async () => {
    // Two overrides, and the erasure of one: through the server, then on the database itself.
    const through = await verify()
    expect(through).toMatchObject({ code: 0, found: { length: 3, firstBreak: null } })
    await docket.stop()
    const { head } = through.found
    expect(await verify('--head', head)).toEqual(through)
    const other = await verify('--head', 'f'.repeat(64))
    expect(other).toMatchObject({ code: 1, found: { firstBreak: { reason: expect.stringMatching(/expected head/) } } })
    const wrong = await run('audit', 'verify', '--head', 'latest')
    expect(wrong).toMatchObject({ code: 1, printed: expect.stringContaining('Expected 64 hexadecimal digits') })
  })

  it('erase works on the database itself too, and the chain still holds', async () => {
    const { code, printed } = await run('erase', 'kim sato', '--yes')
    expect({ code, printed }).toMatchObject({ code: 0, printed: expect.stringContaining('Erased in 1 overrides') })
    expect(await verify()).toMatchObject({ code: 0, found: { length: 4, firstBreak: null } })
    const again = await run('erase', 'Kim Sato', '--yes')
    expect(again.printed).toContain('Erased in 0 overrides')
  })

  it('migrate: says that the schema is up to date, and what guards the records', async () => {
    const { code, printed } = await run('migrate')
    expect(code).toBe(0)
    expect(printed).toMatch(/schema is up to date.*append-only by triggers/)
  })

  it('audit verify: ends with 1 and names the record that somebody changed in the folder', async () => {
    const opened = await openEmbedded(docket.dataDirectory)
    await opened.embedded!.exec(`alter table overrides disable trigger user;
      update overrides set human_decision = 'deny' where id = '2'; alter table overrides enable trigger user`)
    await opened.close()
    expect(await verify()).toMatchObject({
      code: 1,
      found: { length: 4, firstBreak: { subject: { id: '2' }, reason: expect.stringMatching(/changed after/) } },
    })
  })
})

describe('commands that cannot reach the database', () => {
  it.each([[['migrate']], [['audit', 'verify']], [['erase', 'Dana', '--yes']]])(
    '%s: one clear message',
    async (words) => {
      const folder = await mkdtemp(join(tmpdir(), 'docket-cli-'))
      const { code, printed } = await runToEnd(['src/cli.ts', ...words], {
        DOCKET_DATA_DIR: folder,
        DATABASE_URL: 'postgres://docket:secret@127.0.0.1:1/docket',
      })
      await rm(folder, { recursive: true, force: true })
      expect(code).toBe(1)
      expect(printed).toContain('Cannot reach the database')
      expect(printed).not.toMatch(/secret| {4}at /)
    },
  )
})

describe.runIf(process.env.TEST_DATABASE_URL)('migrate on a server', () => {
  it('makes the schema, and a user that may only add to the records', async () => {
    const name = `docket_test_${randomBytes(6).toString('hex')}`
    const owner = new URL(process.env.TEST_DATABASE_URL!)
    const server = postgres(owner.toString(), { max: 1, onnotice: () => {} })
    await server.unsafe(`create database ${name}`)
    owner.pathname = `/${name}`
    const user = new URL(owner)
    user.username = name
    user.password = 'of-its-own'
    const settings = { DATABASE_OWNER_URL: owner.toString(), DATABASE_URL: user.toString() }
    try {
      for (let times = 0; times < 2; times++) {
        const { code, printed } = await runToEnd(['src/cli.ts', 'migrate'], settings)
        expect({ code, printed }).toEqual({
          code: 0,
          printed: `The schema is up to date. Overrides and decisions: append-only: ${name} may only add to them\n`,
        })
      }
      const { code, printed } = await runToEnd(['src/cli.ts', 'audit', 'verify'], { DATABASE_URL: user.toString() })
      expect(code).toBe(0)
      expect(JSON.parse(printed)).toMatchObject({ length: 0, firstBreak: null })
    } finally {
      await server.unsafe(`drop database ${name} with (force)`)
      await server.unsafe(`drop role if exists ${name}`)
      await server.end()
    }
  })
})
