import { Command, InvalidArgumentError, Option } from 'commander'
import { ALL_SCOPES, type Scope } from './domain/access.ts'
import { Problem } from './domain/problem.ts'
import { importInto } from './ingest/create-import-receiver.ts'
import { type ImportOptions, type ImportProgress, importFile } from './ingest/import-file.ts'
import { attribute } from './jobs/attribute.ts'
import { indexMemory } from './jobs/index-memory.ts'
import { type Erasure, erasePerson } from './memory/erase-person.ts'
import { type AuditVerification, verifyAuditChain } from './memory/verify-audit-chain.ts'
import { readConfig } from './runtime/config.ts'
import type { Database } from './store/client.ts'
import { insertApiKey, listApiKeys, revokeApiKey } from './store/queries/api-keys.ts'
import { openDatabase } from './wire-database.ts'
import { callServer, findRunningServer, type RunningServer } from './wire-running-server.ts'

const program = new Command('docket')
  .description('Commands beside the server: keys, imports, erasure, the schema, the audit chain.')
  .showHelpAfterError('(add --help for the options)')

const keys = program.command('keys').description('Keys for the HTTP calls.')
keys
  .command('create')
  .description('Make a key and print it: the only time that it can be seen.')
  .addOption(new Option('--scope <scope...>', 'what it may do').choices([...ALL_SCOPES]).makeOptionMandatory())
  .option('--name <name>', 'whose it is', 'unnamed')
  .action(async ({ scope, name }: { scope: Scope[]; name: string }) => {
    const made = await withDocket({
      here: ({ db }) => insertApiKey(db, { name, scopes: scope }, new Date()),
      there: (server) => callServer<{ key: string }>(server, 'POST', '/api/keys', { name, scopes: scope }),
    })
    process.stdout.write(`${made.key}\n`)
  })
keys
  .command('list')
  .description('Names, scopes and ids of all keys.')
  .action(async () => {
    const all = await withDocket({
      here: async ({ db }) => JSON.parse(JSON.stringify(await listApiKeys(db))) as ListedKey[],
      there: async (server) => (await callServer<{ keys: ListedKey[] }>(server, 'GET', '/api/keys')).keys,
    })
    for (const key of all) {
      const state = key.revokedAt ? `revoked ${key.revokedAt}` : `since ${key.createdAt}`
      process.stdout.write(`${key.id}  ${key.scopes.join(',').padEnd(17)}  ${key.name}  (${state})\n`)
    }
  })
keys
  .command('revoke <id>')
  .description('Make a key useless.')
  .action(async (id: string) => {
    const revoked = await withDocket({
      here: ({ db }) => revokeApiKey(db, id, new Date()),
      there: async (server) => {
        await callServer(server, 'DELETE', `/api/keys/${encodeURIComponent(id)}`)
        return true
      },
    })
    if (!revoked)
      throw new Problem('unknown_key', `There is no key ${id}, or it was revoked before.`, {
        nextStep: 'List them: npm run docket -- keys list',
      })
    process.stdout.write('Revoked.\n')
  })

program
  .command('migrate')
  .description('Bring the schema up to date, and set up the user of DATABASE_URL where DATABASE_OWNER_URL is set.')
  .action(async () => {
    const database = await openDatabase(readConfig())
    await database.close()
    process.stdout.write(`The schema is up to date. Overrides and decisions: ${database.records.detail}\n`)
  })

program
  .command('audit')
  .description('The hash chain over overrides, rules and allocation decisions.')
  .command('verify')
  .description('Follow the chain and make every hash again. Ends with 1 where it is broken.')
  .addOption(new Option('--head <hash>', 'a head noted earlier, which the chain must still hold').argParser(chainHead))
  .action(async ({ head }: { head?: string }) => {
    const found = await withDocket({
      here: ({ db }) => verifyAuditChain(db, head === undefined ? {} : { expectedHead: head }),
      there: (server) =>
        callServer<AuditVerification>(server, 'GET', `/api/audit/verify${head === undefined ? '' : `?head=${head}`}`),
    })
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
    if (found.firstBreak) process.exitCode = 1
  })

