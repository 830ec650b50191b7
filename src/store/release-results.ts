import type postgres from 'postgres'

type Work = (sql: postgres.TransactionSql) => unknown

/**
 * A client whose connections do not hold on to what the last transaction of each came to. The driver leaves a promise of it with the
 * connection until the next transaction there: a year of items each, for as many connections as there are. So the result goes
 * another way, and the driver's promise is of nothing.
 */
export function releaseResults(client: postgres.Sql): postgres.Sql {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (name !== 'begin' || typeof value !== 'function') return value
      // Its last argument is the work.
      return async (...given: unknown[]) => {
        const work = given.at(-1) as Work
        const results: unknown[] = []
        await value(...given.slice(0, -1), async (sql: postgres.TransactionSql) => {
          results.push(await work(sql))
        })
        // The driver keeps the work of the first transaction, too, for the stack of a possible error.
        return results.pop()
      }
    },
  })
}
