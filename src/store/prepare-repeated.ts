import type postgres from 'postgres'

type Client = postgres.Sql | postgres.TransactionSql

/** Texts that are remembered: Docket has a few hundred statements, some of which name as many values as they are given. */
const MOST_STATEMENTS = 500
const LONGEST_STATEMENT = 16 * 1024

/**
 * A client that prepares each statement which it is given a second time. An ORM hands over texts, of which the driver
 * prepares none: it then asks the server for the types of the parameters and waits, each time, before it sends them.
 * A server behind a pooler that knows no prepared statements is named with `?prepare=false`, which holds here too.
 */
export function prepareRepeated(client: postgres.Sql): postgres.Sql {
  const seen = new Set<string>()
  const isRepeated = (text: string): boolean => {
    if (seen.has(text)) return true
    if (text.length <= LONGEST_STATEMENT && seen.size < MOST_STATEMENTS) seen.add(text)
    return false
  }
  return preparing(client, isRepeated)
}

function preparing<Sql extends Client>(client: Sql, isRepeated: (text: string) => boolean): Sql {
  const inner = (work: (sql: postgres.TransactionSql) => unknown) => (sql: postgres.TransactionSql) =>
    work(preparing(sql, isRepeated))
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      if (name === 'unsafe') {
        return (text: string, values: unknown[] = [], options: object = {}) =>
          value(text, values, values.length > 0 ? { ...options, prepare: isRepeated(text) } : options)
      }
      if (name !== 'begin' && name !== 'savepoint') return value
      // Its last argument is the work, on a client of its own.
      return (...given: unknown[]) => value(...given.slice(0, -1), inner(given.at(-1) as () => unknown))
    },
  })
}