program
  .command('import <file>')
  .description(
    'Load transcripts, traces or outcomes from a JSON or NDJSON file. Running it again adds only what is missing.',
  )
  .addOption(
    new Option('--format <format>', 'told from the file where absent').choices(['transcripts', 'traces', 'outcomes']),
  )
  .option('--workflow <name>', 'for objects that name none')
  .option('--model <name>', 'for transcripts that name none')
  .option('--start <date>', 'first day of the first week, for runs without times', calendarDate)
  .action(async (path: string, options: Pick<ImportOptions, 'format' | 'workflow' | 'model' | 'start'>) => {
    const all = { path, ...options, timeZone: readConfig().TIMEZONE, onProgress: createProgress() }
    const summary = await withDocket({
      here: async (database) => {
        const summary = await importFile(
          importInto(database.db, () => new Date()),
          all,
        )
        process.stderr.write('\nCounting what it cost …')
        await attribute(database, () => {})
        return summary
      },
      there: (server) =>
        importFile(
          (instructions) => (members) => callServer(server, 'POST', '/api/imports', { instructions, members }),
          all,
        ),
    })
    process.stderr.write('\n')
    const { read, accepted, duplicates, rejected, problems } = summary
    process.stdout.write(
      `${read} ${summary.format} read: ${accepted} accepted, ${duplicates} known already, ${rejected} rejected\n`,
    )
    for (const { index, path, message } of problems)
      process.stdout.write(`  number ${index + 1}${path && `, ${path}`}: ${message}\n`)
    if (rejected > problems.length) process.stdout.write(`  … and ${rejected - problems.length} more\n`)
    if (accepted + duplicates === 0) process.exitCode = 1
  })

program
  .command('erase <person>')
  .description('Replace a person’s name and words by tombstones, in overrides, decisions, saved threads and memory.')
  .option('--yes', 'without it, nothing is erased: it cannot be undone')
  .action(async (person: string, { yes }: { yes?: boolean }) => {
    if (!yes) {
      throw new Problem('not_confirmed', `Nothing was erased. Erasing “${person}” cannot be undone.`, {
        nextStep: `To do it: npm run docket -- erase "${person}" --yes`,
      })
    }
    const erasure = await withDocket({
      here: async (database) => {
        const done = await erasePerson(database.db, person, new Date())
        await indexMemory(database, null)
        return done
      },
      there: (server) => callServer<Erasure>(server, 'POST', '/api/erasures', { person }),
    })
    const { overrides, allocationDecisions, savedDecisions, workItems, mentions, stillNamedIn } = erasure
    process.stdout.write(
      `Erased in ${overrides} overrides, ${allocationDecisions} allocation decisions and ${savedDecisions} saved decisions, of ${workItems} work items; ${mentions} answers and notes that held the name are gone.\n`,
    )
    if (stillNamedIn.length > 0) {
      process.stdout.write(`Other people still name them in:\n${stillNamedIn.map((id) => `  ${id}\n`).join('')}`)
    }
    process.stdout.write('The audit chain recorded it: GET /api/audit/verify.\n')
  })

/** As it comes over HTTP. */
interface ListedKey {
  id: string
  name: string
  scopes: Scope[]
  createdAt: string
  revokedAt: string | null
}

/** Works on the database itself or, where a running server holds the embedded one, through that server. */
async function withDocket<Result>(work: {
  here: (database: Database) => Promise<Result>
  there: (server: RunningServer) => Promise<Result>
}): Promise<Result> {
  const config = readConfig()
  let database: Database
  try {
    database = await openDatabase(config)
  } catch (error) {
    const isHeld = error instanceof Problem && error.code === 'data_folder_locked'
    const server = isHeld ? await findRunningServer(config) : null
    if (!server) throw error
    return work.there(server)
  }
  try {
    return await work.here(database)
  } finally {
    await database.close()
  }
}

/** On a terminal a line that counts up; into a file or a log a line each tenth. */
function createProgress(): (progress: ImportProgress) => void {
  let tenths = 0
  return ({ read, total }) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${read} of ${total}`)
    const done = Math.floor((10 * read) / total)
    if (!process.stderr.isTTY && done > tenths) process.stderr.write(`${read} of ${total}\n`)
    tenths = done
  }
}

function chainHead(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new InvalidArgumentError('Expected 64 hexadecimal digits.')
  return text
}

function calendarDate(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('Expected a date such as 2024-10-07.')
  return text
}

/** Runs the command of this process's arguments; where it cannot, says why in one message and ends with 1. */
export async function runCommands(): Promise<void> {
  try {
    await program.parseAsync()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    process.stderr.write(`${[error.message, error.nextStep].filter(Boolean).join('\n')}\n`)
    process.exitCode = 1
  }
}
